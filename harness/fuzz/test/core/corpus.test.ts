import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addToCorpus, fuzz, OURS, readCorpus, runCase } from '../../src/core/index.ts';
import { without } from './tampering.ts';

const CORPUS = fileURLToPath(new URL('../../corpus/core', import.meta.url));

describe('the corpus', () => {
  test.each(readCorpus(CORPUS).map((entry) => [entry.name, entry] as const))('%s passes', (_, entry) => {
    expect(runCase(OURS, entry.case, true).wrong).toBe(null);
  });

  test('holds something, each with a note', () => {
    const entries = readCorpus(CORPUS);
    expect(entries.length).toBeGreaterThan(10);
    for (const { note } of entries) expect(note).toMatch(/\w/);
  });
});

describe('a case that is kept', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'corpus-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test('is read as it was, and fails as it did', () => {
    const faulty = without(({ type }) => type === 'exit');
    const { failure } = fuzz(faulty, { seed: 3, steps: 20_000, judgedIn: 0 });
    if (failure === null) throw new Error('the fault was not found');
    addToCorpus(folder, failure);
    // The same failure is the same file.
    addToCorpus(folder, failure);
    const [entry, ...others] = readCorpus(folder);
    expect(others).toEqual([]);
    expect(entry?.case).toEqual(failure.case);
    expect(entry?.note).toContain(String(failure.seed));
    expect(entry && runCase(faulty, entry.case).wrong).toBe(failure.what);
    expect(readdirSync(folder)).toEqual([`${entry?.name}.json`]);
  });

  test('is refused where it is none, by the name of its file', () => {
    writeFileSync(join(folder, 'broken.json'), '{"format": 2}');
    expect(() => readCorpus(folder)).toThrow(/broken\.json/);
  });
});

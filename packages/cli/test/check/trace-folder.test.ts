import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TraceFolder } from '../../src/check/trace-folder.ts';
import { madeRun } from '../made-result.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcp-lifeline-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a folder for traces', () => {
  it('is made, with all that is missing above it', () => {
    const traces = TraceFolder.open(join(folder, 'a', 'b'));
    traces.write(madeRun('ids@2025-11-25', []));
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['ids@2025-11-25.jsonl']);
    expect(traces.fileOf('ids@2025-11-25')).toBe(join(folder, 'a', 'b', 'ids@2025-11-25.jsonl'));
  });

  it('is refused at once where a file is in its place', () => {
    writeFileSync(join(folder, 'a'), '');
    expect(() => TraceFolder.open(join(folder, 'a'))).toThrow(
      /^--traces: .* cannot be written: a part of its path is a file$/,
    );
  });

  it('keeps a version that a server made up inside', () => {
    const traces = TraceFolder.open(join(folder, 'traces'));
    const ids = [
      'offer@../../out',
      'offer@..\\..\\out',
      `offer@${'9'.repeat(5000)}`,
      'offer@a\u0000b',
      'offer@A\u0001B',
    ];
    for (const id of ids) traces.write(madeRun(id, []));
    expect(traces.failure).toBeNull();
    expect(readdirSync(folder)).toEqual(['traces']);
    expect(readdirSync(join(folder, 'traces'))).toHaveLength(ids.length);
  });

  it('says when a trace could not be written, and goes on', () => {
    const traces = TraceFolder.open(join(folder, 'traces'));
    rmSync(join(folder, 'traces'), { recursive: true });
    traces.write(madeRun('a@1', []));
    mkdirSync(join(folder, 'traces'));
    traces.write(madeRun('b@1', []));
    expect(traces.failure).toMatch(/a@1.jsonl cannot be written: its folder does not exist$/);
    expect([traces.fileOf('a@1'), traces.fileOf('b@1')]).toEqual([undefined, join(folder, 'traces', 'b@1.jsonl')]);
  });
});

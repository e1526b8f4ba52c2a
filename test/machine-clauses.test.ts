import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clause } from '../specs/index.js';

const FOLDER = new URL('../docs/machines/', import.meta.url);
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

describe('the clauses that machines cite', () => {
  it.each(files)('exist: %s', (file) => {
    const cited = readFileSync(new URL(file, FOLDER), 'utf8').match(/\d{4}-\d{2}-\d{2}\/[\w/-]+/g) ?? [];
    expect(cited.length).toBeGreaterThan(0);
    for (const id of cited) expect(clause(id), id).toBeDefined();
  });
});

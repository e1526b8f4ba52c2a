import { REVISIONS as CATALOGUED } from '@mcp-lifeline/specs';
import { expect, test } from 'vitest';
import { hasBatches, isRevision, LATEST_REVISION, REVISIONS } from '../src/revision.ts';

test('the revisions are those of the catalogue of clauses, oldest first', () => {
  expect(REVISIONS).toEqual(CATALOGUED);
  expect(REVISIONS.toSorted()).toEqual(REVISIONS);
});

test('the latest revision is the last one', () => {
  expect(LATEST_REVISION).toBe(REVISIONS.at(-1));
});

test('every revision is one', () => {
  expect(REVISIONS.every(isRevision)).toBe(true);
});

test.each([
  '2026-07-28',
  '2025-11-2',
  '2025-11-25 ',
  '',
  'constructor',
  '__proto__',
  0,
  null,
  undefined,
  ['2025-11-25'],
])('%o is no revision', (value) => {
  expect(isRevision(value)).toBe(false);
});

test('only 2025-03-26 has batches (messages/batch-receive)', () => {
  expect(REVISIONS.filter(hasBatches)).toEqual(['2025-03-26']);
});

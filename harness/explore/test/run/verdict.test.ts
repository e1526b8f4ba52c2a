import { describe, expect, it } from 'vitest';
import type { ConfigurationReport, PropertyReport, Status } from '../../src/run/report.ts';
import { unwitnessed, verdictOf } from '../../src/run/verdict.ts';

describe('the verdict', () => {
  it.each<[string, ConfigurationReport[], string]>([
    ['passes where all hold', [made({ a: 'holds', b: 'holds' })], 'pass'],
    ['fails where one is violated', [made({ a: 'holds' }), made({ a: 'violated' })], 'fail'],
    ['fails where something threw', [made({}, 'thrown')], 'fail'],
    ['fails where one has no witness', [made({ a: 'unwitnessed', b: 'holds' })], 'fail'],
    ['passes where another configuration has it', [made({ a: 'unwitnessed' }), made({ a: 'holds' })], 'pass'],
    ['is none where there are more states', [made({ a: 'holds' }), made({ a: 'undecided' }, 'limit')], 'error'],
    ['is none where one could not be explored', [made({ a: 'holds' }), made({}, 'failed')], 'error'],
    ['is none of nothing', [], 'error'],
    ['fails in spite of that where one is violated', [made({ a: 'violated', b: 'undecided' }, 'limit')], 'fail'],
    [
      'leaves a witness open that might still come',
      [made({ a: 'unwitnessed' }), made({ a: 'undecided' }, 'limit')],
      'error',
    ],
  ])('%s', (_, reports, verdict) => {
    expect(verdictOf(reports, true)).toBe(verdict);
  });

  it('misses no witness where only some configurations were explored', () => {
    expect(verdictOf([made({ a: 'unwitnessed' })], false)).toBe('pass');
    expect(verdictOf([made({ a: 'violated' })], false)).toBe('fail');
  });
});

describe('what has no witness', () => {
  it('is told once', () => {
    const reports = [made({ a: 'unwitnessed', b: 'unwitnessed' }), made({ a: 'unwitnessed', b: 'holds' })];
    expect(unwitnessed(reports).map(({ id }) => id)).toEqual(['a']);
  });
});

function made(
  statuses: Readonly<Record<string, Status>>,
  ending: ConfigurationReport['ending'] = 'fixpoint',
): ConfigurationReport {
  const size = { states: 1, edges: 0, depth: 0, terminals: 1, seconds: 0, bytesPerState: 0, edgeBytesPerState: 0 };
  const properties = Object.entries(statuses).map(
    ([id, status]): PropertyReport => ({
      id,
      title: id,
      kind: 'always',
      status,
      witnessedAfter: null,
      violation: null,
    }),
  );
  return { id: 'made', title: 'made', bounds: {}, ending, why: null, size, properties, thrownAt: null };
}

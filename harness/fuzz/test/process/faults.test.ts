import type { Run } from '@mcp-lifeline/check';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../src/process/act.ts';
import { Faults } from '../../src/process/faults.ts';
import type { Violation } from '../../src/process/investigate.ts';
import { caseOf, OPENING, request } from './made.ts';

const PLAIN = caseOf(...OPENING);
const OTHER = caseOf(...OPENING, request('ping', 1));

describe('the faults that were found', () => {
  it('are known once their story comes again nearly each time', () => {
    const faults = new Faults();
    faults.keep(violation('ping.ready', 4));
    faults.keep(violation('rpc.id-echo', 3));
    expect(faults.all).toHaveLength(2);
    expect(faults.steady.map(({ broken }) => broken[0]?.id)).toEqual(['ping.ready']);
    expect([faults.isKnown('ping.ready'), faults.isKnown('rpc.id-echo')]).toEqual([true, false]);
  });

  it('are known in a revision, or in any', () => {
    const faults = new Faults();
    faults.keep(violation('ping.ready', 5));
    expect([faults.isKnown('ping.ready', '2025-11-25'), faults.isKnown('ping.ready', '2025-03-26')]).toEqual([
      true,
      false,
    ]);
  });

  it('get a better story in the place of one that comes and goes', () => {
    const faults = new Faults();
    faults.keep(violation('ping.ready', 1, PLAIN));
    faults.keep(violation('ping.ready', 5, OTHER));
    expect(faults.all).toEqual([violation('ping.ready', 5, OTHER)]);
  });

  it('and no worse one', () => {
    const faults = new Faults();
    faults.keep(violation('ping.ready', 2, PLAIN));
    faults.keep(violation('ping.ready', 2, OTHER));
    faults.keep(violation('ping.ready', 0, OTHER));
    expect(faults.all).toEqual([violation('ping.ready', 2, PLAIN)]);
  });

  it('keep the story of another fault, and of another revision', () => {
    const faults = new Faults();
    const all = [violation('ping.ready', 1), violation('ping.busy', 5)];
    const elsewhere = violation('ping.ready', 5, { ...PLAIN, offer: '2025-03-26' });
    for (const one of [...all, elsewhere]) faults.keep(one);
    expect(faults.all).toEqual([...all, elsewhere]);
  });
});

function violation(id: string, shown: number, one: Case = PLAIN): Violation {
  const finding = { found: 'broken', expected: 'this', observed: 'that', evidence: [] } as const;
  const broken = [{ id, level: 'MUST', finding, certainty: 'shown', symptom: id }] as const;
  const run = { id: 'fuzz-1@2025-11-25' } as Run;
  return { broken, case: one, run, again: { shown, of: 5 }, foundIn: 9, isMinimal: true };
}

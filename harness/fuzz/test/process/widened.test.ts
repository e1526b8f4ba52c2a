import { describe, expect, it } from 'vitest';
import { kindOf } from '../../src/process/act.ts';
import { lengthened, widened } from '../../src/process/widened.ts';
import { caseOf, OPENING, request } from './made.ts';

describe('a case with more time in it', () => {
  it('has one of its waits longer, and else is the same', () => {
    const one = caseOf(...OPENING, { do: 'pause', ms: 5 }, request('ping', 1), { do: 'stop-reading', ms: 20 });
    expect([...lengthened(one)]).toEqual([
      { ...one, acts: one.acts.with(2, { do: 'pause', ms: 500 }) },
      { ...one, acts: one.acts.with(4, { do: 'stop-reading', ms: 500 }) },
    ]);
  });

  it('or waits once more, for what is due and then unasked, or unasked alone', () => {
    const wide = [...widened(caseOf(...OPENING))].map(({ acts }) => acts.map(kindOf));
    expect(wide).toEqual([
      ['initialize', 'settle', 'pause', 'initialized'],
      ['initialize', 'initialized', 'settle', 'pause'],
      ['initialize', 'pause', 'initialized'],
      ['initialize', 'initialized', 'pause'],
    ]);
  });

  it('and no write of it is torn apart, nor is anything done behind its end', () => {
    const joined = { ...request('ping', 2), joined: true } as const;
    const wide = [...widened(caseOf(request('ping', 1), joined, { do: 'eof' }))];
    expect(wide.map(({ acts }) => acts.map(kindOf))).toEqual([
      ['ping', 'ping', 'settle', 'pause', 'eof'],
      ['ping', 'ping', 'pause', 'eof'],
    ]);
    expect(wide.every(({ acts }) => acts[1] === joined)).toBe(true);
  });
});

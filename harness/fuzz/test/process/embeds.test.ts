import { describe, expect, it } from 'vitest';
import { embeds } from '../../src/process/embeds.ts';
import { caseOf, OPENING, request } from './made.ts';

describe('a case embeds a smaller one', () => {
  const smaller = caseOf(...OPENING, request('slow', 1), { do: 'cancel', of: 1 });

  it('where it does the same with something in between', () => {
    const acts = [request('ping', 3), request('slow', 4), { do: 'settle' }, { do: 'cancel', of: 3 }] as const;
    expect(embeds(caseOf(...OPENING, ...acts), smaller)).toBe(true);
  });

  it('and not where the order is another', () => {
    const acts = [request('ping', 3), { do: 'cancel', of: 3 }, request('slow', 4)] as const;
    expect(embeds(caseOf(...OPENING, ...acts), smaller)).toBe(false);
    const twice = [request('ping', 3), { do: 'cancel', of: 3 }, { do: 'cancel', of: 3 }] as const;
    expect(embeds(caseOf(...OPENING, ...twice), smaller)).toBe(false);
  });
});

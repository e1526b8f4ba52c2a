import { describe, expect, it } from 'vitest';
import { type Act, type Case, kindOf } from '../../src/process/act.ts';
import { shrink } from '../../src/process/shrink.ts';
import { ALL_MEANS, caseOf, OPENING, request } from './made.ts';

const BOUNDS = { withinMs: 60_000, trials: 1_000, jobs: 1 };

/** Twelve acts, of which the cancellation of a call takes four. */
const WHOLE = caseOf(
  { do: 'initialize', declares: ['roots', 'sampling'] },
  { do: 'settle' },
  { do: 'initialized' },
  request('ping', 1),
  { ...request('tools/list', 2, { id: 'string' }), joined: true },
  request('slow', 3, { id: 'large', token: 'string', pieces: 3 }),
  { do: 'pause', ms: 20 },
  request('long', 4),
  { do: 'garbage', text: 'cut' },
  { do: 'cancel', of: 3 },
  { do: 'stop-reading', ms: 100 },
  request('ping', 5),
);
const SMALLEST = caseOf(...OPENING, request('slow', 1), { do: 'cancel', of: 1 });

describe('a case is made smaller', () => {
  it('until nothing can be left out, and nothing is plainer', async () => {
    const { case: smallest, isMinimal } = await shrink(WHOLE, ALL_MEANS, BOUNDS, async (one) => hasCancelledCall(one));
    expect(smallest).toEqual(SMALLEST);
    expect(isMinimal).toBe(true);
  });

  it('to the same case, however many trials go on side by side', async () => {
    const shows = async (one: Case) => hasCancelledCall(one);
    expect((await shrink(WHOLE, ALL_MEANS, { ...BOUNDS, jobs: 4 }, shows)).case).toEqual(SMALLEST);
  });

  it('and stays as it is where nothing smaller shows the same', async () => {
    const { case: smallest } = await shrink(WHOLE, ALL_MEANS, BOUNDS, async () => false);
    expect(smallest).toEqual(WHOLE);
  });

  it('by cases that are legal, each tried once', async () => {
    const tried: string[] = [];
    await shrink(WHOLE, ALL_MEANS, BOUNDS, async (one) => {
      tried.push(JSON.stringify(one));
      return hasCancelledCall(one);
    });
    expect(new Set(tried).size).toBe(tried.length);
    const kinds = tried.map((text) => (JSON.parse(text) as Case).acts.map(kindOf));
    expect(kinds.filter((one) => !one.includes('initialize'))).toEqual([]);
  });

  it('keeping what matters of it', async () => {
    const wants = (act: Act): boolean => act.do === 'request' && act.id === 'large' && act.token === 'string';
    const { case: smallest } = await shrink(WHOLE, ALL_MEANS, BOUNDS, async ({ acts }) => acts.some(wants));
    expect(smallest.acts).toEqual([...OPENING, request('ping', 1, { id: 'large', token: 'string' })]);
  });

  it('within bounds: what is tried too often, or too long, is not the smallest for sure', async () => {
    let trials = 0;
    const shows = async (one: Case): Promise<boolean> => {
      trials += 1;
      return hasCancelledCall(one);
    };
    const { isMinimal } = await shrink(WHOLE, ALL_MEANS, { ...BOUNDS, trials: 5 }, shows);
    expect([trials, isMinimal]).toEqual([5, false]);
    const { isMinimal: isSure } = await shrink(WHOLE, ALL_MEANS, { ...BOUNDS, withinMs: -1 }, shows);
    expect([trials, isSure]).toEqual([5, false]);
  });
});

/** Whether a call that takes its time is cancelled in it. */
function hasCancelledCall({ acts }: Case): boolean {
  return acts.some((act) => {
    if (act.do !== 'cancel') return false;
    return acts.some((other) => other.do === 'request' && other.ask === 'slow' && other.as === act.of);
  });
}

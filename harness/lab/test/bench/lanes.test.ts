import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { calibrate, inLanes, measureCalls } from '../../src/bench/lanes.js';

describe('calls in lanes', () => {
  it.each([
    [10, 1],
    [10, 3],
    [100, 100],
  ])('make %d calls with %d in flight, never more', async (count, inFlight) => {
    const { call, seen } = counted();
    await inLanes(call, count, inFlight);
    expect(seen).toEqual({ calls: count, open: 0, mostOpen: inFlight });
  });

  it('make no call too many where there are more lanes', async () => {
    const { call, seen } = counted();
    await inLanes(call, 2, 100);
    expect(seen.calls).toBe(2);
  });

  it('fail when a call fails', async () => {
    await expect(inLanes(() => Promise.reject(new Error('no')), 3, 2)).rejects.toThrow('no');
  });

  it('cost something', async () => {
    const cost = await measureCalls(() => nextTurn(), 50, 1);
    expect(cost.wallUs).toBeGreaterThan(0);
  });
});

describe('the calibration', () => {
  it('asks for one call in each lane at least, however slow they are', async () => {
    const count = await calibrate(counted().call, 40, { sampleMs: 0, warmMs: 0 });
    expect(count).toBe(40);
  });

  it('asks for more calls where more fit', async () => {
    const count = await calibrate(() => Promise.resolve(), 1, { sampleMs: 60_000, warmMs: 0 });
    expect(count).toBeGreaterThan(1);
  });
});

/** A call that is open for a turn of the event loop. */
function counted() {
  const seen = { calls: 0, open: 0, mostOpen: 0 };
  const call = async () => {
    seen.calls += 1;
    seen.open += 1;
    seen.mostOpen = Math.max(seen.mostOpen, seen.open);
    await nextTurn();
    seen.open -= 1;
  };
  return { call, seen };
}

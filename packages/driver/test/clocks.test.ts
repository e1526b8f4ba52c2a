import { describe, expect, it, vi } from 'vitest';
import type { Clock } from '../src/clock.ts';
import { realClock } from '../src/real-clock.ts';
import { virtualClock } from '../src/virtual-clock.ts';

describe('the virtual clock', () => {
  it('runs what falls due in the order of time, then of arming', async () => {
    const clock = virtualClock();
    const order: string[] = [];
    clock.setTimer(20, () => order.push(`b at ${clock.now()}`));
    clock.setTimer(20, () => order.push(`c at ${clock.now()}`));
    clock.setTimer(10, () => order.push(`a at ${clock.now()}`));
    clock.setTimer(31, () => order.push('too late'));
    await clock.advance(30);
    expect(order).toEqual(['a at 10', 'b at 20', 'c at 20']);
    expect([clock.now(), clock.pending]).toEqual([30, 1]);
  });

  it('lets microtasks settle before each timer, and at the end', async () => {
    const clock = virtualClock();
    const order: string[] = [];
    const soon = (name: string): void => {
      void Promise.resolve()
        .then(() => {})
        .then(() => order.push(name));
    };
    soon('before');
    clock.setTimer(10, () => {
      order.push('first');
      soon('between');
    });
    clock.setTimer(10, () => {
      order.push('second');
      soon('after');
    });
    await clock.advance(10);
    expect(order).toEqual(['before', 'first', 'between', 'second', 'after']);
  });

  it('runs what is armed on the way, also when it is due already, but never within the arming', async () => {
    const clock = virtualClock(100);
    const order: string[] = [];
    clock.setTimer(110, () => {
      clock.setTimer(90, () => order.push(`armed on the way, at ${clock.now()}`));
      order.push('first');
    });
    await clock.advance(10);
    expect(order).toEqual(['first', 'armed on the way, at 110']);
  });

  it('forgets', async () => {
    const clock = virtualClock();
    const run = vi.fn();
    const forget = clock.setTimer(10, run);
    forget();
    await clock.advance(10);
    expect(run).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });

  it('does not move twice at a time', async () => {
    const clock = virtualClock();
    const moving = clock.advance(10);
    await expect(clock.advance(10)).rejects.toThrow('moving already');
    await moving;
  });
});

describe('the real clock', () => {
  it('lets what is there already go first, when the loop was held up until the time had come (semantics 3)', async () => {
    const clock = realClock();
    const order: string[] = [];
    await new Promise<void>((resolve) => {
      clock.setTimer(clock.now() + 1, () => {
        order.push('timer');
        resolve();
      });
      setImmediate(() => order.push('input'));
      holdUp(clock, 5);
    });
    expect(order).toEqual(['input', 'timer']);
  });

  it('is never early', async () => {
    const clock = realClock();
    const at = clock.now() + 2.5;
    await new Promise<void>((resolve) => clock.setTimer(at, resolve));
    expect(clock.now()).toBeGreaterThanOrEqual(at);
  });

  it('forgets, also when the native timer has fired already', async () => {
    const clock = realClock();
    const run = vi.fn();
    await new Promise<void>((resolve) => {
      const forget = clock.setTimer(clock.now(), run);
      setTimeout(() => {
        forget();
        clock.setTimer(clock.now(), resolve);
      }, 1);
      // Both native timers are due at once, and run before anything else.
      holdUp(clock, 5);
    });
    expect(run).not.toHaveBeenCalled();
  });

  it('keeps times that are longer than a native timer can', async () => {
    const clock = realClock();
    const run = vi.fn();
    const forget = clock.setTimer(clock.now() + 2 ** 31 + 50, run);
    await new Promise<void>((resolve) => clock.setTimer(clock.now() + 5, resolve));
    forget();
    expect(run).not.toHaveBeenCalled();
  });
});

/** Nothing else runs for so many ms. */
function holdUp(clock: Clock, ms: number): void {
  const until = clock.now() + ms;
  while (clock.now() < until);
}

import type { NoteData, Taps } from '@mcp-lifeline/trace';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Wait, Waits } from '../src/waits.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});

afterEach(() => {
  // A wait that is over has left no timer.
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('a wait', () => {
  it('is met at once when the condition holds already', async () => {
    const { waits } = bench();
    expect(await waits.until(wait({ condition: () => true, goneWhen: () => true }))).toBe('met');
  });

  it('is met as soon as something happened and the condition holds', async () => {
    const { waits, notes } = bench();
    let holds = false;
    const met = waits.until(wait({ condition: () => holds }));
    waits.look();
    holds = true;
    waits.look();
    expect(await met).toBe('met');
    expect(notes).toEqual([]);
  });

  it('is gone as soon as the condition can hold no more', async () => {
    const { waits, notes } = bench();
    let gone = false;
    const over = waits.until(wait({ goneWhen: () => gone }));
    gone = true;
    waits.look();
    expect(await over).toBe('gone');
    expect(notes).toEqual([]);
  });

  it('is late when the time ran out, and that is recorded', async () => {
    const { waits, notes } = bench();
    const over = waits.until(wait({ forMs: 100, what: 'an answer' }));
    await pass(100);
    expect(await over).toBe('late');
    expect(notes).toEqual([{ kind: 'waited', for: 'an answer', ms: 100, lagMs: 0 }]);
  });

  it('looks once more before it is late', async () => {
    const { waits, notes } = bench();
    let holds = false;
    const over = waits.until(wait({ condition: () => holds, forMs: 100 }));
    holds = true; // and nobody says so
    await pass(100);
    expect(await over).toBe('met');
    expect(notes).toEqual([]);
  });

  it('lasts longer by what our own loop was late', async () => {
    const { waits, notes, lag } = bench();
    const over = waits.until(wait({ forMs: 100 }));
    lag.ms += 30;
    await pass(129);
    expect(notes).toEqual([]);
    await pass(1);
    expect(await over).toBe('late');
    expect(notes).toEqual([{ kind: 'waited', for: 'something', ms: 130, lagMs: 30 }]);
  });

  it('takes lag that comes in the time added for lag', async () => {
    const { waits, lag, notes } = bench();
    const over = waits.until(wait({ forMs: 100 }));
    lag.ms += 30;
    await pass(110);
    lag.ms += 40;
    await pass(60);
    expect(await over).toBe('late');
    expect(notes).toEqual([{ kind: 'waited', for: 'something', ms: 170, lagMs: 70 }]);
  });

  it('lasts at most twice as long, however late our own loop was', async () => {
    const { waits, notes, lag } = bench();
    const over = waits.until(wait({ forMs: 100 }));
    lag.ms += 5000;
    await pass(200);
    expect(await over).toBe('late');
    expect(notes).toEqual([{ kind: 'waited', for: 'something', ms: 200, lagMs: 5000 }]);
  });

  it('does not count lag from before it began', async () => {
    const { waits, lag } = bench();
    lag.ms = 5000;
    const over = waits.until(wait({ forMs: 100 }));
    await pass(100);
    expect(await over).toBe('late');
  });

  it('fails when its condition throws, and nobody else does', async () => {
    const { waits } = bench();
    let breaks = false;
    const broken = waits.until(
      wait({
        condition: () => {
          if (breaks) throw new Error('of the script');
          return false;
        },
      }),
    );
    const other = waits.until(wait({ condition: () => breaks }));
    breaks = true;
    waits.look();
    await expect(broken).rejects.toThrow('of the script');
    expect(await other).toBe('met');
    waits.look();
  });

  it('is one of many: each is over on its own', async () => {
    const { waits } = bench();
    let count = 0;
    const first = waits.until(wait({ condition: () => count >= 1 }));
    const second = waits.until(wait({ condition: () => count >= 2 }));
    count = 1;
    waits.look();
    expect(await first).toBe('met');
    count = 2;
    waits.look();
    expect(await second).toBe('met');
  });
});

describe('holding still', () => {
  it('takes its time, and that is recorded', async () => {
    const { waits, notes } = bench();
    const held = waits.hold({ goneWhen: () => false, forMs: 50, what: 'initialized' });
    await pass(50);
    await held;
    expect(notes).toEqual([{ kind: 'held', what: 'initialized', ms: 50 }]);
  });

  it('ends early when the peer is gone, and what it took is recorded', async () => {
    const { waits, notes } = bench();
    let gone = false;
    const held = waits.hold({ goneWhen: () => gone, forMs: 50, what: 'initialized' });
    await pass(20);
    gone = true;
    waits.look();
    await held;
    expect(notes).toEqual([{ kind: 'held', what: 'initialized', ms: 20 }]);
  });
});

function bench() {
  const notes: NoteData[] = [];
  const lag = { ms: 0 };
  const taps: Taps = { wire: () => {}, process: () => {}, note: (data) => notes.push(data) };
  const waits = new Waits(taps, { total: () => lag.ms, stop: () => {} });
  return { waits, notes, lag };
}

function wait(some: Partial<Wait>): Wait {
  return { condition: () => false, goneWhen: () => false, forMs: 1000, what: 'something', ...some };
}

/** Lets time pass, ms by ms, with a real turn of the event loop behind each. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1) {
    vi.advanceTimersByTime(1);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

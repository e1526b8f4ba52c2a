import { afterEach, describe, expect, it } from 'vitest';
import { type LagMeter, startLagMeter } from '../src/lag.js';

describe('the lag meter', () => {
  it('tells how late our own event loop was', async () => {
    const { meter, told } = started();
    block(200);
    await eventually(() => told.length > 0);
    // At the time of the block up to one interval of waiting was still ahead.
    expect(told[0]).toBeGreaterThanOrEqual(150);
    expect(meter.total()).toBeGreaterThanOrEqual(150);
  });

  it('counts what is late right now, before its own timer was served', () => {
    const { meter, told } = started();
    const before = meter.total();
    block(200);
    expect(meter.total() - before).toBeGreaterThanOrEqual(150);
    expect(told).toEqual([]);
  });

  it('does not count the same lateness twice', async () => {
    const { meter, told } = started();
    block(200);
    const late = meter.total();
    const untold = () => Math.abs(meter.total() - told.reduce((sum, ms) => sum + ms, 0));
    await eventually(() => told.length > 0 && untold() <= told.length);
    expect(untold()).toBeLessThan(50);
    expect(meter.total()).toBeGreaterThanOrEqual(Math.floor(late));
  });

  it('says nothing once it was stopped', async () => {
    const { meter, told } = started();
    meter.stop();
    block(200);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(told).toEqual([]);
  });
});

const meters: LagMeter[] = [];

afterEach(() => {
  for (const meter of meters.splice(0)) meter.stop();
});

function started(): { readonly meter: LagMeter; readonly told: readonly number[] } {
  const told: number[] = [];
  const meter = startLagMeter((ms) => told.push(ms));
  meters.push(meter);
  return { meter, told };
}

/** Keeps the event loop busy. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

async function eventually(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1000 && !condition(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 5));
}

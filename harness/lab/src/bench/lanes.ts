import { setTimeout as sleep } from 'node:timers/promises';
import type { Size } from './workload.js';

/** What some calls took, in us a call. */
export interface Cost {
  /** CPU of this process, all threads. */
  readonly cpuUs: number;
  readonly wallUs: number;
}

/**
 * Makes `count` calls, `inFlight` of them open at any time: each answer starts the next call.
 */
export async function inLanes(call: () => Promise<unknown>, count: number, inFlight: number): Promise<void> {
  let left = count;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}

/** Makes calls as {@link inLanes} does and tells what one of them cost. */
export async function measureCalls(call: () => Promise<unknown>, count: number, inFlight: number): Promise<Cost> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  await inLanes(call, count, inFlight);
  const wallMs = performance.now() - began;
  return { cpuUs: cpuSince(cpu) / count, wallUs: (wallMs * 1000) / count };
}

/** The CPU that this process used since then, in us. */
export function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/**
 * Lets what is left of before come to rest. Nothing is collected: that would shrink the young generation, and a `Map` that
 * has just become old makes every scavenge after it dear, so that a sample would measure the collector and not the work.
 */
export async function settle(): Promise<void> {
  await sleep(REST_MS);
}

/**
 * Warms up, and finds how many calls fill a sample: slow subjects are not asked for the work of fast ones.
 *
 * @returns at least one for each lane, so that every one of them is in use
 */
export async function calibrate(
  call: () => Promise<unknown>,
  inFlight: number,
  { sampleMs, warmMs }: Pick<Size, 'sampleMs' | 'warmMs'>,
): Promise<number> {
  const deadline = performance.now() + warmMs;
  let count = inFlight;
  for (;;) {
    const { wallUs } = await measureCalls(call, count, inFlight);
    const fitting = Math.max(inFlight, Math.round((sampleMs * 1000) / wallUs));
    // A short run is cold: it says little, and too little of it is no base for a guess.
    if (performance.now() >= deadline) return fitting;
    count = Math.min(fitting, count * 4);
  }
}

const REST_MS = 20;

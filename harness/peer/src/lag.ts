import { performance } from 'node:perf_hooks';

/** How late our own event loop was. */
export interface LagMeter {
  /** The sum of all lateness since it began, in ms; only differences matter. */
  total(): number;
  stop(): void;
}

const INTERVAL_MS = 20;
/** Lateness below this is ordinary. In ms. */
const NOTABLE_MS = 50;

/**
 * Begins to measure.
 * @param onLag called for each notable delay, in ms
 */
export function startLagMeter(onLag: (ms: number) => void): LagMeter {
  let expected = performance.now() + INTERVAL_MS;
  let sum = 0;
  const late = (): number => Math.max(0, performance.now() - expected);
  const timer = setInterval(() => {
    const ms = late();
    expected = performance.now() + INTERVAL_MS;
    if (ms < NOTABLE_MS) return;
    sum += ms;
    onLag(Math.round(ms));
  }, INTERVAL_MS);
  timer.unref();
  return {
    // What is late right now counts already: a timer of ours may be served before the meter's own.
    total: () => sum + (late() < NOTABLE_MS ? 0 : late()),
    stop: () => clearInterval(timer),
  };
}

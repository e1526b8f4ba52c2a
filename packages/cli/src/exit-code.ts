import type { Outcome } from './expect/outcome.js';
import { SIGNALS, type StopSignal } from './io.js';

/** What the command exits with. */
export const EXIT = { ok: 0, broken: 1, badUsage: 2, noHandshake: 3, ourFault: 4 } as const;

/** The exit code of a process that was stopped by a signal, as shells give it. */
export function stoppedBy(signal: StopSignal): number {
  return 128 + SIGNALS[signal];
}

/** The exit code of a finished check. With `strict` a warning counts like a broken MUST. */
export function exitCodeOf(result: Outcome, strict: boolean): number {
  switch (result.verdict) {
    case 'pass':
      return strict && hasCountedWarning(result) ? EXIT.broken : EXIT.ok;
    case 'fail':
      return EXIT.broken;
    case 'no-handshake':
      return EXIT.noHandshake;
    case 'error':
      return EXIT.ourFault;
  }
}

/** Whether a SHOULD, or what users would suffer from, is broken in a revision that counts, and that is not excused. */
export function hasCountedWarning({ rows, counted }: Outcome): boolean {
  return rows.some(
    ({ status, revision, excusedBy }) => status === 'warn' && counted.includes(revision) && excusedBy === undefined,
  );
}

import type { EndWhy } from '@mcp-lifeline/trace';
import type { Finding } from './invariant.js';
import { hasLeft, type Pending, type Session } from './session.js';

/** What the want of an answer shows: a fault, nothing, or not enough to tell. */
export type Silence =
  | { readonly shows: 'fault'; readonly observed: string; readonly evidence: readonly number[] }
  | { readonly shows: 'nothing'; readonly finding: Extract<Finding, { found: 'nothing' }> };

/** Weighs a request that was never answered. A fault needs fences, a death of the server's own, or a fair wait. */
export function weighSilence(session: Session, asked: Pending, end: EndWhy): Silence {
  const { exit, outputEndedAt, waited } = session;
  if (asked.fenced) {
    const observed = `no answer, though ${asked.fences} later requests were answered`;
    return { shows: 'fault', observed, evidence: [asked.seq] };
  }
  if (outputEndedAt !== null && hasLeft(session)) {
    const observed = `no answer: ${exit === null ? 'the server closed its output' : `the server ${exitText(exit)}`}`;
    return { shows: 'fault', observed, evidence: [asked.seq, outputEndedAt] };
  }
  if (waited !== null && waited.seq > asked.seq) {
    // Our own lateness may not make up more than half of the wait.
    if (waited.lagMs * 2 <= waited.ms) {
      const observed = `no answer within ${seconds(waited.ms)}`;
      return { shows: 'fault', observed, evidence: [asked.seq, waited.seq] };
    }
    return nothing(
      'steadyMachine',
      `this machine was ${seconds(waited.lagMs)} late in a wait of ${seconds(waited.ms)}`,
    );
  }
  if (end !== 'quiet') return nothing('wholeRun', `the run ended (${end}) before ${asked.method} was answered`);
  return nothing('fences', `nothing tells whether ${asked.method} would have been answered`);
}

/** How a process ended, in words. */
export function exitText(exit: { readonly code: number | null; readonly signal: string | null }): string {
  return exit.signal === null ? `exited with code ${exit.code}` : `was ended by ${exit.signal}`;
}

/** A time for people. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function nothing(lacking: Extract<Finding, { found: 'nothing' }>['lacking'], why: string): Silence {
  return { shows: 'nothing', finding: { found: 'nothing', lacking, why } };
}

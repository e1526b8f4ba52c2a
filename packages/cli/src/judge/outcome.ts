import type { Run, Verdict } from '@mcp-lifeline/check';
import { isRevision, type Revision } from '@mcp-lifeline/specs';
import type { Outcome } from '../expect/outcome.js';
import { type JudgedRow, RUN_ID } from './judge-recording.js';
import type { Recording } from './recording.js';

/** What came out of judging a recording: as the result of a check, with the recording as its one run. */
export interface Judgement extends Outcome {
  readonly rows: readonly JudgedRow[];
}

/**
 * The judgement that these rows make.
 * @param seconds how long it took
 */
export function judgementOf(
  recording: Recording,
  revision: Revision,
  rows: readonly JudgedRow[],
  seconds: number,
): Judgement {
  const told = { ...baseOf(recording, seconds), counted: [revision], rows, runs: [runOf(recording)] };
  // A pass with nothing judged would claim something.
  if (rows.length === 0) {
    return { ...told, verdict: 'error', why: `none of the invariants asked for has a row in ${revision}` };
  }
  if (rows.every(({ status }) => status === 'unobserved')) {
    return { ...told, verdict: 'error', why: 'nothing can be judged by this recording' };
  }
  return { ...told, verdict: verdictOf(rows) };
}

/** The judgement on what shows no session, or none in a revision that is known here. */
export function noJudgement(recording: Recording, why: string, seconds: number): Judgement {
  return { ...baseOf(recording, seconds), counted: [], rows: [], runs: [], verdict: 'no-handshake', why };
}

function baseOf({ trace, handshake }: Recording, seconds: number) {
  const { agreed, offered, result } = handshake;
  return {
    command: trace.header.target.command,
    serverInfo: result?.serverInfo ?? null,
    revisions: isRevision(agreed) ? [agreed] : [],
    tried: isRevision(offered) ? [offered] : [],
    preferred: null,
    stale: [],
    seconds: Math.round(seconds * 1000) / 1000,
    stderrTail: '',
  };
}

function runOf({ trace, handshake }: Recording): Run {
  return {
    id: RUN_ID,
    scenario: trace.header.scenario ?? '',
    offer: handshake.offered ?? '',
    trace,
    seconds: (trace.events.at(-1)?.t ?? 0) / 1000,
    spawnError: null,
    stderrTail: '',
    outputBytes: 0,
  };
}

function verdictOf(rows: readonly JudgedRow[]): Verdict {
  if (rows.some(({ status }) => status === 'fail')) return 'fail';
  return rows.some(({ status }) => status === 'error') ? 'error' : 'pass';
}

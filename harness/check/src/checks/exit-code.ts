import { exitText, isRevision } from '@mcp-lifeline/specs';
import type { TraceEvent } from '@mcp-lifeline/trace';
import type { Run } from '../run.js';
import { ready, sigterm } from '../scenarios/shutdown.js';
import type { Check, Judged } from './check.js';

/** How a server left when its input ended, and how on SIGTERM: two runs, and so no invariant. */
export const exitCode: Check = {
  id: 'shutdown.exit-code',
  title: 'how a server leaves at the end of stdin and on SIGTERM',
  level: (revision) => (isRevision(revision) ? 'NOTE' : null),
  clauses: () => [],
  needs: ['ownExit', 'wholeRun'],
  scenarios: [ready.id, sigterm.id],
  judge: (_, { runs }): Judged => {
    const atEnd = wayOut(runs, ready.id, isEndOfInput);
    const onTerm = wayOut(runs, sigterm.id, isSigterm);
    const shown = atEnd ?? onTerm;
    if (shown === null) {
      const run = runs.find(({ scenario }) => scenario === ready.id) ?? null;
      const lacking = run === null || isCut(run) ? 'wholeRun' : 'ownExit';
      return { run, finding: { found: 'nothing', lacking, why: 'it was not asked to leave' } };
    }
    const observed = `at the end of its input: ${atEnd?.how ?? 'not seen'}; on SIGTERM: ${onTerm?.how ?? 'not seen'}`;
    const { run, evidence } = shown;
    return { run, finding: { found: 'held', expected: 'nothing in particular', observed, evidence } };
  },
};

interface WayOut {
  readonly run: Run;
  readonly how: string;
  readonly evidence: readonly number[];
}

/** How it went after it was asked to; null when it never was, or was gone by then. */
function wayOut(runs: readonly Run[], scenario: string, asks: (event: TraceEvent) => boolean): WayOut | null {
  const run = runs.find((candidate) => candidate.scenario === scenario);
  if (run === undefined || isCut(run)) return null;
  const { events } = run.trace;
  const asked = events.find(asks);
  const left = events.find((event) => event.plane === 'process' && event.kind === 'exited');
  if (asked === undefined || left?.plane !== 'process' || left.kind !== 'exited' || left.seq < asked.seq) return null;
  const isDriven = events.some((event) => isSignal(event) && event.seq > asked.seq && event.seq < left.seq);
  return { run, how: isDriven ? 'stayed' : exitText(left), evidence: [asked.seq, left.seq] };
}

function isSignal(event: TraceEvent): boolean {
  return event.plane === 'process' && event.kind === 'signalled';
}

function isEndOfInput(event: TraceEvent): boolean {
  return event.plane === 'process' && event.kind === 'inputEnded';
}

function isSigterm(event: TraceEvent): boolean {
  return event.plane === 'process' && event.kind === 'signalled' && event.by === 'scenario';
}

/** What ended the process was ourselves: an interruption, or a bound that was reached. */
function isCut({ trace }: Run): boolean {
  return trace.events.some(
    (event) =>
      event.plane === 'note' &&
      ((event.kind === 'end' && event.why === 'cut') || (event.kind === 'absent' && event.need === 'wholeRun')),
  );
}

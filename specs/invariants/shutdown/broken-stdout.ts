import type { TraceEvent } from '@mcp-lifeline/trace';
import { always, CITING_NOTHING } from '../by-revision.js';
import type { Finding, Invariant } from '../invariant.js';
import { NEW_SESSION, type Session, seeSession } from '../session.js';
import { exitText, seconds } from '../silence.js';

interface At {
  readonly seq: number;
  readonly t: number;
}

interface State {
  readonly session: Session;
  readonly closed: At | null;
  readonly exited: (At & { readonly how: string }) | null;
  readonly load: { readonly seq: number; readonly cpuMs: number; readonly ms: number } | null;
}

/** Nobody reads what it writes: it may leave, or wait; it must not take a whole processor to find out again and again. */
export const brokenStdout: Invariant<State> = {
  id: 'shutdown.broken-stdout',
  title: 'a server whose stdout is closed exits or stays idle',
  level: always('ROBUST'),
  clauses: CITING_NOTHING,
  needs: ['handshake', 'alive', 'processTable', 'wholeRun'],
  initial: { session: NEW_SESSION, closed: null, exited: null, load: null },
  see,
  verdict: ({ session, closed, exited, load }, end): Finding => {
    const expected = 'an exit, or less than half of one processor used';
    if (closed === null) {
      const why = 'its stdout was not closed on a ready session';
      return { found: 'nothing', lacking: session.initializedAt === null ? 'handshake' : 'alive', why };
    }
    if (exited !== null) {
      const observed = `${exited.how} ${seconds(exited.t - closed.t)} after its stdout was closed`;
      return { found: 'held', expected, observed, evidence: [closed.seq, exited.seq] };
    }
    if (load === null) {
      const lacking = end === 'quiet' ? 'processTable' : 'wholeRun';
      return { found: 'nothing', lacking, why: 'nobody measured what it did after that' };
    }
    const found = load.cpuMs * 2 > load.ms ? 'broken' : 'held';
    const observed = `${Math.round(load.cpuMs)} ms of processor time in ${Math.round(load.ms)} ms`;
    return { found, expected, observed, evidence: [closed.seq, load.seq] };
  },
};

function see(before: State, event: TraceEvent): State {
  const { session } = before;
  const state = { ...before, session: seeSession(session, event) };
  // Once we ended its input, or signalled it, what it does is no news any more.
  if (event.plane !== 'process' || session.initializedAt === null || session.closingAt !== null) return state;
  const at = { seq: event.seq, t: event.t };
  if (event.kind === 'outputClosed') return session.exit === null ? { ...state, closed: at } : state;
  if (state.closed === null) return state;
  if (event.kind === 'exited') return { ...state, exited: { ...at, how: exitText(event) } };
  return event.kind === 'load' ? { ...state, load: heavier(state.load, event) } : state;
}

/** On a busy machine whoever spins gets less than it wants: the time in which it got most counts. */
function heavier(before: State['load'], { seq, cpuMs, ms }: NonNullable<State['load']>): State['load'] {
  return before !== null && before.cpuMs / before.ms >= cpuMs / ms ? before : { seq, cpuMs, ms };
}

import type { TraceEvent } from '@mcp-lifeline/trace';
import { always, CITING_NOTHING } from '../by-revision.js';
import type { Finding, Invariant, Need } from '../invariant.js';
import { isIdle, NEW_SESSION, type Session, seeSession } from '../session.js';
import { exitText, seconds } from '../silence.js';

/** Whoever is given less than this to leave was not waited for. In ms. */
const FAIR_MS = 300;

/** What it remembers. */
export interface LeavingState {
  readonly session: Session;
  readonly askedAt: { readonly seq: number; readonly t: number } | null;
  /** It was gone before it could be asked. */
  readonly isTooLate: boolean;
  /** What ended the patience: a later signal, or a wait that ran out. */
  readonly impatientAt: { readonly seq: number; readonly t: number } | null;
  readonly exitedAt: { readonly seq: number; readonly t: number; readonly how: string } | null;
  readonly lagMs: number;
  /** A bound was reached before the question was put: what ends the process from then on is ourselves. */
  readonly isLimited: boolean;
}

/** An invariant of the form: asked like this to leave, the server leaves by itself. */
export interface Leaving extends Pick<Invariant, 'id' | 'title'> {
  /** What must hold of the session when it is asked: by default that it is ready and idle. */
  readonly when?: (session: Session) => boolean;
  /** What is lacking when it never held; `alive` by default. */
  readonly lacking?: Need;
  /** Whether the event asks the server to leave. */
  readonly asks: (event: TraceEvent) => boolean;
  readonly asked: string;
}

/** Makes the invariant. ROBUST: no clause of these revisions binds the server, but whoever waits for it suffers. */
export function leaving(rule: Leaving): Invariant<LeavingState> {
  const expected = `an exit of its own after ${rule.asked}`;
  return {
    id: rule.id,
    title: rule.title,
    level: always('ROBUST'),
    clauses: CITING_NOTHING,
    needs: ['handshake', 'alive', 'steadyMachine', 'wholeRun', ...(rule.lacking === undefined ? [] : [rule.lacking])],
    initial: {
      session: NEW_SESSION,
      askedAt: null,
      isTooLate: false,
      impatientAt: null,
      exitedAt: null,
      lagMs: 0,
      isLimited: false,
    },
    see: (state, event) => see(rule, state, event),
    verdict: (state, end) => verdict(rule, expected, state, end),
  };
}

function see(rule: Leaving, state: LeavingState, event: TraceEvent): LeavingState {
  const next = { ...state, session: seeSession(state.session, event) };
  const at = { seq: event.seq, t: event.t };
  if (state.askedAt === null) {
    if (event.plane === 'note' && event.kind === 'absent' && event.need === 'wholeRun') {
      return { ...next, isLimited: true };
    }
    if (state.isLimited || !rule.asks(event)) return next;
    const { exit, outputEndedAt } = state.session;
    if (exit !== null) return { ...next, isTooLate: true };
    if (!(rule.when ?? isReadyAndIdle)(state.session)) return { ...next, isTooLate: outputEndedAt !== null };
    return { ...next, askedAt: at };
  }
  if (event.plane === 'process' && event.kind === 'lag') return { ...next, lagMs: state.lagMs + event.ms };
  if (event.plane === 'process' && event.kind === 'exited' && state.exitedAt === null) {
    return { ...next, exitedAt: { ...at, how: exitText(event) } };
  }
  const isImpatient =
    (event.plane === 'process' && event.kind === 'signalled') || (event.plane === 'note' && event.kind === 'waited');
  return isImpatient ? { ...next, impatientAt: state.impatientAt ?? at } : next;
}

function verdict(rule: Leaving, expected: string, state: LeavingState, end: string): Finding {
  const { askedAt, exitedAt, impatientAt, lagMs, isLimited } = state;
  if (isLimited) return { found: 'nothing', lacking: 'wholeRun', why: `the run ended before ${rule.asked} came` };
  if (askedAt === null) {
    const why = `the session was not as it must be when ${rule.asked} came`;
    return { found: 'nothing', lacking: lackingOf(rule, state), why };
  }
  if (exitedAt !== null && (impatientAt === null || exitedAt.seq < impatientAt.seq)) {
    const observed = `${exitedAt.how} ${seconds(exitedAt.t - askedAt.t)} after ${rule.asked}`;
    return { found: 'held', expected, observed, evidence: [askedAt.seq, exitedAt.seq] };
  }
  if (impatientAt === null || end === 'cut') {
    return { found: 'nothing', lacking: 'wholeRun', why: 'the run ended before it could leave' };
  }
  const ms = impatientAt.t - askedAt.t;
  if (ms < FAIR_MS)
    return { found: 'nothing', lacking: 'wholeRun', why: `it was given only ${ms.toFixed(0)} ms to leave` };
  if (lagMs * 2 > ms) {
    return { found: 'nothing', lacking: 'steadyMachine', why: `this machine was ${seconds(lagMs)} late meanwhile` };
  }
  const observed = `still there ${seconds(ms)} after ${rule.asked}`;
  return { found: 'broken', expected, observed, evidence: [askedAt.seq, impatientAt.seq] };
}

/** What kept the question from being put. */
function lackingOf({ when, lacking = 'alive' }: Leaving, { session, isTooLate }: LeavingState): Need {
  const isHandshakeWanted = when === undefined || lacking !== 'alive';
  if (isHandshakeWanted && session.answeredAt === null) return 'handshake';
  return isTooLate ? 'alive' : lacking;
}

function isReadyAndIdle(session: Session): boolean {
  return session.initializedAt !== null && isIdle(session);
}

import type { TraceEvent } from '@mcp-lifeline/trace';
import { type LinkedCall, seeCalls } from '../../app/linked-calls.js';
import { seenBy } from '../../app/seen.js';
import { always, CITING_NOTHING, citing } from '../../by-revision.js';
import { cancelledKey } from '../../cancel/cancelled-call.js';
import type { Finding, Invariant } from '../../invariant.js';
import { mayHaveCrossed } from '../cancel/crossing.js';
import { type ClientSession, NEW_CLIENT_SESSION, seeMessages } from '../session.js';

/** A call that the client gave up. */
interface GivenUp {
  readonly id: string;
  readonly seq: number;
  readonly t: number;
  readonly lagMs: number;
}

interface State {
  readonly session: ClientSession;
  readonly calls: readonly LinkedCall[];
  /** Those that no cancellation named yet. */
  readonly open: readonly GivenUp[];
  /** The requests that a cancellation named before the application heard that its call was given up. */
  readonly cancelled: readonly string[];
  /** Whether one was given up so late that the end may have overtaken its cancellation. */
  readonly isLost: boolean;
  readonly rightAt: number | null;
}

/** A call that timed out is cancelled. */
export const timeoutCancels = givingUp({
  id: 'client.timeout.cancels',
  title: 'the client cancels a request whose time ran out',
  // 2024-11-05 says nothing of timeouts.
  level: (revision) => (revision === '2024-11-05' ? 'ROBUST' : 'SHOULD'),
  clauses: (revision) => (revision === '2024-11-05' ? CITING_NOTHING() : citing('lifecycle/timeout-cancel')(revision)),
  outcomes: ['timeout', 'maxTotal'],
  why: 'no call was recorded whose time ran out',
});

/** A call that the application cancels is cancelled on the wire too: else the server works for nobody. */
export const cancelSent = givingUp({
  id: 'client.timeout.cancel-sent',
  title: 'the client tells the server of a call that its application cancelled',
  level: always('ROBUST'),
  clauses: CITING_NOTHING,
  outcomes: ['cancelled'],
  why: 'no call was recorded that the application cancelled',
});

interface GivingUp extends Pick<Invariant, 'id' | 'title' | 'level' | 'clauses'> {
  /** How such a call settles. */
  readonly outcomes: readonly string[];
  readonly why: string;
}

function givingUp({ outcomes, why, ...rule }: GivingUp): Invariant<State> {
  return {
    ...rule,
    needs: ['appPlane', 'alive', 'wholeRun'],
    initial: { session: NEW_CLIENT_SESSION, calls: [], open: [], cancelled: [], isLost: false, rightAt: null },
    see: (state, event) => {
      const { calls } = state;
      const next = { ...state, calls: seeCalls(calls, event) };
      return seeSession(event.plane === 'app' ? seeApp(next, calls, outcomes, event) : next, event);
    },
    verdict: ({ open, isLost, rightAt }, end): Finding => {
      const expected = 'notifications/cancelled with the id of the request';
      if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
      const [first] = open;
      if (first !== undefined) {
        return { found: 'broken', expected, observed: `none of ${first.id}`, evidence: [first.seq] };
      }
      if (rightAt !== null) return { found: 'held', expected, observed: 'so it was', evidence: [rightAt] };
      if (isLost) return { found: 'nothing', lacking: 'alive', why: 'the session ended at that time' };
      return { found: 'nothing', lacking: 'appPlane', why };
    },
  };
}

function seeApp(state: State, calls: readonly LinkedCall[], outcomes: readonly string[], event: TraceEvent): State {
  const seen = seenBy(event);
  if (seen?.kind !== 'settled' || seen.at !== 'client' || seen.data.sent === false) return state;
  if (!outcomes.some((outcome) => outcome === seen.data.outcome)) return state;
  const id = calls.find(({ key }) => key === seen.key)?.id ?? null;
  // `initialize` is never cancelled: whoever gives it up leaves (`initialize-timeout`).
  if (id === null || id === state.session.opening?.key || state.session.overAt !== null) return state;
  if (state.cancelled.includes(id) || state.cancelled.includes(ANY)) {
    return { ...state, rightAt: state.rightAt ?? event.seq };
  }
  const { seq, t } = event;
  return { ...state, open: [...state.open, { id, seq, t, lagMs: state.session.lagMs }] };
}

/** Which request a task belongs to is not followed: its cancellation may be that of any. */
const ANY = '*';

function seeSession(state: State, event: TraceEvent): State {
  const wasOver = state.session.overAt !== null;
  const next = seeMessages(state, event, (now, { from, message, seq, shape }) => {
    const isTask = shape.kind === 'request' && shape.method === 'tasks/cancel';
    const id = isTask ? ANY : cancelledKey(message);
    if (from === 'server' || id === null) return now;
    const open = now.open.filter((one) => id !== ANY && one.id !== id);
    if (open.length < now.open.length) return { ...now, open, rightAt: now.rightAt ?? seq };
    return { ...now, cancelled: [...now.cancelled, id] };
  });
  if (wasOver || next.session.overAt === null) return next;
  // What was given up just before the end may have waited for room, and was lost with it.
  const { t } = event;
  const { lagMs } = next.session;
  const open = next.open.filter((one) => !mayHaveCrossed(one, { t, lagMs }));
  return { ...next, open, isLost: open.length < next.open.length };
}

import type { EndWhy, TraceEvent } from '@mcp-lifeline/trace';
import { always, citing } from '../../by-revision.js';
import type { Finding, Invariant } from '../../invariant.js';
import { type ClientSession, type Message, NEW_CLIENT_SESSION, seeMessages } from '../session.js';
import { spokenIn } from './spoken.js';

interface State {
  readonly session: ClientSession;
  readonly spoken: readonly string[] | null;
  /** `initialized` after the answer, or a request other than ping. */
  readonly wentOn: { readonly seq: number; readonly method: string } | null;
  /** The client closed the session. */
  readonly leftAt: number | null;
}

const EXPECTED = 'the session goes on in the version of the answer, or the client leaves';

/**
 * A client that is answered with a version it does not speak leaves.
 *
 * Which versions it speaks is told by the application. Where it is not, only the want of either shows: a client that
 * neither says `initialized` nor leaves, but requests.
 */
export const versionDisconnect: Invariant<State> = {
  id: 'client.version.disconnect',
  title: 'the client leaves when the answer names a version that it does not speak',
  level: always('SHOULD'),
  clauses: citing('lifecycle/version-disconnect'),
  needs: ['handshake', 'counterOffer', 'fences', 'steadyMachine', 'wholeRun'],
  initial: { session: NEW_CLIENT_SESSION, spoken: null, wentOn: null, leftAt: null },
  see: (before, event) => {
    const state = { ...before, spoken: spokenIn(event) ?? before.spoken };
    if (isLeaving(event)) return { ...seeMessages(state, event, seeOne), leftAt: state.leftAt ?? event.seq };
    return seeMessages(state, event, seeOne);
  },
  verdict,
};

function isLeaving(event: TraceEvent): boolean {
  if (event.plane === 'app') return event.at === 'client' && event.kind === 'closed';
  return event.plane === 'process' && (event.kind === 'inputEnded' || event.kind === 'signalled');
}

function seeOne(state: State, { from, shape, seq }: Message, before: ClientSession): State {
  if (from === 'server' || before.answer === null || before.answer.result === null) return state;
  if (shape.kind !== 'notification' && shape.kind !== 'request') return state;
  const isNews = shape.method === 'notifications/initialized' || (shape.kind === 'request' && shape.method !== 'ping');
  if (!isNews || state.wentOn?.method === 'notifications/initialized') return state;
  return { ...state, wentOn: { seq, method: shape.method } };
}

function verdict({ session, spoken, wentOn, leftAt }: State, end: EndWhy): Finding {
  const { opening, answer, revision, waited } = session;
  if (opening === null || answer === null || answer.result === null) {
    return { found: 'nothing', lacking: 'handshake', why: 'initialize was not answered with a result' };
  }
  const said = { expected: EXPECTED } as const;
  const answered = revision ?? 'no version';
  if (revision === opening.offered && spoken?.includes(answered) !== false) {
    return { found: 'nothing', lacking: 'counterOffer', why: 'the answer names the version that was offered' };
  }
  const isUnspoken = revision === null || spoken?.includes(revision) === false;
  if (wentOn !== null && (isUnspoken || wentOn.method !== 'notifications/initialized')) {
    const observed = `${wentOn.method} after an answer with ${answered}`;
    return { found: 'broken', ...said, observed, evidence: [answer.seq, wentOn.seq] };
  }
  if (wentOn !== null) {
    return { found: 'held', ...said, observed: `it went on in ${answered}`, evidence: [answer.seq, wentOn.seq] };
  }
  if (leftAt !== null) return { found: 'held', ...said, observed: 'it left', evidence: [answer.seq, leftAt] };
  if (waited !== null && waited.seq > answer.seq) {
    if (waited.lagMs * 2 > waited.ms) {
      return { found: 'nothing', lacking: 'steadyMachine', why: 'this machine was too late to tell' };
    }
    return { found: 'broken', ...said, observed: 'it stayed, and said nothing', evidence: [answer.seq, waited.seq] };
  }
  if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
  return { found: 'nothing', lacking: 'fences', why: 'nothing tells whether the client would have left' };
}

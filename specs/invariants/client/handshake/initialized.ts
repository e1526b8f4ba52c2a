import type { EndWhy } from '@mcp-lifeline/trace';
import { always, citing } from '../../by-revision.js';
import type { Finding, Invariant } from '../../invariant.js';
import { type ClientSession, type Message, NEW_CLIENT_SESSION, seeMessages } from '../session.js';

interface State {
  readonly session: ClientSession;
  /** The first `initialized` that came without a successful answer before it. */
  readonly early: { readonly seq: number; readonly observed: string } | null;
  /** The first `initialized` after such an answer. */
  readonly saidAt: number | null;
  /** A request that was sent after the answer, was itself answered, and still no `initialized` came. */
  readonly wentOnAt: number | null;
}

const EXPECTED = 'initialized, after the answer to initialize';

/** A client whose `initialize` was answered says `initialized`, unless it leaves. */
export const initialized: Invariant<State> = {
  id: 'client.handshake.initialized',
  title: 'the client says initialized once initialize was answered, and not before',
  level: always('MUST'),
  clauses: citing('lifecycle/initialized-notification'),
  needs: ['handshake', 'alive', 'fences', 'steadyMachine', 'wholeRun'],
  initial: { session: NEW_CLIENT_SESSION, early: null, saidAt: null, wentOnAt: null },
  see: (state, event) => seeMessages(state, event, seeOne),
  verdict,
};

function seeOne(state: State, { from, shape, seq }: Message, before: ClientSession): State {
  const isReady = before.answer !== null && before.answer.result !== null;
  if (from === 'server') {
    if (shape.kind !== 'response' || !isReady || state.saidAt !== null) return state;
    const answered = before.own.find((one) => !state.session.own.includes(one));
    const isLater = answered !== undefined && answered.seq > (before.answer?.seq ?? seq) && answered.method !== 'ping';
    return isLater ? { ...state, wentOnAt: state.wentOnAt ?? answered.seq } : state;
  }
  if (shape.kind !== 'notification' || shape.method !== 'notifications/initialized') return state;
  if (isReady) return { ...state, saidAt: state.saidAt ?? seq };
  const observed = before.answer === null ? 'initialized before the answer' : 'initialized after a refusal';
  return { ...state, early: state.early ?? { seq, observed } };
}

function verdict({ session, early, saidAt, wentOnAt }: State, end: EndWhy): Finding {
  const { opening, answer, overAt, waited } = session;
  const said = { expected: EXPECTED } as const;
  if (early !== null) {
    const evidence = [opening?.seq, early.seq].filter((seq) => seq !== undefined);
    return { found: 'broken', ...said, observed: early.observed, evidence };
  }
  if (answer === null || answer.result === null) {
    return { found: 'nothing', lacking: 'handshake', why: 'initialize was not answered with a result' };
  }
  if (saidAt !== null) {
    return { found: 'held', ...said, observed: 'initialized', evidence: [answer.seq, saidAt] };
  }
  if (wentOnAt !== null) {
    const observed = 'none, though the client went on with other requests';
    return { found: 'broken', ...said, observed, evidence: [answer.seq, wentOnAt] };
  }
  if (waited !== null && waited.seq > answer.seq) {
    if (waited.lagMs * 2 > waited.ms) {
      return { found: 'nothing', lacking: 'steadyMachine', why: 'this machine was too late to tell' };
    }
    return { found: 'broken', ...said, observed: 'none', evidence: [answer.seq, waited.seq] };
  }
  if (overAt !== null) return { found: 'nothing', lacking: 'alive', why: 'the session ended after the answer' };
  if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
  return { found: 'nothing', lacking: 'fences', why: 'nothing tells whether initialized would have come' };
}

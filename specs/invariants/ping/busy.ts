import type { EndWhy, TraceEvent } from '@mcp-lifeline/trace';
import { always, citing } from '../by-revision.js';
import type { Finding, Invariant } from '../invariant.js';
import { askedFor, NEW_SESSION, type Session, seeEach } from '../session.js';
import { seconds, weighSilence } from '../silence.js';
import { type Crossing, idKey, shapeOf } from '../wire.js';

/** A ping that was sent this long before the answer to the call was not sent too late to overtake it. In ms. */
const EARLY_MS = 500;

/** A ping that was sent while a call of a tool was open. */
interface BusyPing {
  readonly seq: number;
  readonly t: number;
  readonly key: string;
  readonly lagMs: number;
  /** The keys of the calls that were open then. */
  readonly calls: readonly string[];
  /** The first answer to one of them that came before the pong; `ms` after the ping, and our own lateness therein. */
  readonly overtaken: { readonly seq: number; readonly ms: number; readonly lagMs: number } | null;
  readonly pongAt: number | null;
}

interface State {
  readonly session: Session;
  readonly pings: readonly BusyPing[];
  readonly lagMs: number;
}

const EXPECTED = 'the pong before the answer to the call';

/** A ping is answered while a tool works. */
export const pingBusy: Invariant<State> = {
  id: 'ping.busy',
  title: 'a ping is answered while a slow call is running',
  level: always('MUST'),
  clauses: citing('ping/respond'),
  needs: ['handshake', 'alive', 'slowTool', 'fences', 'steadyMachine', 'wholeRun'],
  initial: { session: NEW_SESSION, pings: [], lagMs: 0 },
  see,
  verdict: (state, end) => {
    const findings = state.pings.map((ping) => judgePing(ping, state, end));
    const worst = findings.find(({ found }) => found === 'broken') ?? findings.find(({ found }) => found === 'nothing');
    if (worst !== undefined) return worst;
    const [held] = findings;
    if (held !== undefined) return held;
    if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
    const lacking = state.session.answeredAt === null ? 'handshake' : 'slowTool';
    return { found: 'nothing', lacking, why: 'no ping was sent while a call was running' };
  },
};

function judgePing({ seq, key, overtaken, pongAt }: BusyPing, { session }: State, end: EndWhy): Finding {
  if (overtaken === null) {
    if (pongAt !== null) {
      return { found: 'held', expected: EXPECTED, observed: EXPECTED, evidence: [seq, pongAt] };
    }
    const asked = session.pending.find((pending) => pending.seq === seq && pending.key === key);
    if (asked === undefined) return { found: 'nothing', lacking: 'wholeRun', why: 'the ping was not seen again' };
    const silence = weighSilence(session, asked, end);
    if (silence.shows === 'nothing') return silence.finding;
    return { found: 'broken', expected: EXPECTED, observed: silence.observed, evidence: silence.evidence };
  }
  if (overtaken.ms <= EARLY_MS) {
    return { found: 'nothing', lacking: 'slowTool', why: 'the call was over too soon after the ping' };
  }
  if (overtaken.ms <= EARLY_MS + overtaken.lagMs) {
    return { found: 'nothing', lacking: 'steadyMachine', why: 'this machine was too late to tell' };
  }
  const evidence = [seq, overtaken.seq, pongAt].filter((one) => one !== null);
  const observed = `the call was answered first, ${seconds(overtaken.ms)} after the ping`;
  return { found: 'broken', expected: EXPECTED, observed, evidence };
}

function see(state: State, event: TraceEvent): State {
  if (event.plane === 'process' && event.kind === 'lag') return { ...state, lagMs: state.lagMs + event.ms };
  const { t } = event;
  return seeEach(state, event, (...[next, crossing, before, seq]) => seeOne(next, crossing, before, { seq, t }));
}

function seeOne(
  state: State,
  { from, message }: Crossing,
  before: Session,
  { seq, t }: { readonly seq: number; readonly t: number },
): State {
  const shape = shapeOf(message);
  if (from === 'client') {
    if (shape.kind !== 'request' || shape.method !== 'ping') return state;
    const open = before.pending.filter(({ kind, method }) => kind === 'request' && method === 'tools/call');
    if (open.length === 0) return state;
    const calls = open.flatMap((call) => call.key ?? []);
    const ping = { seq, t, key: idKey(shape.id), lagMs: state.lagMs, calls, overtaken: null, pongAt: null };
    return { ...state, pings: [...state.pings, ping] };
  }
  const asked = askedFor(before, shape)?.asked;
  if (asked === undefined || state.pings.length === 0) return state;
  const pings = state.pings.map((ping): BusyPing => {
    if (ping.pongAt !== null) return ping;
    if (asked.seq === ping.seq && asked.key === ping.key) return { ...ping, pongAt: seq };
    if (ping.overtaken !== null || !ping.calls.includes(asked.key ?? 'null')) return ping;
    return { ...ping, overtaken: { seq, ms: t - ping.t, lagMs: state.lagMs - ping.lagMs } };
  });
  return { ...state, pings };
}

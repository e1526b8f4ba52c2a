import type { End, TraceEvent } from '@mcp-lifeline/trace';
import { always, CITING_NOTHING } from '../by-revision.js';
import type { Finding, Invariant } from '../invariant.js';
import { progressOf, tokenIn } from '../progress/tokens.js';
import { crossings, idKey, shapeOf } from '../wire.js';
import { type LinkedCall, seeCalls } from './linked-calls.js';
import { seenBy } from './seen.js';

/** A request that carries a token, as the wire shows it at the end that sent it. */
interface Told {
  readonly at: End;
  readonly id: string;
  readonly token: string;
  /** The progress that came before the answer. */
  readonly received: readonly Received[];
  readonly isAnswered: boolean;
}

interface Received {
  readonly progress: number;
  /** Progress that does not grow is a fault of the peer's: it may be delivered, and may be dropped. */
  readonly grows: boolean;
}

interface State {
  readonly calls: readonly LinkedCall[];
  readonly told: readonly Told[];
  /** What the application was told of each open call, by its key. */
  readonly delivered: readonly { readonly key: string; readonly progress: number }[];
  readonly rightAt: number | null;
  readonly wrong: { readonly evidence: readonly number[]; readonly observed: string } | null;
}

/** Progress that came before an answer reaches the application before it, all of it, in its order. */
export const progressKept: Invariant<State> = {
  id: 'app.progress-kept',
  title: 'progress that came before an answer is delivered before it, in order, and none is lost',
  level: always('ROBUST'),
  clauses: CITING_NOTHING,
  needs: ['appPlane', 'progress', 'wholeRun'],
  initial: { calls: [], told: [], delivered: [], rightAt: null, wrong: null },
  see,
  verdict: ({ rightAt, wrong }, end): Finding => {
    const expected = 'what was received, in that order, before the call settled';
    if (wrong !== null) return { found: 'broken', expected, ...wrong };
    if (rightAt !== null) return { found: 'held', expected, observed: 'so it was', evidence: [rightAt] };
    if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
    return { found: 'nothing', lacking: 'appPlane', why: 'no call that wanted progress was told of any and answered' };
  },
};

function see(state: State, event: TraceEvent): State {
  if (event.plane === 'wire') return { ...state, told: seeWire(state, event) };
  const seen = seenBy(event);
  if (seen === null || seen.key === null) return state;
  const { key, data } = seen;
  const calls = seeCalls(state.calls, event);
  if (seen.kind === 'delivered' && data.item === 'progress' && typeof data.progress === 'number') {
    return { ...state, calls, delivered: [...state.delivered, { key, progress: data.progress }] };
  }
  if (seen.kind !== 'settled') return { ...state, calls };
  const call = state.calls.find((one) => one.key === key);
  const own = state.told.find(({ at, id }) => at === event.at && id === call?.id);
  const rest = { calls, delivered: state.delivered.filter((one) => one.key !== key) };
  const next = { ...state, ...rest, told: state.told.filter((one) => one !== own) };
  // Whoever gave up, or closed, is not owed what came meanwhile.
  const isAnswered = data.outcome === 'result' || data.outcome === 'error';
  if (call?.wantsProgress !== true || own === undefined || own.received.length === 0 || !isAnswered) return next;
  const delivered = state.delivered.filter((one) => one.key === key).map(({ progress }) => progress);
  if (isKept(delivered, own.received)) return { ...next, rightAt: state.rightAt ?? event.seq };
  const observed = `${list(delivered)} of ${list(own.received.map(({ progress }) => progress))}`;
  return { ...next, wrong: state.wrong ?? { evidence: [call.calledAt, event.seq], observed } };
}

function seeWire({ told, calls }: State, event: TraceEvent): readonly Told[] {
  const { at } = event;
  let next = told;
  for (const { from, message } of crossings(event, at)) {
    const shape = shapeOf(message);
    if (from === at) {
      const token = shape.kind === 'request' ? tokenIn(shape.params) : null;
      if (shape.kind === 'request' && token !== null) {
        next = [...next, { at, id: idKey(shape.id), token, received: [], isAnswered: false }];
      }
      continue;
    }
    if (shape.kind === 'response' && shape.id !== undefined) {
      const id = idKey(shape.id);
      const isLinked = calls.some((call) => call.id === id && call.key.startsWith(`${at} `));
      const others = next.filter((one) => one.at !== at || one.id !== id);
      const own = next.filter((one) => !others.includes(one)).map((one) => ({ ...one, isAnswered: true }));
      // A request that no call is linked to will not be asked about.
      next = isLinked ? [...others, ...own] : others;
    }
    const { token = null, progress = null } = progressOf(shape) ?? {};
    if (token === null || typeof progress !== 'number') continue;
    next = next.map((one) => (one.at === at && one.token === token ? withProgress(one, progress) : one));
  }
  return next;
}

function withProgress(told: Told, progress: number): Told {
  if (told.isAnswered) return told;
  const grows = told.received.every((before) => progress > before.progress);
  return { ...told, received: [...told.received, { progress, grows }] };
}

/** Whether what was delivered is what was received, in its order, with nothing missing that had to be there. */
function isKept(delivered: readonly number[], received: readonly Received[]): boolean {
  let next = 0;
  for (const { progress, grows } of received) {
    if (delivered[next] === progress) next += 1;
    else if (grows) return false;
  }
  return next === delivered.length;
}

function list(values: readonly number[]): string {
  return values.length === 0 ? 'none' : values.join(', ');
}

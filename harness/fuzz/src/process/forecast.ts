import type { Revision } from '@mcp-lifeline/specs';
import { type Act, type Declared, idOf, type Question, type ReplyKind, requestsOf } from './act.js';
import type { SessionState } from './lifecycle.js';
import { type Means, toolOf } from './means.js';

/** A request that has no answer yet, as far as can be foreseen. */
export interface Open {
  readonly as: number;
  readonly ask: Question;
  /** When its answer is due, in ms from the beginning. */
  readonly dueAt: number;
  readonly isCancelled: boolean;
}

/** Where a case will have led when some of its acts are done: foreseen before anything is started. */
export interface Forecast {
  readonly offer: Revision;
  readonly means: Means;
  /** In ms; only what waits takes any. */
  readonly now: number;
  readonly stage: 'fresh' | 'opening' | 'agreed' | 'ready' | 'over';
  readonly declares: readonly Declared[];
  readonly reply: ReplyKind;
  /** The names of all requests so far, and their ids. */
  readonly asked: readonly number[];
  readonly ids: Readonly<Record<number, string | number>>;
  /** The id 0 was used; a session has it once. */
  readonly hasZero: boolean;
  readonly open: readonly Open[];
  /** A call made the server ask us, and it gets no answer. */
  readonly isOwing: boolean;
}

/** Nothing was done yet. */
export function newForecast(offer: Revision, means: Means): Forecast {
  return {
    offer,
    means,
    now: 0,
    stage: 'fresh',
    declares: [],
    reply: 'at-once',
    asked: [],
    ids: {},
    hasZero: false,
    open: [],
    isOwing: false,
  };
}

/** Whether a request is a call that takes its time, and was not cancelled. */
export function isRunningCall({ ask, isCancelled }: Open): boolean {
  return (ask === 'slow' || ask === 'long') && !isCancelled;
}

/** How quick an answer is that takes no work, in ms. */
const QUICK_MS = 1;

/** What comes after an act. */
export function advance(forecast: Forecast, act: Act): Forecast {
  switch (act.do) {
    case 'initialize':
      return { ...forecast, stage: 'opening', declares: act.declares };
    case 'initialized':
      return { ...forecast, stage: 'ready' };
    case 'request':
    case 'batch':
      return requestsOf(act).reduce(ask, forecast);
    case 'cancel':
      return {
        ...forecast,
        open: forecast.open.map((one) => (one.as === act.of ? { ...one, isCancelled: true } : one)),
      };
    case 'reply':
      return { ...forecast, reply: act.how, isOwing: false };
    case 'pause':
      return passed(forecast, forecast.now + act.ms);
    case 'settle': {
      const last = Math.max(forecast.now, ...forecast.open.filter(isAwaited).map(({ dueAt }) => dueAt));
      return passed({ ...forecast, stage: forecast.stage === 'opening' ? 'agreed' : forecast.stage }, last);
    }
    case 'eof':
    case 'sigterm':
      return { ...forecast, stage: 'over' };
    default:
      return forecast;
  }
}

/** The state of the session, as {@link SessionState} names it. */
export function stateOf({ stage, open, isOwing }: Forecast): SessionState {
  switch (stage) {
    case 'fresh':
    case 'opening':
    case 'agreed':
    case 'over':
      return stage;
    case 'ready':
  }
  if (isOwing) return 'owed';
  if (open.some(({ isCancelled }) => isCancelled)) return 'cancelling';
  const calls = open.filter(({ ask }) => ask === 'slow' || ask === 'long' || ask === 'asking').length;
  if (calls > 0) return calls === 1 ? 'calling' : 'overlapping';
  return open.length === 0 ? 'idle' : 'asking';
}

function ask(forecast: Forecast, { as, ask, id }: Extract<Act, { do: 'request' }>): Forecast {
  const takesMs = toolOf(ask, forecast.means)?.takesMs ?? QUICK_MS;
  const isUnanswered = ask === 'asking' && forecast.reply === 'never';
  const dueAt = isUnanswered ? Number.POSITIVE_INFINITY : forecast.now + takesMs;
  return {
    ...forecast,
    asked: [...forecast.asked, as],
    ids: { ...forecast.ids, [as]: idOf({ as, id }) },
    hasZero: forecast.hasZero || id === 'zero',
    open: [...forecast.open, { as, ask, dueAt, isCancelled: false }],
    isOwing: forecast.isOwing || isUnanswered,
  };
}

function passed(forecast: Forecast, now: number): Forecast {
  return { ...forecast, now, open: forecast.open.filter(({ dueAt }) => dueAt > now) };
}

function isAwaited({ dueAt, isCancelled }: Open): boolean {
  return Number.isFinite(dueAt) && !isCancelled;
}

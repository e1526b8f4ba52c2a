import type { Revision } from '@mcp-lifeline/specs';
import fc, { type GeneratorValue } from 'fast-check';
import {
  type Act,
  type ActKind,
  type Case,
  type Declared,
  GARBAGE,
  ID_KINDS,
  type IdKind,
  isMessage,
  kindOf,
  QUESTIONS,
  type Question,
  REPLIES,
  type RequestAct,
} from './act.js';
import { advance, type Forecast, isRunningCall, newForecast, stateOf } from './forecast.js';
import { BATCH_REVISION, legalized } from './legal.js';
import { legalKinds, type SessionState, transition } from './lifecycle.js';
import type { Means } from './means.js';
import type { Reached } from './reached.js';

/** What cases are made for. */
export interface Brief {
  readonly means: Means;
  readonly offers: readonly Revision[];
}

/**
 * Makes one case: the same seed and the same past make the same.
 *
 * It is made act by act. What the last acts have led to decides what is legal next, and what was not done there before is
 * more likely.
 * @param reached what the cases before led to, as far as can be foreseen; this one is added
 */
export function generate(brief: Brief, seed: number, reached: Reached): Case {
  const [made] = fc.sample(fc.noBias(fc.gen().map((take) => new Maker(take, brief, reached).make())), {
    seed,
    numRuns: 1,
  });
  if (made === undefined) throw new Error('fast-check made nothing');
  return made;
}

/** How many acts a case has at most, `initialize` and `initialized` apart. */
const LONGEST = 13;
const SHORTEST = 2;

class Maker {
  readonly #take: GeneratorValue;
  readonly #brief: Brief;
  readonly #reached: Reached;

  constructor(take: GeneratorValue, brief: Brief, reached: Reached) {
    this.#take = take;
    this.#brief = brief;
    this.#reached = reached;
  }

  make(): Case {
    const { means, offers } = this.#brief;
    const offer = this.#take(fc.constantFrom, ...offers);
    const acts: Act[] = [];
    let forecast = newForecast(offer, means);
    const length = this.#take(fc.integer, { min: SHORTEST, max: LONGEST });
    for (let left = length; left > 0 && stateOf(forecast) !== 'over'; ) {
      const act = this.#act(forecast, acts);
      const kind = kindOf(act);
      this.#reached.add(transition(stateOf(forecast), kind));
      acts.push(act);
      forecast = advance(forecast, act);
      if (kind !== 'initialize' && kind !== 'initialized') left -= 1;
    }
    return legalized({ offer, acts }, means) ?? { offer, acts: [{ do: 'initialize', declares: [] }] };
  }

  #act(forecast: Forecast, before: readonly Act[]): Act {
    const last = before.at(-1);
    // What happens once seldom goes wrong; what happens three times in a row finds the counters.
    const again = forecast.stage === 'ready' && last?.do === 'request' && this.#chance(AGAIN) ? last.ask : null;
    const kind = again ?? this.#kind(forecast);
    const act = this.#content(kind, forecast);
    const mayJoin = last !== undefined && isMessage(last) && isMessage(act);
    return mayJoin && this.#chance(0.25) ? { ...act, joined: true } : act;
  }

  #kind(forecast: Forecast): ActKind {
    const state = stateOf(forecast);
    const legal = legalKinds(state, forecast.means, forecast.offer === BATCH_REVISION).filter((kind) => {
      if (kind === 'cancel') return forecast.asked.length > 0;
      return kind !== 'tell-roots-changed' || forecast.declares.includes('roots-changed');
    });
    const weighted = legal.map((kind) => ({
      weight: this.#weight(state, kind, forecast),
      arbitrary: fc.constant(kind),
    }));
    return this.#take(() => fc.oneof(...weighted));
  }

  /** What is new is taken more often; what costs seconds, less. */
  #weight(state: SessionState, kind: ActKind, { means, open }: Forecast): number {
    const early = EARLY_WEIGHTS[state]?.[kind];
    const base = early ?? WEIGHTS[kind];
    const takesMs = kind === 'slow' ? (means.slow?.takesMs ?? 0) : 0;
    const dear = takesMs > DEAR_MS ? DEAR_MS / takesMs : 1;
    const isWorth = kind === 'cancel' && open.some(isRunningCall) ? CALL_FACTOR : 1;
    const steered = this.#reached.has(transition(state, kind)) ? 1 : NEW_FACTOR;
    return Math.max(1, Math.round(base * dear * isWorth * steered));
  }

  #content(kind: ActKind, forecast: Forecast): Act {
    if (isQuestion(kind)) return this.#request(kind, forecast, forecast.asked.length + 1);
    switch (kind) {
      case 'initialize':
        return { do: kind, declares: this.#declared() };
      case 'cancel':
        return { do: kind, of: this.#victim(forecast) };
      case 'batch':
        return this.#batch(forecast);
      case 'garbage':
        return { do: kind, text: this.#take(fc.constantFrom, ...GARBAGE) };
      case 'reply':
        return { do: kind, how: this.#take(fc.constantFrom, ...REPLIES) };
      case 'pause':
        return {
          do: kind,
          ms: this.#take(fc.constantFrom, ...PAUSES_MS, ...(forecast.stage === 'agreed' ? HELD_MS : [])),
        };
      case 'stop-reading':
        return { do: kind, ms: this.#take(fc.constantFrom, ...UNREAD_MS) };
      default:
        return { do: kind };
    }
  }

  #request(ask: Question, forecast: Forecast, as: number): RequestAct {
    const isEarly = forecast.stage !== 'ready';
    const isCall = ask === 'slow' || ask === 'long' || ask === 'asking';
    const token = isCall && this.#chance(0.6) ? this.#take(fc.constantFrom, ...TOKENS) : undefined;
    const pieces = !isEarly && this.#chance(0.06) ? this.#take(fc.constantFrom, ...PIECES) : undefined;
    return {
      do: 'request',
      ask,
      as,
      id: isEarly ? 'number' : this.#id(ask, forecast, as),
      ...(token === undefined ? {} : { token }),
      ...(pieces === undefined ? {} : { pieces }),
    };
  }

  /** Mostly what every client has. A call that is long is there to be told from others, so it is more often unusual. */
  #id(ask: Question, { hasZero, open }: Forecast, as: number): IdKind {
    if (!this.#chance(ask === 'long' ? 0.7 : 0.35)) return 'number';
    // To be spelled like another id means something while that one is open.
    const mayBeAlike = open.some((one) => one.as === as - 1);
    const kinds = UNUSUAL_IDS.filter((kind) => (kind !== 'zero' || !hasZero) && (kind !== 'digits' || mayBeAlike));
    return this.#take(fc.constantFrom, ...kinds);
  }

  #batch(forecast: Forecast): Act {
    const { means, asked } = forecast;
    const asks = [
      'ping',
      ...means.lists.slice(0, 1),
      'unknown-method',
      ...(means.slow === null ? [] : ['slow']),
    ] as const;
    const length = this.#take(fc.integer, { min: 1, max: 3 });
    const members: RequestAct[] = [];
    let now = forecast;
    for (let index = 1; index <= length; index += 1) {
      const ask = this.#take(fc.constantFrom, ...asks) as Question;
      const { pieces: _, ...member } = this.#request(ask, now, asked.length + index);
      members.push(member);
      now = advance(now, member);
    }
    return { do: 'batch', members, ...(this.#chance(0.2) ? { hasNotification: true } : {}) };
  }

  /** Mostly a call that runs: to cancel what is over is not what clients do. */
  #victim({ open, asked }: Forecast): number {
    const calls = open.filter(isRunningCall);
    if (calls.length > 0 && this.#chance(0.75)) return this.#take(fc.constantFrom, ...calls.map(({ as }) => as));
    const names = open.length > 0 && this.#chance(0.9) ? open.map(({ as }) => as) : asked;
    return this.#take(fc.constantFrom, ...names);
  }

  #declared(): readonly Declared[] {
    const roots = this.#take(fc.constantFrom, ...ROOTS);
    const others = this.#take(fc.constantFrom, ...OTHERS);
    return [...(roots === null ? [] : [roots]), ...others];
  }

  #chance(share: number): boolean {
    return this.#take(fc.integer, { min: 1, max: 100 }) <= share * 100;
  }
}

/** How much more often what was never reached is taken. */
const NEW_FACTOR = 4;
/** How likely the last request is followed by another one for the same. */
const AGAIN = 0.2;
/** How much more often something is cancelled while a call runs. */
const CALL_FACTOR = 1.5;
/** From here on a call is taken less often, the longer it takes. In ms. */
const DEAR_MS = 200;
/** Times in which something small may or may not happen. */
const PAUSES_MS = [1, 5, 20, 60] as const;
/** Long enough for a server in a hurry to ask for something before it is told that the client is ready. */
const HELD_MS = [150, 250] as const;
const UNREAD_MS = [20, 100] as const;
const UNUSUAL_IDS = ID_KINDS.filter((kind) => kind !== 'number');
const TOKENS = ['number', 'string'] as const;
const PIECES = [2, 3] as const;
const ROOTS = [null, 'roots', 'roots-changed', 'roots-changed'] as const;
const OTHERS: readonly (readonly Declared[])[] = [[], [], ['sampling'], ['elicitation'], ['sampling', 'elicitation']];

/** How often a kind is taken on a session that is ready. */
const WEIGHTS: Readonly<Record<ActKind, number>> = {
  initialize: 0,
  initialized: 0,
  ping: 30,
  'tools/list': 16,
  'prompts/list': 4,
  'resources/list': 4,
  'resources/templates/list': 2,
  'unknown-method': 20,
  'unknown-tool': 6,
  slow: 40,
  long: 5,
  asking: 12,
  cancel: 30,
  'cancel-unknown': 4,
  'tell-roots-changed': 6,
  batch: 30,
  garbage: 5,
  'stray-response': 3,
  reply: 6,
  pause: 20,
  settle: 12,
  'stop-reading': 4,
  eof: 12,
  sigterm: 4,
};

/** Where it is otherwise before that. */
const EARLY_WEIGHTS: Partial<Record<SessionState, Partial<Record<ActKind, number>>>> = {
  fresh: { initialize: 60, ping: 3 },
  opening: { initialized: 70, ping: 12, settle: 30, pause: 6, eof: 4, sigterm: 1 },
  agreed: { initialized: 50, ping: 10, 'tools/list': 3, pause: 30, reply: 3, eof: 4, sigterm: 1 },
};

function isQuestion(kind: ActKind): kind is Question {
  return QUESTIONS.some((question) => question === kind);
}

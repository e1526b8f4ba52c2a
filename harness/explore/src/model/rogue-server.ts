import type { Json } from '@mcp-lifeline/core';
import type { JsonObject } from '@mcp-lifeline/trace';
import type { Happening } from './happening.js';
import type { Script, ScriptMove } from './script.js';
import { failure, notification, readAll, request, result } from './script-messages.js';
import { move, play, type Tricks, trick, tricksText } from './tricks.js';

/** What a rogue server remembers. */
interface Rogue extends Tricks {
  /** The client's `initialize`, and what it offered, while it is not answered. */
  readonly opening: { readonly id: Json; readonly offered: Json } | null;
  /** The client's other requests that are not answered. */
  readonly open: readonly {
    readonly id: Json;
    readonly method: string;
    readonly token: Json | null;
    readonly task: boolean;
    readonly told: number;
  }[];
  /** How many requests of its own it has sent. */
  readonly asked: number;
  /** The client's end was heard, or a signal that asks it to leave. */
  readonly isAsked: boolean;
  /** It hears and says nothing any more, for ever. */
  readonly isMute: boolean;
}

/**
 * A server that answers each request once, late or never, and beside that plays so many tricks: whatever a peer may come up with
 * that breaks a rule, or is rare.
 */
export function rogueServer(tricks: number, kinds: readonly Trick[] = ALL_TRICKS): Script<Rogue> {
  return {
    role: 'server',
    bounds: { 'tricks of the server': tricksText(tricks, kinds) },
    initial: { opening: null, open: [], last: null, asked: 0, tricks, isAsked: false, isMute: false },
    hear,
    moves: (state) => [
      ...honestMoves(state),
      ...(state.tricks > 0 ? kinds.flatMap((kind) => TRICKS[kind](state)) : []),
    ],
    pingsHeld: ({ open }) => open.filter(({ method }) => method === 'ping').map(({ id }) => id),
  };
}

/** The kinds of tricks. */
export type Trick = 'handshake' | 'answers' | 'progress' | 'requests' | 'batches' | 'envelope' | 'leaving';

function hear(state: Rogue, happening: Happening): Rogue {
  if (state.isMute) return state;
  if (happening.type === 'ended' || happening.type === 'signalled') return { ...state, isAsked: true };
  if (happening.type !== 'received') return state;
  let { opening } = state;
  const open = [...state.open];
  for (const heard of readAll(happening.json)) {
    if (heard.kind !== 'request') continue;
    const { id, method, token, params } = heard;
    if (method === 'initialize') opening = { id, offered: params['protocolVersion'] ?? null };
    else open.push({ id, method, token, task: params['task'] !== undefined, told: 0 });
  }
  return { ...state, opening, open };
}

/** Nobody promises them: it may never answer, and never leave. */
function honestMoves(state: Rogue): ScriptMove<Rogue>[] {
  if (state.isMute) return [];
  const { opening } = state;
  const moves: ScriptMove<Rogue>[] = [];
  if (opening !== null) moves.push(answerOpening(state, 'answers initialize', initializeResult(opening.offered)));
  for (const { id, method, task } of state.open) {
    moves.push(answer(state, id, 'answers', result(id, method === 'ping' ? {} : task ? TASK : { done: true })));
  }
  if (state.isAsked) moves.push({ ...move('exits', state, []), asks: { type: 'exit', code: 0 } });
  return moves;
}

const TRICKS: { readonly [T in Trick]: (state: Rogue) => readonly ScriptMove<Rogue>[] } = {
  handshake: (state) => {
    const { opening } = state;
    if (opening === null) return [];
    return [
      trick(answerOpening(state, 'counters with an older revision', initializeResult('2025-03-26'))),
      trick(answerOpening(state, 'counters with a revision that nobody speaks', initializeResult('1999-01-01'))),
      trick(answerOpening(state, 'refuses initialize', null)),
      trick(answerOpening(state, 'answers initialize with what is no result', 5)),
    ];
  },
  answers: (state) => [
    ...state.open.flatMap(({ id }) => [
      trick(answer(state, id, 'answers with an error', failure(id, 'no'))),
      trick(answer(state, id, 'answers with what is no result', result(id, 5))),
    ]),
    ...(state.last === null ? [] : [play(state, 'answers a second time', [result(state.last, { done: true })])]),
    ...state.open.flatMap(({ id }) => [play(state, 'answers under an id of the other type', [result(String(id), {})])]),
    play(state, 'answers what was never asked', [result('never', {})]),
    play(state, 'sends an error without an id', [failure(null, 'what?')]),
  ],
  progress: (state) => [
    ...state.open.flatMap(({ token, told }, place) => {
      if (token === null) return [];
      const tell = (value: number) => [
        notification('notifications/progress', { progressToken: token, progress: value }),
      ];
      const open = state.open.with(place, { ...(state.open[place] as Rogue['open'][number]), told: told + 1 });
      const further = trick(move('tells of progress', { ...state, open }, tell(told + 1)));
      return told === 0 ? [further] : [further, play(state, 'tells of progress that is none', tell(told))];
    }),
    play(state, 'tells of the progress of nothing', [
      notification('notifications/progress', { progressToken: 'never', progress: 1 }),
    ]),
    ...(state.last === null ? [] : [play(state, 'tells of progress after the answer', [progressOf(state.last)])]),
  ],
  requests: (state) => {
    const id = `s${state.asked}`;
    const asking = { ...state, asked: state.asked + 1 };
    const ask = (name: string, ...sends: Json[]) => trick(move(name, asking, sends));
    return [
      ask('pings', request(id, 'ping')),
      ask('asks for roots', request(id, 'roots/list', { _meta: { progressToken: id } })),
      ask('asks for what the client did not declare', request(id, 'sampling/createMessage', {})),
      play(state, 'sends a log message', [notification('notifications/message', { level: 'info', data: 'x' })]),
      ...(state.asked === 0
        ? []
        : [
            play(state, 'uses an id again', [request('s0', 'roots/list')]),
            play(state, 'cancels its request', [notification('notifications/cancelled', { requestId: 's0' })]),
          ]),
    ];
  },
  batches: (state) => {
    const ask = [request('b1', 'ping'), request('b2', 'roots/list'), notification('notifications/message', {})];
    const answers = state.open.map(({ id }) => result(id, { done: true }));
    return [
      play(state, 'sends a batch', [ask]),
      play(state, 'sends an empty batch', [[]]),
      ...(answers.length === 0 ? [] : [trick(move('answers in a batch', { ...state, open: [] }, [answers]))]),
    ];
  },
  envelope: (state) => [
    play(state, 'sends what is no message', [{ jsonrpc: '1.0' }]),
    play(state, 'sends a request that is malformed', [{ jsonrpc: '2.0', id: 'm', method: 'x', params: 5 }]),
    play(state, 'says that it is initialized', [notification('notifications/initialized')]),
  ],
  leaving: (state) => [
    { ...trick(move('ends its output', state, [])), asks: { type: 'endOutput' } },
    { ...trick(move('exits unasked', state, [])), asks: { type: 'exit', code: 1 } },
    ...(state.isMute
      ? []
      : [trick(move('falls silent', { ...MUTE, tricks: state.tricks, isAsked: state.isAsked }, []))]),
  ],
};

const ALL_TRICKS = Object.keys(TRICKS) as Trick[];

const MUTE: Rogue = { opening: null, open: [], last: null, asked: 0, tricks: 0, isAsked: false, isMute: true };

function answer(state: Rogue, id: Json, name: string, message: JsonObject): ScriptMove<Rogue> {
  const open = state.open.filter((one) => one.id !== id);
  return move(name, { ...state, open, last: state.tricks > 0 ? id : null }, [message]);
}

/** `value` null: an error. */
function answerOpening(state: Rogue, name: string, value: Json): ScriptMove<Rogue> {
  const id = state.opening?.id ?? null;
  const message = value === null ? failure(id, 'no') : result(id, value);
  return move(name, { ...state, opening: null, last: state.tricks > 0 ? id : null }, [message]);
}

function initializeResult(protocolVersion: Json): JsonObject {
  return { protocolVersion, capabilities: { tools: {}, tasks: TASKS }, serverInfo: { name: 'rogue', version: '1' } };
}

const TASKS = { cancel: {}, requests: { tools: { call: {} } } };
const TASK = { task: { taskId: 'task' } };

function progressOf(token: Json): JsonObject {
  return notification('notifications/progress', { progressToken: token, progress: 1 });
}

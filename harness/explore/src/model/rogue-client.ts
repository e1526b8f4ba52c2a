import type { Json } from '@mcp-lifeline/core';
import type { JsonObject } from '@mcp-lifeline/trace';
import type { Happening } from './happening.js';
import type { Script, ScriptMove } from './script.js';
import { failure, notification, readAll, request, result } from './script-messages.js';
import { move, play, type Tricks, trick, tricksText } from './tricks.js';

/** What a rogue client remembers. */
interface Rogue extends Tricks {
  /** How far its handshake is: it knows the order, and that it need not keep it. */
  readonly opening: 'unsent' | 'sent' | 'answered' | 'done';
  /** How many calls it has made; the id and the token of each is its number. */
  readonly called: number;
  /** The server's requests that are not answered. */
  readonly asks: readonly {
    readonly id: Json;
    readonly method: string;
    readonly token: Json | null;
    readonly task: boolean;
  }[];
  /** It says nothing any more, for ever. */
  readonly isMute: boolean;
}

/** What a rogue client does when it plays no tricks. */
export interface RogueClientOptions {
  /** The revision that it offers. */
  readonly offers: string;
  readonly calls: number;
  readonly tricks: number;
  readonly kinds: readonly ClientTrick[];
}

/** The kinds of tricks. */
export type ClientTrick = 'handshake' | 'answers' | 'calls' | 'batches' | 'envelope' | 'silence';

/**
 * A client that opens a session, calls, answers once, late or never, and ends its output at any moment; and beside that plays so
 * many tricks.
 */
export function rogueClient(options: RogueClientOptions): Script<Rogue> {
  const { offers, calls, tricks, kinds } = options;
  return {
    role: 'client',
    bounds: {
      'revision that the client offers': offers,
      'calls of the client': calls,
      'tricks of the client': tricksText(tricks, kinds),
    },
    initial: { opening: 'unsent', called: 0, asks: [], last: null, tricks, isMute: false },
    hear,
    moves: (state) => [
      ...honestMoves(state, options),
      ...(state.tricks > 0 ? kinds.flatMap((kind) => TRICKS[kind](state, options)) : []),
    ],
    pingsHeld: ({ asks }) => asks.filter(({ method }) => method === 'ping').map(({ id }) => id),
  };
}

function hear(state: Rogue, happening: Happening): Rogue {
  if (state.isMute || happening.type !== 'received') return state;
  let { opening } = state;
  const asks = [...state.asks];
  for (const heard of readAll(happening.json)) {
    if (heard.kind === 'answer' && heard.id === OPENING && opening === 'sent') opening = 'answered';
    if (heard.kind !== 'request') continue;
    const { id, method, token, params } = heard;
    asks.push({ id, method, token, task: params['task'] !== undefined });
  }
  return { ...state, opening, asks };
}

function honestMoves(state: Rogue, { offers, calls }: RogueClientOptions): ScriptMove<Rogue>[] {
  const moves: ScriptMove<Rogue>[] = [{ ...move('ends its output', state, []), asks: { type: 'endOutput' } }];
  if (state.isMute) return moves;
  const { opening, called } = state;
  if (opening === 'unsent') moves.push(move('asks to initialize', { ...state, opening: 'sent' }, [initialize(offers)]));
  if (opening === 'answered') moves.push(move('is initialized', { ...state, opening: 'done' }, [INITIALIZED]));
  if (opening === 'done' && called < calls) {
    moves.push(move('calls', { ...state, called: called + 1 }, [call(called + 1)]));
  }
  for (const { id, method, task } of state.asks) {
    moves.push(answer(state, id, 'answers', result(id, method === 'ping' ? {} : task ? TASK : { done: true })));
  }
  return moves;
}

const TRICKS: {
  readonly [T in ClientTrick]: (state: Rogue, options: RogueClientOptions) => readonly ScriptMove<Rogue>[];
} = {
  handshake: (state, { offers }) => [
    play(state, 'asks to initialize once more', [initialize(offers)]),
    play(state, 'asks to initialize without a version', [request('malformed', 'initialize', { capabilities: {} })]),
    play(state, 'is initialized out of turn', [INITIALIZED]),
    ...(state.opening === 'unsent'
      ? [
          trick<Rogue>(
            move('offers a revision that nobody speaks', { ...state, opening: 'sent' }, [initialize('1999-01-01')]),
          ),
        ]
      : []),
  ],
  answers: (state) => [
    ...state.asks.flatMap(({ id, token }) => [
      trick(answer(state, id, 'answers with an error', failure(id, 'no'))),
      trick(answer(state, id, 'answers with what is no result', result(id, 5))),
      ...(token === null ? [] : [play(state, 'tells of progress', [progressOf(token)])]),
    ]),
    ...(state.last === null
      ? []
      : [
          play(state, 'answers a second time', [result(state.last, { done: true })]),
          play(state, 'tells of progress after the answer', [progressOf(state.last)]),
        ]),
    ...state.asks.flatMap(({ id }) => [play(state, 'answers under an id of the other type', [result(String(id), {})])]),
    play(state, 'answers what was never asked', [result('never', {})]),
    play(state, 'sends an error without an id', [failure(null, 'what?')]),
  ],
  calls: (state) => [
    play(state, 'pings', [request('ping', 'ping')]),
    play(state, 'calls out of turn', [call('early')]),
    play(state, 'calls what the server did not declare', [request('undeclared', 'resources/list')]),
    play(state, 'cancels what it never asked', [cancelled('never')]),
    play(state, 'tells of the progress of nothing', [progressOf('never')]),
    play(state, 'notifies', [notification('notifications/roots/list_changed')]),
    ...(state.called === 0
      ? []
      : [
          play(state, 'cancels its call', [cancelled(state.called)]),
          play(state, 'uses the id of its call again', [call(state.called)]),
        ]),
  ],
  batches: (state, { offers }) => [
    play(state, 'sends a batch', [[call('b1'), request('b2', 'ping'), notification('x/told')]]),
    play(state, 'sends a batch of two calls', [[call('b1'), call('b3')]]),
    play(state, 'cancels a member of a batch', [cancelled('b1')]),
    play(state, 'cancels a member of a batch in a batch', [[cancelled('b1')]]),
    play(state, 'sends an empty batch', [[]]),
    play(state, 'asks to initialize in a batch', [[initialize(offers)]]),
    ...(state.asks.length === 0
      ? []
      : [trick(move('answers in a batch', { ...state, asks: [] }, [state.asks.map(({ id }) => result(id, {}))]))]),
  ],
  envelope: (state) => [
    play(state, 'sends what is no message', [{ jsonrpc: '1.0' }]),
    play(state, 'sends a request that is malformed', [{ jsonrpc: '2.0', id: 'm', method: 'x', params: 5 }]),
  ],
  silence: (state) => (state.isMute ? [] : [trick(move('falls silent', { ...MUTE, tricks: state.tricks }, []))]),
};

const OPENING = 'open';
const INITIALIZED = notification('notifications/initialized');
const TASK = { task: { taskId: 'task' } };
const MUTE: Rogue = { opening: 'done', called: 0, asks: [], last: null, tricks: 0, isMute: true };

function initialize(protocolVersion: string): JsonObject {
  return request(OPENING, 'initialize', {
    protocolVersion,
    capabilities: { roots: {}, sampling: {}, tasks: { cancel: {}, requests: { sampling: { createMessage: {} } } } },
    clientInfo: { name: 'rogue', version: '1' },
  });
}

function call(id: number | string): JsonObject {
  return request(id, 'tools/call', { name: 'tool', _meta: { progressToken: id } });
}

function cancelled(requestId: Json): JsonObject {
  return notification('notifications/cancelled', { requestId });
}

function progressOf(progressToken: Json): JsonObject {
  return notification('notifications/progress', { progressToken, progress: 1 });
}

function answer(state: Rogue, id: Json, name: string, message: JsonObject): ScriptMove<Rogue> {
  const asks = state.asks.filter((one) => one.id !== id);
  return move(name, { ...state, asks, last: state.tricks > 0 ? id : null }, [message]);
}

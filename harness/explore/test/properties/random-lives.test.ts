import type { Config, Json, Params, TimerName } from '@mcp-lifeline/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WatcherGroup } from '../../src/properties/index.ts';
import { alwaysOf } from '../../src/properties/index.ts';
import {
  CLIENT,
  cancelled,
  failure,
  type Happening,
  INITIALIZED,
  initialize,
  initializeResult,
  notification,
  type Played,
  play,
  progress,
  request,
  result,
  SERVER,
  WATCHING,
} from './played.ts';

const MORE = {
  capabilities: { tools: { listChanged: true }, roots: {}, logging: {}, sampling: {} },
  maxBatch: 3,
} as const;
const SMALL = { maxCalls: 2, maxPeerRequests: 2 } as const;

const CONFIGS: readonly (readonly [what: string, config: Config])[] = [
  ['a client', { ...CLIENT, ...SMALL }],
  ['a client that watches', { ...CLIENT, ...MORE, ...WATCHING }],
  ['a client with batches', { ...CLIENT, ...MORE, revisions: ['2025-03-26'] }],
  ['a server', { ...SERVER, ...SMALL }],
  ['a server that watches, and lets handlers finish', { ...SERVER, ...MORE, ...WATCHING, drainMs: 100 }],
  ['a server with batches', { ...SERVER, ...MORE, revisions: ['2025-03-26'], drainMs: 100 }],
];

/** Lives in which something was found once. */
const HARD: readonly (readonly number[])[] = [
  // An answer to initialize under an id of another type, and the right one behind it.
  [0, 6343, 1242, 42903, 2587, 58, 2477, 48354, 0, 0],
  // A request under an id that is in use, cancelled in the batch that it came in, and a third under that id.
  [44996, 0, 316, 23524, 0, 0, 0, 0, 0],
];

describe('whatever happens to it, nothing is found wrong with the core', () => {
  it.each(CONFIGS)('%s', (_, config) => {
    const groups = alwaysOf({ client: null, server: null, process: null, countsUp: true, [config.role]: config });
    const choices = fc.array(fc.nat({ max: 0xffff }), { minLength: 5, maxLength: 60 });
    fc.assert(
      fc.property(choices, (chosen) => {
        expect(violationsOf(groups, live(config, chosen))).toEqual([]);
      }),
      { numRuns: 120, examples: HARD.map((life) => [[...life]]) },
    );
  });
});

/** Plays a life in which each number chooses among what its surroundings could bring about. */
function live(config: Config, chosen: readonly number[]): Played {
  const life = play(config);
  const around = new Surroundings(config.role);
  for (const choice of chosen) {
    const moves = around.moves(life);
    const chosenMove = moves[choice % moves.length];
    if (chosenMove === undefined) break;
    const move = typeof chosenMove === 'function' ? chosenMove() : chosenMove;
    life.feed(move);
    around.note(life, move);
  }
  return life;
}

function violationsOf(groups: readonly WatcherGroup[], { observations }: Played): readonly string[] {
  return groups.flatMap(({ initial, see, forget, readings }) => {
    const state = observations.reduce((before, observation) => forget(see(before, observation)), initial);
    return readings.flatMap(({ id, violation }) => {
      const wrong = violation(state);
      return wrong === null ? [] : [`${id}: ${wrong}`];
    });
  });
}

/** What may happen follows from what was asked for, as with a driver. */
class Surroundings {
  readonly #role: Config['role'];
  #link: 'none' | 'opening' | 'open' | 'ended' | 'gone';
  #started: boolean;
  #canWrite = true;
  #cleans = false;
  #isOver = false;
  #lastKey = 0;
  readonly #timers = new Set<TimerName>();
  readonly #calls = new Set<number>();
  readonly #handlers = new Set<number>();

  constructor(role: Config['role']) {
    this.#role = role;
    this.#started = role === 'server';
    this.#link = role === 'server' ? 'open' : 'none';
  }

  /** A timer that runs out moves the clock, and so only when it is chosen. */
  moves(life: Played): readonly (Happening | (() => Happening))[] {
    const isOpen = this.#link === 'open';
    return [
      ...(this.#started ? [] : [{ type: 'start' } as const]),
      ...(this.#link === 'opening' ? [{ type: 'opened' } as const] : []),
      ...(isOpen ? messages(this.#role, life).map((json): Happening => ({ type: 'received', json })) : []),
      ...(isOpen ? [GARBLED, { type: 'ended' } as const] : []),
      ...(isOpen && this.#canWrite ? [{ type: 'writeFailed' } as const] : []),
      ...(this.#link === 'none' || this.#link === 'gone' ? [] : [{ type: 'gone' } as const]),
      ...[...this.#timers].flatMap((name) => [() => life.expiry(name), () => life.expiry(name, 1e9), stale(name)]),
      ...this.#ofApplication(),
    ];
  }

  note(life: Played, move: Happening): void {
    this.#started ||= move.type === 'start';
    if (move.type === 'opened') this.#link = 'open';
    if (move.type === 'ended') this.#link = 'ended';
    if (move.type === 'gone') this.#link = 'gone';
    if (move.type === 'writeFailed') this.#canWrite = false;
    if (move.type === 'elapsed' && move.generation > 0) this.#timers.delete(move.name);
    if (move.type === 'cleanedUp') this.#cleans = false;
    if (move.type === 'answer') this.#handlers.delete(move.key);
    if (move.type === 'call') this.#calls.add(move.key);
    const last = life.observations.at(-1);
    if (last === undefined || last.part === 'world' || last.part === 'process') return;
    for (const effect of last.effects) {
      if (effect.type === 'openChannel') this.#link = 'opening';
      else if (effect.type === 'arm') this.#timers.add(effect.name);
      else if (effect.type === 'disarm') this.#timers.delete(effect.name);
      else if (effect.type === 'cleanUp') this.#cleans = true;
      else if (effect.type === 'settle') this.#calls.delete(effect.key);
      else if (effect.type === 'abort') this.#handlers.delete(effect.key);
      else if (effect.type === 'deliver' && effect.item.kind === 'request') this.#handlers.add(effect.item.key);
      else if (effect.type === 'phase') this.#isOver = effect.phase === 'closed';
    }
  }

  #ofApplication(): Happening[] {
    this.#lastKey += 1;
    const key = this.#lastKey;
    const method = this.#role === 'client' ? 'tools/call' : 'roots/list';
    const calls = [method, 'ping', 'x/y', 'prompts/list'].map((one): Happening => ({ type: 'call', key, method: one }));
    const handlers = [...this.#handlers].flatMap((one): Happening[] => [
      { type: 'answer', key: one, answer: { result: {} } },
      { type: 'answer', key: one, answer: { error: { code: -1, message: 'no' } } },
      { type: 'progress', key: one, progress: this.#lastKey % 3 },
    ]);
    return [
      ...calls,
      { ...(calls[0] as Extract<Happening, { type: 'call' }>), wantsProgress: false },
      ...[...this.#calls, 99_999].map((one): Happening => ({ type: 'cancel', key: one, reason: 'tired' })),
      ...handlers,
      ...['x/y', 'notifications/message', 'notifications/roots/list_changed'].map(
        (one): Happening => ({ type: 'notify', method: one }),
      ),
      { type: 'close' },
      ...(this.#lastKey % 4 === 0 ? [{ type: 'kill' } as const] : []),
      ...(this.#role === 'server' ? this.#ofServer() : []),
    ];
  }

  #ofServer(): Happening[] {
    return [
      { type: 'signalled', signal: this.#lastKey % 2 === 0 ? 'SIGINT' : 'SIGTERM' },
      ...(this.#lastKey % 5 === 0 ? [{ type: 'uncaught', message: 'x' } as const] : []),
      ...(this.#cleans || this.#isOver ? [{ type: 'cleanedUp' } as const] : []),
    ];
  }
}

const GARBLED: Happening = { type: 'garbled', why: 'notJson', text: 'x', bytes: 1 };

function stale(name: TimerName): Happening {
  return { type: 'elapsed', name, generation: 0, heard: 0 };
}

/** What a peer might say: most of it to do with the last request, some of it wrong. */
function messages(role: Config['role'], life: Played): readonly Json[] {
  const id = life.lastId;
  const asked = role === 'client' ? 'roots/list' : 'tools/call';
  const some: readonly Params[] = [
    request(7, asked, { _meta: { progressToken: 't' } }),
    request('7', 'x/y'),
    request(8, 'ping'),
    request(9, 'sampling/createMessage'),
    notification('x/y'),
    notification('notifications/tools/list_changed'),
    cancelled(7),
    cancelled('7'),
    result(id),
    failure(id),
    failure(null),
    result(String(id)),
    result(id + 1),
    { ...result(id), error: 7 },
    progress(id, 1),
    progress(id, life.observations.length),
    progress(String(id), 1),
    notification('notifications/progress'),
    ...(role === 'client' ? [initializeResult('2025-03-26'), initializeResult('1999-01-01')] : []),
    ...(role === 'server' ? [initialize('2025-03-26'), initialize(7), INITIALIZED] : []),
  ];
  const at = life.observations.length;
  const batches: Json[] = [[], [7], some.slice(at % 9, (at % 9) + 2), [...some.slice(0, 3), cancelled(7)]];
  return [...some, ...batches, 7, {}, { jsonrpc: '2.0', id: 5, method: 6 }];
}

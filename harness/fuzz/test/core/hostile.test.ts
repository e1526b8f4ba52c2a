import { type Input, phase, type State } from '@mcp-lifeline/core';
import { type Saved, save } from '@mcp-lifeline/core/saving';
import { describe, expect, test } from 'vitest';
import { CLIENT_BASE, SERVER_BASE } from '../../src/core/case.ts';
import { PROTOTYPE_NAMES } from '../../src/core/hostile.ts';
import { OURS } from '../../src/core/index.ts';
import { createLink } from '../../src/core/link.ts';

const DEPTH = 100_000;
const FLOOD = 20_000;

/** A session in a state, with calls and requests that are open where it may have any. */
const STATES: Readonly<Record<string, () => State>> = {
  idle: () => client(),
  opening: () => client('start'),
  negotiating: () => client('start', 'opened'),
  ready: readyClient,
  hearingOut: () => after(readyClient(), 'writeFailed'),
  closing: () => after(readyClient(), 'close'),
  forced: () => after(readyClient(), 'kill'),
  closed: () => after(readyClient(), 'gone'),
  listening: () => server(),
  answered: () => hear(server(), initialize()),
  serving: readyServer,
  finishing: () => after(readyServer(), 'ended'),
  draining: () => after(readyServer(), 'gone'),
  exited: () => after(readyServer(), 'kill'),
};

const NUMBERS = [0, -0, -1, 1.5, 1e300, 5e-324, 2 ** 53, 2 ** 53 + 2, Number.NaN, Number.POSITIVE_INFINITY];
const IDS: readonly unknown[] = [
  ...NUMBERS,
  ...PROTOTYPE_NAMES,
  ...[
    '',
    '1',
    'NaN',
    '1e999',
    '\ud800',
    '\u0000',
    'x'.repeat(1_000_000),
    null,
    true,
    undefined,
    [],
    [1],
    {},
    { toString: 1 },
  ],
];

/** What a peer may send that wants to do harm, by name. */
const SHAPES: Readonly<Record<string, readonly unknown[]>> = {
  'ids of every type': IDS.flatMap((id) => [
    { jsonrpc: '2.0', id, method: 'x/custom' },
    { jsonrpc: '2.0', id, result: {} },
    { jsonrpc: '2.0', id, error: { code: 1, message: 'no' } },
    { jsonrpc: '2.0', id, method: 'x/custom', params: { _meta: { progressToken: id } } },
    { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id, reason: id } },
    { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: id, progress: 1, total: id } },
  ]),
  'names of prototypes': PROTOTYPE_NAMES.flatMap((name) => [
    { jsonrpc: '2.0', id: 1, method: name },
    { jsonrpc: '2.0', method: name },
    JSON.parse(`{"jsonrpc":"2.0","id":1,"method":"x/custom","params":{"${name}":{"polluted":true}}}`),
    JSON.parse(`{"jsonrpc":"2.0","id":2,"result":{"${name}":{"polluted":true}}}`),
    JSON.parse(`{"${name}":{"jsonrpc":"2.0"},"id":1,"method":"x/custom"}`),
    JSON.parse(`{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"no","data":{"${name}":{"polluted":true}}}}`),
  ]),
  'numbers that are none': NUMBERS.flatMap((number) => [
    number,
    { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: 2, progress: number } },
    { jsonrpc: '2.0', id: 1, error: { code: number, message: 'no' } },
    { jsonrpc: number, id: 1, method: 'x/custom' },
  ]),
  'nests 100,000 deep': [
    nest(DEPTH),
    { jsonrpc: '2.0', id: 1, method: 'x/custom', params: { deep: nest(DEPTH) } },
    { jsonrpc: '2.0', id: 2, result: { deep: nest(DEPTH) } },
    { jsonrpc: '2.0', method: 'x/told', params: { deep: nest(DEPTH) } },
    { jsonrpc: '2.0', id: nest(DEPTH), method: nest(DEPTH) },
    [nest(DEPTH), [nest(DEPTH)]],
  ],
  'giant batches': [
    Array.from({ length: FLOOD }, (_, id) => ({ jsonrpc: '2.0', id, method: 'x/custom' })),
    Array.from({ length: FLOOD }, () => ({ jsonrpc: '2.0', id: 2, result: {} })),
    Array.from({ length: FLOOD }, () => []),
    new Array(FLOOD),
  ],
  'no messages at all': [
    undefined,
    null,
    '',
    'text',
    true,
    [],
    {},
    [[]],
    [null],
    () => 'x',
    Symbol('x'),
    1n,
    new Date(0),
  ],
};

describe.each(Object.entries(STATES))('%s: a peer that sends', (_, make) => {
  test.each(Object.entries(SHAPES))(
    '%s makes nothing throw, and nothing is remembered beyond its bound',
    (_name, values) => {
      const before = Object.getOwnPropertyNames(Object.prototype);
      let state = make();
      for (const json of values) {
        expect(() => {
          state = hear(state, json);
        }).not.toThrow();
      }
      expectBounded(state);
      expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
      expect(({} as { readonly polluted?: unknown }).polluted).toBe(undefined);
    },
  );
});

describe('a flood', () => {
  const FLOODS: Readonly<Record<string, (nth: number) => unknown>> = {
    'of requests': (id) => ({ jsonrpc: '2.0', id, method: 'x/custom', params: { _meta: { progressToken: id } } }),
    'of requests under one id': () => ({ jsonrpc: '2.0', id: 1, method: 'x/custom' }),
    'of requests and their cancellations': (nth) =>
      nth % 2 === 0
        ? { jsonrpc: '2.0', id: nth, method: 'x/custom' }
        : { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: nth - 1 } },
    'of answers to nothing': (id) => ({ jsonrpc: '2.0', id, result: {} }),
    'of progress of nothing': (nth) => ({
      jsonrpc: '2.0',
      method: 'notifications/progress',
      params: { progressToken: nth, progress: nth },
    }),
    'of batches': (nth) => [
      { jsonrpc: '2.0', id: nth, method: 'x/custom' },
      { jsonrpc: '2.0', id: -nth, method: 'ping' },
    ],
    'of second handshakes': initialize,
  };

  test.each(Object.entries(FLOODS))('%s leaves a session that is no larger than its bounds', (_, message) => {
    for (const make of [readyClient, readyServer]) {
      let state = make();
      for (let nth = 0; nth < FLOOD; nth += 1) state = hear(state, message(nth));
      expectBounded(state);
    }
  });

  test('of calls that are given up leaves the newest of them', () => {
    let state = hear(after(after(open('client'), 'start'), 'opened'), answerToInitialize());
    for (let key = 1; key <= FLOOD; key += 1) {
      state = take(state, { type: 'call', key, method: 'x/custom' });
      state = take(state, { type: 'cancel', key });
    }
    expectBounded(state);
  });
});

describe('lines', () => {
  const LINES: Readonly<Record<string, readonly [bytes: Buffer | string, come: readonly string[]]>> = {
    'nested 100,000 deep': ['['.repeat(DEPTH) + ']'.repeat(DEPTH), ['tooLong']],
    'that open 100,000 brackets and close none': ['['.repeat(DEPTH), ['tooLong']],
    'that never end': ['x'.repeat(DEPTH), ['tooLong']],
    'of bytes that are no UTF-8': [Buffer.from([0x22, 0xff, 0xfe, 0x22]), ['notUtf8']],
    'cut within a character': [Buffer.from([0x22, 0xe2, 0x82, 0x22]), ['notUtf8']],
    'of surrogates encoded one by one': [Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), ['notUtf8']],
    'with a byte order mark': ['\ufeff{}', ['notJson']],
    'of lone surrogates, escaped': ['"\\ud800"', ['"\ud800"']],
    'with a NUL': ['"\u0000"', ['notJson']],
    'of numbers too great': ['1e999', ['null']],
    'of what looks like a number': ['NaN', ['notJson']],
    'that are blank': [' \t\r', ['blank']],
    'that are empty': ['', ['blank']],
    'with a member called __proto__': ['{"__proto__":{"polluted":true}}', ['{"__proto__":{"polluted":true}}']],
  };

  test.each(Object.entries(LINES))('%s come out as one thing each, however they are cut', (_, [bytes, come]) => {
    for (const every of [0, 1, 3, 4_095]) {
      const seen: string[] = [];
      const link = createLink('bytes', (arrival) => {
        if (arrival.type === 'received') seen.push(wellFormed(arrival.json));
        if (arrival.type === 'garbled') seen.push(arrival.why);
      });
      link.sendBytes(Buffer.concat([Buffer.from(bytes), Buffer.from('\n')]));
      link.sendBytes(Buffer.from('[]\n'));
      link.deliver({ count: 1, cut: 1, every });
      link.deliver({ count: 2, cut: 0, every });
      expect(seen).toEqual([...come.map(normal), '[]']);
    }
  });
});

/** How the text of a value is compared: lone surrogates are escaped. */
function wellFormed(json: unknown): string {
  return JSON.stringify(json);
}

function normal(text: string): string {
  return text.startsWith('"')
    ? JSON.stringify(JSON.parse(`"${text.slice(1, -1).replace('\ud800', '\\ud800')}"`))
    : text;
}

/** What the bounds of the configuration allow to be held, in entries. */
function expectBounded(state: State): void {
  const saved: Saved = save(state);
  const { maxCalls, maxPeerRequests, maxBatch } = CLIENT_BASE;
  expect(saved.calls.length).toBeLessThanOrEqual(maxCalls);
  expect(saved.peers.length).toBeLessThanOrEqual(maxPeerRequests);
  expect(saved.peerKeys.length).toBeLessThanOrEqual(saved.peers.length);
  expect(saved.batches.length).toBeLessThanOrEqual(saved.peers.length);
  for (const [, { answers }] of saved.batches) expect(answers.length).toBeLessThanOrEqual(maxBatch);
  expect(saved.givenUp.length).toBeLessThanOrEqual(2_048);
  expect(Object.keys(saved.timers).length).toBeLessThanOrEqual(9);
  expect(phase(state)).toMatch(/./);
}

function open(role: 'client' | 'server'): State {
  const config = role === 'client' ? CLIENT_BASE : { ...SERVER_BASE, drainMs: 400 };
  return OURS.open({ ...config, revisions: ['2025-03-26'] }, 0)[0];
}

function client(...inputs: readonly ('start' | 'opened')[]): State {
  return inputs.reduce<State>((state, type) => after(state, type), open('client'));
}

function server(): State {
  return open('server');
}

function readyClient(): State {
  return busy(hear(client('start', 'opened'), answerToInitialize()));
}

function readyServer(): State {
  return busy(hear(hear(server(), initialize()), { jsonrpc: '2.0', method: 'notifications/initialized' }));
}

function busy(ready: State): State {
  let state = ready;
  for (const key of [1, 2, 3]) state = take(state, { type: 'call', key, method: 'x/custom' });
  state = take(state, { type: 'cancel', key: 3 });
  state = hear(state, { jsonrpc: '2.0', id: 'x', method: 'x/custom', params: { _meta: { progressToken: 'x' } } });
  return hear(state, [{ jsonrpc: '2.0', id: 'y', method: 'x/custom' }]);
}

function after(state: State, type: 'start' | 'opened' | 'writeFailed' | 'close' | 'kill' | 'gone' | 'ended'): State {
  return take(state, { type });
}

function hear(state: State, json: unknown): State {
  return take(state, { type: 'received', json });
}

type Untimed = Input extends infer I ? (I extends Input ? Omit<I, 'now'> : never) : never;

function take(state: State, input: Untimed): State {
  return OURS.step(state, { ...input, now: 0 } as Input)[0];
}

function initialize(): unknown {
  const params = { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'x', version: '1' } };
  return { jsonrpc: '2.0', id: 'init', method: 'initialize', params };
}

function answerToInitialize(): unknown {
  const result = { protocolVersion: '2025-03-26', capabilities: {}, serverInfo: { name: 'x', version: '1' } };
  return { jsonrpc: '2.0', id: 1, result };
}

function nest(depth: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

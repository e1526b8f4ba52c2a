import type { Json } from '@mcp-lifeline/core';
import { PROCESS_DEFAULTS } from '@mcp-lifeline/core/process';
import { describe, expect, it } from 'vitest';
import { type Parts, statesOf } from '../../src/properties/index.ts';
import { CLIENT, SERVER, WATCHING } from './played.ts';

const SETUP = {
  client: { ...CLIENT, ...WATCHING, maxCalls: 1, maxPeerRequests: 1, maxBatch: 2 },
  server: SERVER,
  process: PROCESS_DEFAULTS,
  mostUnderWay: 2,
};
const PROPERTIES = statesOf(SETUP);

type Change = Readonly<Record<string, Json>>;

/** A state as it must be that puts the question, and changes that break it. */
const CASES: readonly (readonly [id: string, right: Partial<Parts>, wrong: readonly Partial<Parts>[]])[] = [
  [
    'client.state.timers-owned',
    client({ armed: ['keepalive', 'calls'] }),
    [client({ armed: ['keepalive', 'startup'] }), client({ path: 'closing.leaving', armed: ['closing', 'calls'] })],
  ],
  [
    'client.state.timers-armed',
    client({}),
    [client({ armed: [] }), client({ path: 'hearingOut', armed: ['closing'] })],
  ],
  [
    'client.state.calls-watched',
    client({ calls: [{}], armed: ['keepalive', 'calls'] }),
    [client({ calls: [{}], armed: ['keepalive'] })],
  ],
  [
    'client.state.bounds',
    client({ calls: [{}], peers: [peer(0)] }),
    [
      client({ calls: [{}, {}] }),
      client({ peers: [peer(0), peer(1)] }),
      client({ givenUp: Array.from({ length: 2_049 }, () => 'late') }),
      client({ batches: [{ open: 1, answers: [{}, {}] }] }),
    ],
  ],
  [
    'client.state.nothing-left',
    client({ path: 'closed', armed: [] }),
    [
      client({ path: 'closed', armed: [], calls: [{}] }),
      client({ path: 'closing.forced', peers: [peer(0)] }),
      client({ path: 'closing.leaving', batches: [{ open: 1, answers: [] }] }),
    ],
  ],
  [
    'client.state.batches',
    client({ peers: [peer(0, 0)], batches: [{ open: 1, answers: [] }] }),
    [
      client({ peers: [], batches: [{ open: 1, answers: [] }] }),
      client({ peers: [], batches: [{ open: 0, answers: [] }] }),
    ],
  ],
  ['client.state.ids', client({ peers: [peer(0)] }), [client({ peers: [peer(0), peer(0)] })]],
  [
    'client.state.cause',
    client({ path: 'closed', context: context('asked') }),
    [client({ path: 'closed', context: context(null) }), client({ context: context('silent') })],
  ],
  [
    'client.state.pong',
    client({ path: 'ready.pinging', awaits: { initialize: false, pong: true } }),
    [client({ awaits: { initialize: false, pong: true } }), client({ path: 'ready.pinging' })],
  ],
  [
    'client.state.misses',
    client({ context: { ...context(null), misses: 1 } }),
    [client({ context: { ...context(null), misses: 2 } })],
  ],
  ['client.state.agreed', client({}), [client({ revision: null }), client({ path: 'starting.negotiating' })]],
  [
    'server.state.timers-owned',
    server({ armed: ['calls'] }),
    [server({ armed: ['closing'] }), server({ armed: ['keepalive'] })],
  ],
  ['server.state.agreed', server({ path: 'serving.answered' }), [server({ path: 'serving.listening' })]],
  ['server.state.cause', server({ path: 'draining', context: context('signal') }), [server({ path: 'finishing' })]],
  [
    'process.state.timers',
    ofProcess({ phase: 'terminating', armed: ['term'] }),
    [ofProcess({ phase: 'terminating', armed: [] }), ofProcess({ phase: 'running', armed: ['grace'] })],
  ],
  [
    'process.state.facts',
    ofProcess({ phase: 'reaped', exit: { code: 0, signal: null }, groupGone: true, outputDone: true }),
    [
      ofProcess({ phase: 'reaped', exit: { code: 0, signal: null }, groupGone: true }),
      ofProcess({ phase: 'terminating', groupGone: true }),
      ofProcess({ phase: 'running', outputDone: true }),
    ],
  ],
  ['both.state.revision', both({}, {}), [both({ revision: '2025-03-26' }, {})]],
  [
    'both.state.capabilities',
    both({}, {}),
    [both({ capabilities: { prompts: {} } }, {}), both({}, { capabilities: {} })],
  ],
  ['both.state.channels', { ...client({}), toServer: 2 }, [{ ...client({}), toClient: 3 }]],
];

describe('a property of states', () => {
  it.each(CASES)('%s holds, is put to the question, and is broken', (id, right, wrong) => {
    const property = PROPERTIES.find((one) => one.id === id);
    expect(property?.violation(parts(right))).toBeNull();
    expect(property?.triggered(parts(right))).toBe(true);
    for (const one of wrong) expect(property?.violation(parts(one))).not.toBeNull();
  });

  it('is asked of either role alike', () => {
    const tested = CASES.map(([id]) => id.replace('server.', 'client.'));
    const missing = PROPERTIES.filter(({ id }) => !tested.includes(id.replace('server.', 'client.')));
    expect(missing.map(({ id }) => id)).toEqual([]);
    expect(new Set(PROPERTIES.map(({ id }) => id)).size).toBe(PROPERTIES.length);
  });

  it('says nothing of a part that is not there, or of a server that is gone', () => {
    for (const property of PROPERTIES) {
      expect(property.violation(parts({}))).toBeNull();
      expect(property.triggered(parts({}))).toBe(false);
    }
    const gone = parts({ ...server({ armed: ['closing'] }), serverIsGone: true });
    expect(PROPERTIES.filter(({ violation }) => violation(gone) !== null)).toEqual([]);
  });

  it('is there for the parts that there are alone', () => {
    const none = { client: null, server: null, process: null };
    expect(statesOf(none)).toEqual([]);
    const ids = statesOf({ ...none, server: SERVER }).map(({ id }) => id);
    expect(ids.every((id) => id.startsWith('server.'))).toBe(true);
  });
});

function parts(some: Partial<Parts>): Parts {
  return { client: null, server: null, process: null, toServer: 0, toClient: 0, serverIsGone: false, ...some };
}

function client(change: Change): Partial<Parts> {
  return {
    client: session({ path: 'ready.quiet', armed: ['keepalive'], capabilities: SERVER.capabilities, ...change }),
  };
}

function server(change: Change): Partial<Parts> {
  return { server: session({ path: 'serving.ready.unwatched', capabilities: CLIENT.capabilities, ...change }) };
}

function both(ofClient: Change, ofServer: Change): Partial<Parts> {
  return { ...client(ofClient), ...server(ofServer) };
}

function session(change: Change): Json {
  return {
    context: context(null),
    revision: '2025-06-18',
    calls: [],
    givenUp: [],
    peers: [],
    batches: [],
    awaits: { initialize: false, pong: false },
    armed: [],
    ...change,
  };
}

function ofProcess(change: Change): Partial<Parts> {
  const nothing = { asked: false, exit: null, outputDone: false, groupGone: false, spawnError: null, armed: [] };
  return { process: { ...nothing, ...change } };
}

function context(why: string | null): {
  readonly why: string | null;
  readonly asked: boolean;
  readonly misses: number;
} {
  return { why, asked: false, misses: 0 };
}

function peer(id: number, batch: number | null = null): Json {
  return { id, isNewest: true, batch };
}

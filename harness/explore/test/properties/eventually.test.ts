import type { Json } from '@mcp-lifeline/core';
import { PROCESS_DEFAULTS } from '@mcp-lifeline/core/process';
import { describe, expect, it } from 'vitest';
import { eventuallyOf, type Parts } from '../../src/properties/index.ts';
import { CLIENT, SERVER } from './played.ts';

const PROPERTIES = eventuallyOf({ client: CLIENT, server: SERVER, process: PROCESS_DEFAULTS });

/** A state from which it is promised, one that keeps the promise, and one that does not yet. */
const CASES: readonly (readonly [id: string, from: Partial<Parts>, to: Partial<Parts>, notYet: Partial<Parts>])[] = [
  ['client.eventually.settles', client({ calls: [{}] }), client({}), client({ calls: [{}, {}] })],
  [
    'client.eventually.starts',
    client({ path: 'starting.opening' }),
    client({}),
    client({ path: 'starting.negotiating' }),
  ],
  [
    'client.eventually.closes',
    client({ context: ending('silent') }),
    client({ path: 'closed' }),
    client({ path: 'closing.leaving' }),
  ],
  [
    'client.eventually.sign',
    client({ awaits: { initialize: false, pong: true } }),
    client({}),
    client({ awaits: { initialize: false, pong: true } }),
  ],
  ['client.eventually.answers', client({ peers: [{}] }), client({}), client({ peers: [{}, {}] })],
  ['server.eventually.settles', server({ calls: [{}] }), { serverIsGone: true }, server({ calls: [{}] })],
  [
    'server.eventually.exits',
    server({ context: ending('peerEnded') }),
    server({ path: 'exited' }),
    server({ path: 'draining' }),
  ],
  [
    'server.eventually.sign',
    server({ awaits: { initialize: false, pong: true } }),
    server({}),
    server({ awaits: { initialize: false, pong: true } }),
  ],
  ['server.eventually.answers', server({ peers: [{}] }), server({}), server({ peers: [{}] })],
  ['process.eventually.over', ofProcess('endingInput'), ofProcess('reaped'), ofProcess('killing')],
  [
    'both.eventually.server-ends',
    { ...client({ path: 'closed' }), ...server({}) },
    server({ path: 'crashed' }),
    server({ path: 'finishing' }),
  ],
  [
    'both.eventually.client-notices',
    { ...client({}), ...server({}), serverIsGone: true },
    client({ path: 'closing.leaving' }),
    client({ path: 'ready.pinging' }),
  ],
  [
    'both.eventually.process-ends',
    { ...client({ path: 'closed' }), ...ofProcess('terminating') },
    ofProcess('abandoned'),
    ofProcess('running'),
  ],
];

describe('what must come sooner or later', () => {
  it.each(CASES)('%s is promised, kept, and not kept before its time', (id, from, to, notYet) => {
    const property = PROPERTIES.find((one) => one.id === id);
    expect(property?.from(parts(from))).toBe(true);
    expect(property?.to(parts(to))).toBe(true);
    expect(property?.to(parts(notYet))).toBe(false);
  });

  it('is told in full by these cases', () => {
    expect(PROPERTIES.map(({ id }) => id).toSorted()).toEqual(CASES.map(([id]) => id).toSorted());
  });

  it('is promised to nobody by a session that is idle or ready', () => {
    const resting = parts({ ...client({}), ...server({}), ...ofProcess('running') });
    expect(PROPERTIES.filter(({ from }) => from(resting))).toEqual([]);
    const nobody = parts({ ...client({ path: 'idle' }), ...ofProcess('idle'), serverIsGone: true });
    expect(PROPERTIES.filter(({ from }) => from(nobody))).toEqual([]);
  });

  it('is asked of the parts that there are alone', () => {
    expect(eventuallyOf({ client: null, server: null, process: null })).toEqual([]);
    const ids = eventuallyOf({ client: CLIENT, server: null, process: null }).map(({ id }) => id);
    expect(ids.every((id) => id.startsWith('client.'))).toBe(true);
  });
});

function parts(some: Partial<Parts>): Parts {
  return { client: null, server: null, process: null, toServer: 0, toClient: 0, serverIsGone: false, ...some };
}

function client(change: Readonly<Record<string, Json>>): Partial<Parts> {
  return { client: session({ path: 'ready.quiet', ...change }) };
}

function server(change: Readonly<Record<string, Json>>): Partial<Parts> {
  return { server: session({ path: 'serving.ready.quiet', ...change }) };
}

function session(change: Readonly<Record<string, Json>>): Json {
  const awaits = { initialize: false, pong: false };
  return { context: ending(null), calls: [], peers: [], batches: [], awaits, armed: [], ...change };
}

function ending(why: string | null): { readonly why: string | null; readonly asked: boolean; readonly misses: number } {
  return { why, asked: false, misses: 0 };
}

function ofProcess(phase: string): Partial<Parts> {
  return { process: { phase } };
}

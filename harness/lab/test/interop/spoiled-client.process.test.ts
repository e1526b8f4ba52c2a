import { CLIENT_INVARIANTS } from '@mcp-lifeline/specs';
import type { Json, JsonObject } from '@mcp-lifeline/trace';
import { describe, expect, it } from 'vitest';
import { judgeTrace } from '../../src/interop/judge.js';
import type { Recording } from '../../src/interop/recording.js';
import { recordSession, type SessionOptions, type Target } from '../../src/interop/session.js';
import { OWN_TOOLS } from '../../src/interop/toolset.js';
import { ASKING_SERVER, serverIn } from './servers.js';
import { onlyIf, type Spoil, spoiled } from './spoiled-channel.js';

const CANCELLED = 'notifications/cancelled';
const INITIALIZED = 'notifications/initialized';
const PROGRESS = 'notifications/progress';

/** What the client does wrong, as it is seen on the wire; which invariants say so; and with which server, if not the good one. */
const WRONG_ON_THE_WIRE: [title: string, spoil: Spoil, expected: string[], target?: Target][] = [
  ['never says initialized', onlyIf(INITIALIZED, () => []), ['client.handshake.initialized']],
  ['says initialized twice', onlyIf(INITIALIZED, (one) => [one, one]), ['client.handshake.once']],
  [
    'lists tools first of all',
    onlyIf('initialize', (one) => [request('early', 'tools/list'), one]),
    ['client.handshake.initialize-first', 'client.handshake.no-early-requests'],
  ],
  [
    'lists tools before it may',
    onlyIf('initialize', (one) => [one, request('early', 'tools/list')]),
    ['client.handshake.no-early-requests'],
  ],
  ['cancels initialize', onlyIf('initialize', (one) => [one, cancelled(one.id)]), ['client.cancel.not-initialize']],
  ['cancels what it never sent', onlyIf('tools/list', (one) => [one, cancelled('never')]), ['client.cancel.own']],
  ['gives an id twice', onlyIf('ping', (one) => [one, one]), ['client.rpc.request-ids']],
  ['gives one token to all', (one) => [withToken(one, 7)], ['client.progress.token', 'app.progress-kept']],
  ['leaves out the version of JSON-RPC', onlyIf('ping', ({ jsonrpc: _, ...rest }) => [rest]), ['client.rpc.envelope']],
  ['sends batches where there are none', onlyIf('ping', (one) => [[one]]), ['client.rpc.single-messages']],
  [
    'lists resources that there are not',
    onlyIf('tools/list', (one) => [one, request('r', 'resources/list')]),
    ['client.capability.requests'],
  ],
  ['answers twice', onlyIf(null, (one) => [one, one]), ['client.rpc.one-response']],
  [
    'answers with its ids as text',
    onlyIf(null, (one) => [{ ...one, id: `${one.id}` }, answer('never', {})]),
    ['client.rpc.response-id'],
  ],
  ['refuses whatever it is asked', onlyIf(null, refuse), ['client.capability.declared', 'client.ping.pong']],
  [
    'answers nothing that is unknown',
    onlyIf(null, (one) => ('error' in one ? [] : [one])),
    ['client.rpc.every-request-answered'],
    ASKING_SERVER,
  ],
  ['tells of progress that stands still', onlyIf(PROGRESS, (one) => [one, one]), ['client.progress.increases']],
];

describe.concurrent('a client that', () => {
  it.each(WRONG_ON_THE_WIRE)('%s is found out', async (_, spoil, expected, target) => {
    expect(await brokenBy(target ?? serverIn('good'), { spoil: spoiled(spoil) })).toEqual(expected);
  });

  it('speaks after it closed the input is found out', async () => {
    const spoil = spoiled((one) => [one], request('late', 'ping'));
    expect(await brokenBy(serverIn('good'), { spoil })).toEqual(['client.shutdown.nothing-sent']);
  });

  it('tells nobody of what it gave up is found out', async () => {
    const spoil = spoiled(onlyIf(CANCELLED, () => []));
    // What is given up just before the end may be lost with it: this takes longer.
    expect(await brokenBy(serverIn('good'), { spoil, slowMs: 700, requestTimeoutMs: 2_000 })).toEqual([
      'client.timeout.cancels',
      'client.timeout.cancel-sent',
    ]);
  });

  it('closes no input before it sends signals is found out', async () => {
    const misrecord = withoutProcess('inputEnded');
    expect(await brokenBy(serverIn('shutdown.sigterm'), { misrecord })).toEqual([]);
    expect(await brokenBy(serverIn('programs/ignores-signals'), { misrecord })).toEqual([
      'client.shutdown.input-first',
      'client.shutdown.terminate',
    ]);
  });

  it('kills without a warning is found out', async () => {
    const misrecord: SessionOptions['misrecord'] = (recording) => ({
      app: (data) => recording.app(data),
      process: (event) => {
        if (event.type !== 'signalled' || event.signal !== 'SIGTERM') recording.process(event);
      },
    });
    expect(await brokenBy(serverIn('programs/ignores-signals'), { misrecord })).toEqual(['client.shutdown.kill-last']);
  });
});

/** What the application sees wrong: the events of one kind left out, or doubled. */
const WRONG_FOR_THE_APPLICATION: [title: string, kind: string, times: number, expected: string[]][] = [
  ['leaves calls open', 'settled', 0, ['app.settles-once']],
  ['settles calls twice', 'settled', 2, ['app.settles-once']],
  ['loses progress', 'delivered', 0, ['app.progress-kept']],
  ['delivers progress twice', 'delivered', 2, ['app.progress-kept']],
  ['lets handlers run on', 'handlerEnded', 0, ['app.handlers-end']],
  ['closes twice', 'closed', 2, ['app.silent-after-closed']],
];

describe.concurrent('a client whose application', () => {
  it.each(WRONG_FOR_THE_APPLICATION)('%s is found out', async (_, kind, times, expected) => {
    const misrecord: SessionOptions['misrecord'] = (recording) => ({
      app: (data) => {
        for (let count = data.kind === kind ? times : 1; count > 0; count -= 1) recording.app(data);
      },
      process: (event) => recording.process(event),
    });
    expect(await brokenBy(serverIn('good'), { misrecord })).toEqual(expected);
  });
});

/** The ids of the invariants that a session breaks. */
async function brokenBy(target: Target, options: Partial<SessionOptions>): Promise<readonly string[]> {
  const { trace } = await recordSession(target, { tools: OWN_TOOLS, requestTimeoutMs: 600, ...options });
  return judgeTrace(CLIENT_INVARIANTS, trace, '2025-11-25').broken.map((one) => one.slice(0, one.indexOf(':')));
}

function withoutProcess(type: string): (recording: Recording) => Pick<Recording, 'app' | 'process'> {
  return (recording) => ({
    app: (data) => recording.app(data),
    process: (event) => {
      if (event.type !== type) recording.process(event);
    },
  });
}

function request(id: string, method: string): Json {
  return { jsonrpc: '2.0', id, method };
}

function answer(id: Json | undefined, result: JsonObject): Json {
  return { jsonrpc: '2.0', id: id ?? null, result };
}

function cancelled(requestId: Json | undefined): Json {
  return { jsonrpc: '2.0', method: CANCELLED, params: { requestId: requestId ?? null } };
}

function refuse({ id = null }: JsonObject): readonly Json[] {
  return [{ jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } }];
}

function withToken(message: JsonObject, progressToken: number): Json {
  const params = message.params as JsonObject | undefined;
  return params?._meta === undefined ? message : { ...message, params: { ...params, _meta: { progressToken } } };
}

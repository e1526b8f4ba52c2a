import { describe, expect, it } from 'vitest';
import { ConnectError, LocalProtocolError, type RequestContext, RequestError } from '../src/index.ts';
import { serve } from '../src/serve.ts';
import { virtualClock } from '../src/virtual-clock.ts';
import { INFO, readyServer, rejection, ScriptedChannel, settled } from './scripted-channel.ts';

describe('a handler', () => {
  it('answers with what it returns, now or later', async () => {
    const { channel } = readyServer({
      requests: { 'tools/list': () => ({ tools: [] }), 'tools/call': async ({ name }) => ({ name: name ?? null }) },
    });
    channel.tell({ id: 1, method: 'tools/list' }, { id: 'a', method: 'tools/call', params: { name: 'x' } });
    expect(channel.taken()).toEqual([{ id: 1, result: { tools: [] } }]);
    await settled();
    expect(channel.taken()).toEqual([{ id: 'a', result: { name: 'x' } }]);
  });

  it('answers with an empty result when it returns nothing', () => {
    const { channel } = readyServer({ requests: { 'logging/setLevel': () => {} } });
    channel.tell({ id: 1, method: 'logging/setLevel', params: { level: 'info' } });
    expect(channel.taken()).toEqual([{ id: 1, result: {} }]);
  });

  it('refuses with the code that it throws, now or later', async () => {
    const refuse = (): never => {
      throw new RequestError(-32602, 'no such tool', { name: 'x' });
    };
    const { channel } = readyServer({ requests: { 'tools/list': refuse, 'tools/call': async () => refuse() } });
    channel.tell({ id: 1, method: 'tools/list' }, { id: 2, method: 'tools/call' });
    await settled();
    const error = { code: -32602, message: 'no such tool', data: { name: 'x' } };
    expect(channel.taken()).toEqual([
      { id: 1, error },
      { id: 2, error },
    ]);
  });

  it.each([
    ['throws', (): never => fail('secret')],
    ['rejects', async (): Promise<never> => fail('secret')],
    ['returns what is no object', (): never => 'text' as never],
  ])('that %s answers with an internal error which tells nothing, and is reported', async (_, handler) => {
    const reports: unknown[] = [];
    const { channel } = readyServer({
      requests: { 'tools/call': handler },
      onReport: ({ code, blame }) => void reports.push({ code, blame }),
    });
    channel.tell({ id: 1, method: 'tools/call' });
    await settled();
    expect(channel.taken()).toEqual([{ id: 1, error: { code: -32603, message: 'internal error' } }]);
    expect(reports).toEqual([{ code: 'uncaught', blame: 'us' }]);
  });

  it('is missed by an error that says so', () => {
    const { channel } = readyServer();
    channel.tell({ id: 1, method: 'tools/call' }, { id: 2, method: 'constructor' });
    expect(channel.taken()).toMatchObject([
      { id: 1, error: { code: -32601 } },
      { id: 2, error: { code: -32601 } },
    ]);
  });

  it('may be one for all that no other takes', () => {
    const { channel } = readyServer({ fallbackRequest: (_, { method }) => ({ method }) });
    channel.tell({ id: 1, method: 'acme/custom' });
    expect(channel.taken()).toEqual([{ id: 1, result: { method: 'acme/custom' } }]);
  });

  it('is one of two when two requests share an id, and both are answered (semantics 11)', async () => {
    const answers: ((text: string) => void)[] = [];
    const { channel } = readyServer({
      requests: { 'tools/call': () => new Promise((resolve) => answers.push((text) => resolve({ text }))) },
    });
    channel.tell({ id: 1, method: 'tools/call' }, { id: 1, method: 'tools/call' });
    answers[1]?.('second');
    answers[0]?.('first');
    await settled();
    expect(channel.taken()).toEqual([
      { id: 1, result: { text: 'second' } },
      { id: 1, result: { text: 'first' } },
    ]);
  });

  it('that closes the session does not cut off what is under way (semantics 1)', async () => {
    const order: string[] = [];
    const { server, channel } = readyServer({
      requests: {
        'tools/call': (_, context) => {
          void context.notify('notifications/message', { level: 'info', data: 'bye' });
          void server.close();
          order.push(`handler ends while ${server.phase}`);
        },
      },
    });
    channel.tell({ id: 1, method: 'tools/call' });
    expect(order).toEqual(['handler ends while ready']);
    expect(channel.taken()).toEqual([{ method: 'notifications/message', params: { level: 'info', data: 'bye' } }]);
    await server.closed;
  });
});

describe("a handler's signal", () => {
  it('fires when the peer cancels, and the answer is dropped', async () => {
    const { channel, finish, reasonOf } = serverWithSlowHandler();
    channel.tell({ id: 1, method: 'tools/call' });
    const reason = reasonOf();
    channel.tell({ method: 'notifications/cancelled', params: { requestId: 1, reason: 'never mind' } });
    expect(reason()).toMatchObject({ code: 'cancelled', message: expect.stringContaining('never mind') });
    finish();
    await settled();
    expect(channel.taken()).toEqual([]);
  });

  it('has fired when it is first looked at after that', () => {
    const { channel, reasonOf } = serverWithSlowHandler();
    channel.tell(
      { id: 1, method: 'tools/call' },
      { method: 'notifications/cancelled', params: { requestId: 1, reason: 'never mind' } },
    );
    expect(reasonOf()()).toMatchObject({ code: 'cancelled' });
  });

  it('fires when the session ends, and the answer is dropped (semantics 12)', async () => {
    const { server, channel, finish, reasonOf } = serverWithSlowHandler();
    channel.tell({ id: 1, method: 'tools/call' });
    const reason = reasonOf();
    void server.close();
    expect(reason()).toMatchObject({ code: 'cancelled' });
    finish();
    await server.closed;
    expect(channel.taken()).toEqual([]);
  });

  it('is not fired by an answer', async () => {
    const { channel, finish, reasonOf } = serverWithSlowHandler();
    channel.tell({ id: 1, method: 'tools/call' });
    const reason = reasonOf();
    finish();
    await settled();
    channel.tell({ method: 'notifications/cancelled', params: { requestId: 1 } });
    expect(reason()).toBeUndefined();
  });
});

describe('progress of a handler', () => {
  it('is sent under the token of its request, and before its answer', async () => {
    const { channel } = readyServer({
      requests: {
        'tools/call': async (_, context) => {
          await context.progress(1, 2, 'half');
          void context.progress(2);
          return {};
        },
      },
    });
    channel.tell({ id: 1, method: 'tools/call', params: { _meta: { progressToken: 't' } } });
    await settled();
    expect(channel.taken()).toEqual([
      { method: 'notifications/progress', params: { progressToken: 't', progress: 1, total: 2, message: 'half' } },
      { method: 'notifications/progress', params: { progressToken: 't', progress: 2 } },
      { id: 1, result: {} },
    ]);
  });

  it('can be told, like all that a context has, by what was taken out of it', async () => {
    const { channel } = readyServer({
      requests: {
        'tools/call': async (_, { progress, notify, request }) => {
          await progress(1);
          await notify('notifications/custom');
          void request('ping');
          return {};
        },
      },
    });
    channel.tell({ id: 1, method: 'tools/call', params: { _meta: { progressToken: 't' } } });
    await settled();
    expect(channel.taken()).toMatchObject([
      { method: 'notifications/progress', params: { progressToken: 't', progress: 1 } },
      { method: 'notifications/custom' },
      { method: 'ping' },
      { id: 1, result: {} },
    ]);
  });

  it('is not sent to a peer that does not want it', async () => {
    const { channel } = readyServer({ requests: { 'tools/call': async (_, { progress }) => void progress } });
    const { channel: other } = readyServer({
      requests: { 'tools/call': async (_, context) => void (await context.progress(1)) },
    });
    for (const end of [channel, other]) end.tell({ id: 1, method: 'tools/call' });
    await settled();
    expect(other.taken()).toEqual([{ id: 1, result: {} }]);
  });

  it('must be a number', async () => {
    const errors: unknown[] = [];
    const { channel } = readyServer({
      requests: { 'tools/call': async (_, context) => void errors.push(await rejection(context.progress(Number.NaN))) },
    });
    channel.tell({ id: 1, method: 'tools/call', params: { _meta: { progressToken: 1 } } });
    await settled();
    expect(errors[0]).toBeInstanceOf(LocalProtocolError);
  });
});

describe('an answer that cannot be written', () => {
  it('becomes an internal error under the same id', () => {
    const { channel } = readyServer({ requests: { 'tools/call': () => ({ cyclic: true }) } });
    channel.refuses = (message) => JSON.stringify(message).includes('cyclic');
    channel.tell({ id: 5, method: 'tools/call' });
    expect(channel.taken()).toEqual([{ id: 5, error: { code: -32603, message: 'the answer could not be written' } }]);
  });
});

describe('a notification handler', () => {
  it.each([
    ['throws', (): never => fail('broken')],
    ['rejects', async (): Promise<never> => fail('broken')],
  ])('that %s is reported, and stops nothing', async (_, handler) => {
    const reports: string[] = [];
    const { server, channel } = readyServer({
      notifications: { 'notifications/roots/list_changed': handler },
      onReport: ({ got }) => void reports.push(got),
    });
    channel.tell({ method: 'notifications/roots/list_changed' }, { id: 1, method: 'ping' });
    await settled();
    expect(channel.taken()).toEqual([{ id: 1, result: {} }]);
    expect(reports.filter((got) => got.includes('broken'))).toHaveLength(1);
    expect(server.phase).toBe('ready');
  });
});

describe('the way out of a server', () => {
  it('runs the clean-up once, then exits with 0', async () => {
    const order: string[] = [];
    const { server, channel } = readyServer({
      cleanUp: async (why) => void order.push(`clean-up ${why}`),
      onExit: (code) => void order.push(`exit ${code}`),
    });
    channel.listener.ended();
    channel.listener.ended();
    expect(await server.closed).toMatchObject({ why: 'peerEnded' });
    expect(order).toEqual(['clean-up peerEnded', 'exit 0']);
    expect(channel.did).toEqual(['open', 'close']);
  });

  it.each([
    ['throws', (): never => fail('stuck')],
    ['rejects', async (): Promise<never> => fail('stuck')],
  ])('goes on when the clean-up %s, and reports it', async (_, cleanUp) => {
    const reports: string[] = [];
    const onReport = ({ got }: { got: string }): void => void reports.push(got);
    // On a clock that stands still, so that no deadline helps.
    const { server } = readyServer({ clock: virtualClock(), cleanUp, onReport });
    await server.close();
    expect(reports).toEqual(['the clean-up failed: stuck']);
  });

  it('does not wait longer for it than it may take', async () => {
    const clock = virtualClock();
    const codes: number[] = [];
    const { server } = readyServer({
      clock,
      cleanUpMs: 100,
      cleanUp: () => new Promise(() => {}),
      onExit: (code) => void codes.push(code),
    });
    server.signalled('SIGTERM');
    await clock.advance(100);
    expect((await server.closed).why).toBe('signal');
    expect(codes).toEqual([143]);
  });

  it('leads past the clean-up when an error was not caught', async () => {
    const order: string[] = [];
    const { server, channel } = readyServer({
      cleanUp: () => void order.push('clean-up'),
      onExit: (code) => void order.push(`exit ${code}`),
    });
    server.uncaught(new Error('broken'));
    server.uncaught(new Error('again'));
    expect(await server.closed).toMatchObject({ why: 'uncaught' });
    expect(order).toEqual(['exit 1']);
    expect(channel.did).toEqual(['open', 'kill']);
  });

  it('rejects `ready` when the client never was', async () => {
    const channel = new ScriptedChannel();
    const server = serve(channel, { info: INFO });
    channel.listener.opened();
    channel.listener.ended();
    const error = await rejection(server.ready);
    expect(error).toBeInstanceOf(ConnectError);
    expect(error).toMatchObject({ why: 'peerEnded' });
  });
});

describe('a server that is not ready', () => {
  it('keeps its requests and notifications until it is, in their order', () => {
    const channel = new ScriptedChannel();
    const server = serve(channel, { info: INFO, capabilities: { logging: {} } });
    void server.request('roots/list');
    void server.notify('notifications/message', { level: 'info', data: 1 });
    channel.listener.opened();
    const params = { protocolVersion: '2025-11-25', capabilities: { roots: {} }, clientInfo: INFO };
    channel.tell({ id: 1, method: 'initialize', params });
    expect(channel.taken()).toMatchObject([{ id: 1, result: {} }]);
    channel.tell({ method: 'notifications/initialized' });
    expect(channel.taken()).toMatchObject([{ method: 'roots/list' }, { method: 'notifications/message' }]);
  });

  it('throws for options that no session could have', () => {
    expect(() => serve(new ScriptedChannel(), { info: INFO, cleanUpMs: -1 })).toThrow(LocalProtocolError);
  });
});

/** A server whose `tools/call` waits until it is told to finish. */
function serverWithSlowHandler() {
  let context: RequestContext | undefined;
  let finish = (): void => {};
  const { server, channel } = readyServer({
    requests: {
      'tools/call': (_, given) => {
        context = given;
        return new Promise((resolve) => {
          finish = () => resolve({});
        });
      },
    },
  });
  /** Looks at the signal now, and at its reason when that is called. */
  const reasonOf = (): (() => unknown) => {
    const signal = context?.signal;
    return () => signal?.reason;
  };
  return { server, channel, finish: () => finish(), reasonOf };
}

function fail(message: string): never {
  throw new Error(message);
}

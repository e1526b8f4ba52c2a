import { describe, expect, it } from 'vitest';
import { connect } from '../src/connect.ts';
import { ClosedError, ConnectError, ConnectionLostError } from '../src/errors.ts';
import { type ClientOptions, LocalProtocolError } from '../src/index.ts';
import { virtualClock } from '../src/virtual-clock.ts';
import { INFO, readyClient, rejection, ScriptedChannel, settled, WELCOME } from './scripted-channel.ts';

describe('connect', () => {
  it('resolves once the handshake is complete, with what the server told', async () => {
    const channel = new ScriptedChannel();
    const connecting = connect(channel, { info: INFO });
    expect(channel.sent).toEqual([]);
    channel.listener.opened();
    expect(channel.taken()).toMatchObject([{ id: 1, method: 'initialize' }]);
    channel.tell({ id: 1, result: { ...WELCOME, instructions: 'be kind' } });
    expect(channel.taken()).toEqual([{ method: 'notifications/initialized' }]);
    const client = await connecting;
    expect(client.phase).toBe('ready');
    expect(client.peer).toEqual({
      revision: '2025-11-25',
      capabilities: { tools: {} },
      info: INFO,
      instructions: 'be kind',
    });
  });

  it('delivers a notification that comes right behind the answer (semantics 9)', async () => {
    const heard: string[] = [];
    const channel = new ScriptedChannel();
    const connecting = connect(channel, {
      info: INFO,
      fallbackNotification: (method) => {
        heard.push(method);
      },
    });
    channel.listener.opened();
    channel.tell({ id: 1, result: WELCOME }, { method: 'notifications/tools/list_changed' });
    await connecting;
    expect(heard).toEqual(['notifications/tools/list_changed']);
  });

  it('rejects with why there is no peer', async () => {
    const channel = new ScriptedChannel();
    const connecting = connect(channel, { info: INFO });
    channel.listener.gone('ENOENT');
    const error = await rejection(connecting);
    expect(error).toBeInstanceOf(ConnectError);
    expect(error).toMatchObject({ code: 'connect', why: 'neverOpened', detail: 'ENOENT', sent: false });
    expect((error as ConnectError).message).toContain('there is no peer to reach (ENOENT)');
  });

  it('rejects when its channel cannot even begin to open', async () => {
    const channel = new ScriptedChannel();
    channel.open = () => {
      throw new Error('opens once');
    };
    expect(await rejection(connect(channel, { info: INFO }))).toMatchObject({
      why: 'neverOpened',
      detail: 'opens once',
    });
  });

  it('rejects as soon as the reason is known, and tells later how the channel went', async () => {
    const channel = new ScriptedChannel();
    channel.goes = false;
    const connecting = connect(channel, { info: INFO });
    channel.listener.opened();
    channel.tell({ id: 1, error: { code: -32602, message: 'not you' } });
    const error = await rejection(connecting);
    expect(error).toMatchObject({ why: 'refused' });
    expect((error as ConnectError).message).toContain('not you');
    expect(channel.did).toEqual(['open', 'close']);
    channel.listener.gone('exit code 3');
    expect(await (error as ConnectError).closed).toEqual({ why: 'refused', detail: 'exit code 3' });
  });

  it('rejects when the handshake takes too long', async () => {
    const clock = virtualClock();
    const channel = new ScriptedChannel();
    const failed = rejection(connect(channel, { info: INFO, clock, startupMs: 500 }));
    channel.listener.opened();
    await clock.advance(500);
    expect(await failed).toMatchObject({ why: 'startup' });
    expect(clock.pending).toBe(0);
  });

  it('takes an option that is undefined for one that was not given', async () => {
    const channel = new ScriptedChannel();
    const untyped = { info: INFO, revisions: undefined, requestTimeoutMs: undefined } as unknown as ClientOptions;
    void connect(channel, untyped).catch(() => {});
    channel.listener.opened();
    expect(channel.taken()).toMatchObject([{ params: { protocolVersion: '2025-11-25' } }]);
  });

  it('rejects options that no session could have', async () => {
    const channel = new ScriptedChannel();
    const error = await rejection(connect(channel, { info: INFO, requestTimeoutMs: Number.NaN }));
    expect(error).toBeInstanceOf(LocalProtocolError);
    expect(channel.did).toEqual([]);
  });
});

describe('a start that is given up', () => {
  it('sends no cancellation, and no initialized when the answer comes all the same (semantics 17)', async () => {
    const channel = new ScriptedChannel();
    channel.goes = false;
    const controller = new AbortController();
    const connecting = connect(channel, { info: INFO, signal: controller.signal });
    channel.listener.opened();
    channel.taken();
    controller.abort();
    channel.tell({ id: 1, result: WELCOME });
    expect(await rejection(connecting)).toMatchObject({ code: 'connect', why: 'asked' });
    expect(channel.taken()).toEqual([]);
    expect(channel.did).toEqual(['open', 'close']);
  });

  it('never opens its channel when it was given up before (semantics 17)', async () => {
    const channel = new ScriptedChannel();
    const error = await rejection(connect(channel, { info: INFO, signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ why: 'asked' });
    expect(await (error as ConnectError).closed).toEqual({ why: 'asked' });
    expect(channel.did).toEqual([]);
  });

  it('is over when it was ready before', async () => {
    const controller = new AbortController();
    const { client } = await readyClient({ signal: controller.signal });
    controller.abort();
    expect(client.phase).toBe('ready');
  });
});

describe('closing a client', () => {
  it('settles its requests at once, and ends when its channel has gone', async () => {
    const { client, channel } = await readyClient();
    channel.goes = false;
    const call = client.request('tools/list');
    const closed = client.close();
    expect(await rejection(call)).toBeInstanceOf(ClosedError);
    expect(client.phase).toBe('closing');
    channel.listener.gone('exit code 0');
    expect(await closed).toEqual({ why: 'asked', detail: 'exit code 0' });
    expect(client.phase).toBe('closed');
  });

  it('kills when it is asked a second time, and both end together (semantics 19)', async () => {
    const { client, channel } = await readyClient();
    channel.goes = false;
    const first = client.close();
    const second = client.close();
    expect(channel.did).toEqual(['open', 'close', 'kill']);
    channel.listener.gone();
    expect(await Promise.all([first, second])).toEqual([{ why: 'asked' }, { why: 'asked' }]);
  });

  it('is awaited by `await using`, which does not kill what closes already', async () => {
    const { client, channel } = await readyClient();
    {
      await using used = client;
      void used.close();
    }
    expect(client.phase).toBe('closed');
    expect(channel.did).toEqual(['open', 'close']);
  });

  it('settles a request that is made too late, as not sent', async () => {
    const { client } = await readyClient();
    await client.close();
    expect(await rejection(client.request('tools/list'))).toMatchObject({ code: 'closed', sent: false });
    expect(await rejection(client.notify('notifications/roots/list_changed'))).toMatchObject({ code: 'closed' });
  });

  it('leaves no timer behind', async () => {
    const clock = virtualClock();
    const { client } = await readyClient({ clock, keepaliveMs: 1_000 });
    void client.request('tools/list');
    await client.close();
    expect(clock.pending).toBe(0);
  });

  it('kills a channel that throws when it is closed, and counts it as gone when that throws too', async () => {
    const { client, channel } = await readyClient();
    channel.close = () => {
      throw new Error('no');
    };
    channel.kill = () => {
      channel.did.push('kill');
      throw new Error('neither');
    };
    expect(await client.close()).toEqual({ why: 'asked', detail: 'neither' });
    expect(channel.did).toEqual(['open', 'kill']);
  });
});

describe('the end of a peer', () => {
  it('settles requests as lost, with what the channel said of it', async () => {
    const { client, channel } = await readyClient();
    const call = client.request('tools/list');
    channel.listener.gone('exit code 7');
    const error = await rejection(call);
    expect(error).toBeInstanceOf(ConnectionLostError);
    expect(error).toMatchObject({ sent: true, why: 'peerGone', detail: 'exit code 7' });
    expect(await client.closed).toEqual({ why: 'peerGone', detail: 'exit code 7' });
  });

  it('is heard no more after it is gone: late events of the old channel change nothing (semantics 21)', async () => {
    const reports: unknown[] = [];
    const { client, channel } = await readyClient({ onReport: (fault) => reports.push(fault) });
    channel.listener.gone();
    await client.closed;
    channel.tell({ id: 99, result: {} }, { id: 1, method: 'ping' });
    channel.listener.garbled('notJson', '?', 1);
    channel.listener.opened();
    channel.listener.ended();
    channel.listener.writeFailed();
    channel.listener.drained();
    channel.listener.gone('again');
    await settled();
    expect([reports, channel.taken(), await client.closed]).toEqual([[], [], { why: 'peerGone' }]);
  });

  it('still settles a request whose answer comes after writing failed (semantics 20)', async () => {
    const { client, channel } = await readyClient();
    const call = client.request('tools/list');
    channel.listener.writeFailed();
    channel.tell({ id: 2, result: { tools: [] } });
    expect(await call).toEqual({ tools: [] });
  });
});

import { type AppData, createRecorder, type WireData } from '@mcp-lifeline/trace';
import { describe, expect, it } from 'vitest';
import { connect } from '../src/connect.ts';
import type { Server } from '../src/serve.ts';
import { tapChannel } from '../src/tap-channel.ts';
import { INFO, readyClient, readyServer, rejection, ScriptedChannel, settled, WELCOME } from './scripted-channel.ts';

describe('the tap of an application', () => {
  it('tells what a client saw, and the id of each request before it is sent', async () => {
    const { seen, taps } = appTap();
    const { client, channel } = await readyClient({ taps });
    channel.send = (message) => {
      seen.push(`sent ${(message as { method?: string }).method}`);
    };
    const call = client.request('tools/call', {}, { onProgress: () => {} });
    channel.tell(
      { method: 'notifications/progress', params: { progressToken: 2, progress: 1 } },
      { id: 2, result: {} },
    );
    await call;
    await rejection(client.request('prompts/list'));
    await client.close();
    expect(seen).toEqual([
      'speaks {"revisions":["2024-11-05","2025-03-26","2025-06-18","2025-11-25"]}',
      'called {"key":1,"method":"tools/call","wantsProgress":true}',
      'numbered {"key":1,"id":2}',
      'sent tools/call',
      'delivered {"item":"progress","key":1,"progress":1}',
      'settled {"key":1,"outcome":"result","sent":true}',
      'called {"key":2,"method":"prompts/list"}',
      'settled {"key":2,"outcome":"refused","sent":false}',
      'closed {"why":"asked","graceful":true}',
    ]);
  });

  it('tells what a server saw', async () => {
    const { seen, taps } = appTap();
    const { server, channel } = readyServer({
      taps,
      cleanUp: () => {},
      requests: { 'tools/list': () => ({ tools: [] }), 'tools/call': () => new Promise(() => {}) },
      notifications: { 'notifications/roots/list_changed': () => {} },
    });
    channel.tell(
      { id: 1, method: 'tools/list' },
      { id: 2, method: 'tools/call' },
      { method: 'notifications/roots/list_changed' },
      { method: 'notifications/nobody/cares' },
    );
    await server.close();
    expect(seen).toEqual([
      'cleanUpSet',
      'handlerStarted {"key":1,"method":"tools/list"}',
      'handlerEnded {"key":1}',
      'handlerStarted {"key":2,"method":"tools/call"}',
      'delivered {"item":"notification","method":"notifications/roots/list_changed"}',
      'handlerAborted {"key":2}',
      'cleanUpRan',
      'closed {"why":"asked","graceful":true}',
    ]);
  });

  it('tells of a settled call before the end that settled it, also of one that waited', async () => {
    const { seen, taps } = appTap();
    const { client, channel } = await readyClient({ taps });
    void client.request('tools/list');
    channel.queued = channel.highWater;
    void client.request('tools/call');
    channel.listener.gone();
    expect(seen.slice(-3)).toEqual([
      'settled {"key":1,"outcome":"connectionLost","sent":true}',
      'settled {"key":2,"outcome":"connectionLost","sent":false}',
      'closed {"why":"peerGone","graceful":true}',
    ]);
    await client.closed;
  });

  it.each([
    ['a kill', (server: ReturnType<typeof readyServer>['server']) => server.kill(), ['killAsked']],
    ['what nobody caught', (server: ReturnType<typeof readyServer>['server']) => server.uncaught(new Error('x')), []],
  ] as const)('tells that the end by %s was not graceful', async (_, end, before) => {
    const { seen, taps } = appTap();
    const { server } = readyServer({ taps, cleanUp: () => {} });
    end(server);
    const { why } = await server.closed;
    expect(seen).toEqual(['cleanUpSet', ...before, `closed {"why":"${why}","graceful":false}`]);
  });

  it.each([
    ['signalled twice', (server: Server) => [server.signalled('SIGTERM'), server.signalled('SIGTERM')]],
    ['closed, and then nobody caught an error,', (server: Server) => [server.close(), server.uncaught(new Error('x'))]],
  ] as const)('tells that no end was graceful that a server came to before its clean-up: %s', async (_, end) => {
    const { seen, taps } = appTap();
    const requests = { 'tools/call': () => new Promise<never>(() => {}) };
    const { server, channel } = readyServer({ taps, cleanUp: () => {}, drainMs: 500, requests });
    channel.tell({ id: 1, method: 'tools/call' });
    end(server);
    await server.closed;
    expect(seen.at(-1)).toMatch(/^closed .*"graceful":false/);
    expect(seen).not.toContain('cleanUpRan');
  });
});

describe('the tap of a session that is asked to end', () => {
  it('tells of a second close as of a kill, once', async () => {
    const { seen, taps } = appTap();
    const { client } = await readyClient({ taps });
    void client.close();
    void client.close();
    await client.close();
    expect(seen.slice(1)).toEqual(['killAsked', 'closed {"why":"asked","graceful":false}']);
  });

  it('tells nothing of a handler that ends after it was aborted', async () => {
    const { seen, taps } = appTap();
    let finish = (): void => {};
    const slow = (): Promise<void> =>
      new Promise((resolve) => {
        finish = resolve;
      });
    const { channel } = readyServer({ taps, requests: { 'tools/call': slow } });
    channel.tell({ id: 1, method: 'tools/call' }, { method: 'notifications/cancelled', params: { requestId: 1 } });
    finish();
    await settled();
    expect(seen).toEqual(['handlerStarted {"key":1,"method":"tools/call"}', 'handlerAborted {"key":1}']);
  });
});

describe('the tap of a channel', () => {
  it('records what crosses it, and passes all on', async () => {
    const seen: WireData[] = [];
    const inner = new ScriptedChannel();
    const connecting = connect(tapChannel(inner, { wire: (data) => void seen.push(data) }), { info: INFO });
    inner.listener.opened();
    inner.listener.garbled('notJson', 'hello', 5);
    inner.tell({ id: 1, result: { ...WELCOME, instructions: 'é' } });
    const client = await connecting;
    expect(seen.map(({ kind }) => kind)).toEqual(['sent', 'garbled', 'received', 'sent']);
    expect(seen[2]?.bytes).toBe(new TextEncoder().encode(JSON.stringify(messageIn(seen[2]))).length);
    await client.close();
    expect(inner.did).toEqual(['open', 'close']);
    await settled();
  });

  it('yields what a recorder keeps', () => {
    const header = {
      trace: 1,
      tool: INFO,
      target: { transport: 'stdio', command: ['x'] },
      revision: null,
      clock: { unit: 'ms', startedAt: '2026-01-01T00:00:00.000Z' },
    } as const;
    const recorder = createRecorder({ header, now: () => 0 });
    const inner = new ScriptedChannel();
    const channel = tapChannel(inner, { wire: (data) => recorder.record('client', { plane: 'wire', ...data }) });
    channel.send({ jsonrpc: '2.0', method: 'x' });
    expect(recorder.trace.events).toEqual([
      { seq: 0, t: 0, at: 'client', plane: 'wire', kind: 'sent', message: { jsonrpc: '2.0', method: 'x' }, bytes: 30 },
    ]);
    expect([channel.queued, channel.highWater]).toEqual([inner.queued, inner.highWater]);
  });
});

function messageIn(data: WireData | undefined): unknown {
  return data !== undefined && 'message' in data ? data.message : undefined;
}

function appTap() {
  const seen: string[] = [];
  const app = (told: AppData): void => {
    seen.push('data' in told ? `${told.kind} ${JSON.stringify(told.data)}` : told.kind);
  };
  return { seen, taps: { app } };
}

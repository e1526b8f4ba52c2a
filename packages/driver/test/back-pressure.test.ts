import type { Params } from '@mcp-lifeline/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TooManyWaitingError } from '../src/errors.ts';
import { virtualClock } from '../src/virtual-clock.ts';
import { readyClient, readyServer, rejection, type ScriptedChannel, settled } from './scripted-channel.ts';

describe('while the peer does not read', () => {
  it('requests and notifications wait, in one order, until there is room', async () => {
    const { client, channel } = await blockedClient();
    void client.request('tools/list');
    const notified = client.notify(ROOTS);
    void client.request('tools/call');
    expect(channel.taken()).toEqual([]);
    drain(channel);
    expect(methodsOf(channel)).toEqual(['tools/list', ROOTS, 'tools/call']);
    await notified;
  });

  it('what is sent later does not overtake what waits', async () => {
    const { client, channel } = await blockedClient();
    void client.request('tools/list');
    channel.queued = 0;
    void client.request('tools/call');
    expect(methodsOf(channel)).toEqual(['tools/list', 'tools/call']);
  });

  it('no more goes out than there is room for', async () => {
    const { client, channel } = await blockedClient();
    for (const name of ['a', 'b', 'c']) void client.request('tools/call', { name });
    channel.send = (message) => {
      channel.sent.push(message);
      channel.queued = channel.highWater;
    };
    drain(channel);
    expect(channel.taken()).toHaveLength(1);
    drain(channel);
    expect(channel.taken()).toHaveLength(1);
  });

  it('what comes in is read all the same, and pings are answered', async () => {
    const { client, channel } = await blockedClient();
    channel.tell({ id: 'p', method: 'ping' });
    expect(channel.taken()).toEqual([{ id: 'p', result: {} }]);
    expect(client.phase).toBe('ready');
  });

  it('one request too many is refused, and those before it stay', async () => {
    const { client, channel } = await blockedClient({ maxWaiting: 2 });
    void client.request('tools/list');
    void client.notify(ROOTS);
    const refused = [client.request('tools/call'), client.notify(ROOTS)];
    for (const error of await Promise.all(refused.map(rejection))) {
      expect(error).toBeInstanceOf(TooManyWaitingError);
      expect(error).toMatchObject({ sent: false });
    }
    drain(channel);
    expect(methodsOf(channel)).toEqual(['tools/list', ROOTS]);
  });

  it('a request that waits times out, as not sent', async () => {
    const clock = virtualClock();
    const { client, channel } = await blockedClient({ clock });
    const call = client.request('tools/call', {}, { timeoutMs: 100 });
    const failed = rejection(call);
    await clock.advance(100);
    expect(await failed).toMatchObject({ code: 'timeout', ms: 100, sent: false });
    drain(channel);
    expect(channel.taken()).toEqual([]);
  });

  it('the time that a request waited counts towards its longest time', async () => {
    const clock = virtualClock();
    const { client, channel } = await blockedClient({ clock });
    const failed = rejection(client.request('tools/call', {}, { timeoutMs: 1_000, maxTotalTimeoutMs: 1_000 }));
    await clock.advance(600);
    drain(channel);
    await clock.advance(400);
    expect(await failed).toMatchObject({ kind: 'maxTotal', sent: true });
  });

  it('a request that waits is cancelled by its signal, as not sent', async () => {
    const { client, channel } = await blockedClient();
    const controller = new AbortController();
    const call = client.request('tools/call', {}, { signal: controller.signal });
    controller.abort();
    expect(await rejection(call)).toMatchObject({ code: 'cancelled', sent: false });
    drain(channel);
    expect(channel.taken()).toEqual([]);
  });

  it.each([
    ['close', 'closed'],
    ['kill', 'closed'],
  ] as const)('what waits settles at once on %s, as not sent', async (how, code) => {
    const { client, channel } = await blockedClient();
    channel.goes = false;
    const waiting = [client.request('tools/call'), client.notify(ROOTS)];
    void client[how]();
    for (const error of await Promise.all(waiting.map(rejection))) expect(error).toMatchObject({ code, sent: false });
    expect(channel.taken()).toEqual([]);
  });

  it('what waits leaves no timer behind', async () => {
    const clock = virtualClock();
    const { client } = await blockedClient({ clock });
    void client.request('tools/call');
    expect(clock.pending).toBeGreaterThan(0);
    await client.close();
    expect(clock.pending).toBe(0);
  });

  it('what waits settles as lost when the peer goes, before the session is closed', async () => {
    const { client, channel } = await blockedClient();
    const order: string[] = [];
    void client.request('tools/call').catch(({ code, sent }) => order.push(`${code} ${sent}`));
    void client.closed.then(() => order.push('closed'));
    channel.listener.gone();
    await settled();
    expect(order).toEqual(['connectionLost false', 'closed']);
  });

  it('an answer goes out, but never before the progress of its own request', async () => {
    const { channel, progress } = serverWithProgress();
    channel.queued = channel.highWater;
    channel.tell(request(1, 'loud'), request(2, 'quiet'));
    await settled();
    expect(channel.taken()).toEqual([{ id: 2, result: {} }]);
    drain(channel);
    await progress;
    expect(channel.taken()).toEqual([
      { method: 'notifications/progress', params: { progressToken: 'loud', progress: 1 } },
      { id: 1, result: {} },
    ]);
  });

  it('and reads nothing at all, writing counts as failed once the reserve for urgent messages is used up', async () => {
    const { client, channel } = await readyClient({ maxQueued: 3 });
    channel.goes = false;
    channel.highWater = 2;
    growing(channel);
    for (const name of ['a', 'b']) void client.request('tools/call', { name });
    const waiting = client.request('tools/list');
    expect(methodsOf(channel)).toEqual(['tools/call', 'tools/call']);
    for (const id of [1, 2, 3, 4]) channel.tell({ id, method: 'ping' });
    expect([client.phase, channel.taken().length]).toEqual(['ready', 4]);
    channel.tell({ id: 5, method: 'ping' });
    expect([client.phase, channel.taken()]).toEqual(['closing', []]);
    expect(await rejection(waiting)).toMatchObject({ code: 'connectionLost', why: 'writeFailed', sent: false });
  });

  it('one long answer alone never counts as too much', async () => {
    const { server, channel } = readyServer({
      maxQueued: 3,
      requests: { 'tools/call': () => ({ text: 'long' }) },
    });
    growing(channel, 1_000);
    channel.tell(request(1, 'x'));
    channel.queued = 2;
    channel.tell(request(2, 'x'));
    expect(channel.taken()).toHaveLength(2);
    expect(server.phase).toBe('ready');
  });
});

describe('whatever a peer reads, and when', () => {
  it('nothing is lost, doubled or reordered', async () => {
    const actions = fc.array(fc.oneof(fc.constantFrom('request', 'notify', 'ping'), fc.nat({ max: 5 })), {
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(actions, fc.integer({ min: 1, max: 4 }), async (list, highWater) => {
        const { client, channel } = await readyClient({ capabilities: CAPABILITIES });
        channel.highWater = highWater;
        growing(channel);
        const expected: string[] = [];
        for (const [index, action] of list.entries()) {
          if (typeof action === 'number') read(channel, action);
          else if (action === 'ping') channel.tell({ id: index, method: 'ping' });
          else {
            expected.push(`${index}`);
            if (action === 'notify') void client.notify(ROOTS, { index });
            else void client.request('tools/call', { index });
          }
        }
        for (let round = 0; round <= list.length; round += 1) read(channel, highWater);
        expect(indexesOf(channel)).toEqual(expected);
        await client.close();
      }),
      { numRuns: 200 },
    );
  });

  it('no answer of a handler overtakes its progress', async () => {
    const actions = fc.array(fc.oneof(fc.constantFrom('call', 'call quietly'), fc.nat({ max: 5 })), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(actions, async (list) => {
        const { server, channel } = serverWithProgress();
        channel.highWater = 2;
        growing(channel);
        let id = 0;
        for (const action of list) {
          if (typeof action !== 'number') id += 1;
          if (typeof action === 'number') read(channel, action);
          else channel.tell(request(id, action === 'call' ? `loud ${id}` : 'quiet'));
          await Promise.resolve();
        }
        await settled();
        for (let round = 0; round <= 2 * list.length; round += 1) read(channel, 2);
        await settled();
        const told = channel.taken() as Params[];
        for (const [at, message] of told.entries()) {
          const token = (message['params'] as Params | undefined)?.['progressToken'];
          if (typeof token !== 'string') continue;
          expect(told.findIndex((other) => `loud ${other['id']}` === token)).toBeGreaterThan(at);
        }
        expect(told.filter((message) => 'id' in message)).toHaveLength(id);
        await server.close();
      }),
      { numRuns: 100 },
    );
  });
});

const ROOTS = 'notifications/roots/list_changed';
const CAPABILITIES = { roots: { listChanged: true } };

async function blockedClient(options: Parameters<typeof readyClient>[0] = {}) {
  const made = await readyClient({ capabilities: CAPABILITIES, ...options });
  made.channel.queued = made.channel.highWater;
  return made;
}

/** A server whose handler tells of progress, without waiting for it, where the peer wants to hear. */
function serverWithProgress() {
  let progress: Promise<void> = Promise.resolve();
  const made = readyServer({
    requests: {
      'tools/call': (_, context) => {
        progress = context.progress(1);
      },
    },
  });
  return { ...made, progress };
}

function request(id: number, token: string): object {
  const params = token.startsWith('loud') ? { _meta: { progressToken: token } } : {};
  return { id, method: 'tools/call', params };
}

/** What is sent is queued from now on, each message as so much. */
function growing(channel: ScriptedChannel, each = 1): void {
  channel.send = (message) => {
    channel.sent.push(message);
    channel.queued += each;
  };
}

/** The peer reads all. */
function drain(channel: ScriptedChannel): void {
  channel.queued = 0;
  channel.listener.drained();
}

/** The peer reads so many messages. */
function read(channel: ScriptedChannel, count: number): void {
  const wasFull = channel.queued >= channel.highWater;
  channel.queued = Math.max(0, channel.queued - count);
  if (wasFull && channel.queued < channel.highWater) channel.listener.drained();
}

function methodsOf(channel: ScriptedChannel): unknown[] {
  return (channel.taken() as Params[]).map(({ method }) => method);
}

function indexesOf(channel: ScriptedChannel): string[] {
  return (channel.taken() as Params[]).flatMap(({ params }) => {
    const index = (params as Params | undefined)?.['index'];
    return index === undefined ? [] : [`${index}`];
  });
}

import { describe, expect, it } from 'vitest';
import { CancelledError, MalformedAnswerError, NotAllowedError, PeerError, TimeoutError } from '../src/errors.ts';
import { LocalProtocolError } from '../src/index.ts';
import { virtualClock } from '../src/virtual-clock.ts';
import { readyClient, rejection, settled } from './scripted-channel.ts';

describe('a request', () => {
  it('resolves with its result', async () => {
    const { client, channel } = await readyClient();
    const call = client.request('tools/call', { name: 'x' });
    expect(channel.taken()).toMatchObject([{ id: 2, method: 'tools/call', params: { name: 'x' } }]);
    channel.tell({ id: 2, result: { content: [] } });
    expect(await call).toEqual({ content: [] });
  });

  it('rejects with the error of the peer', async () => {
    const { client, channel } = await readyClient();
    const call = client.request('tools/call');
    channel.tell({ id: 2, error: { code: -32602, message: 'no such tool', data: { name: 'x' } } });
    const error = await rejection(call);
    expect(error).toBeInstanceOf(PeerError);
    expect(error).toMatchObject({ code: -32602, message: 'no such tool', data: { name: 'x' }, sent: true });
  });

  it('rejects when the answer is none', async () => {
    const { client, channel } = await readyClient();
    const call = client.request('tools/list');
    channel.tell({ id: 2, result: 'yes' });
    expect(await rejection(call)).toBeInstanceOf(MalformedAnswerError);
  });

  it('is not sent when this session does not allow it', async () => {
    const { client, channel } = await readyClient();
    const error = await rejection(client.request('prompts/list'));
    expect(error).toBeInstanceOf(NotAllowedError);
    expect(error).toMatchObject({ sent: false, message: expect.stringContaining('did not declare prompts') });
    expect(channel.taken()).toEqual([]);
  });

  it('rejects misuse, and throws nothing synchronously', async () => {
    const { client } = await readyClient();
    expect(await rejection(client.request('initialize'))).toBeInstanceOf(LocalProtocolError);
    expect(await rejection(client.request('ping', {}, { timeoutMs: -1 }))).toBeInstanceOf(LocalProtocolError);
    expect(await rejection(client.notify('notifications/cancelled'))).toBeInstanceOf(LocalProtocolError);
    expect(client.phase).toBe('ready');
  });

  it('that nobody awaits does not become an unhandled rejection (semantics 6)', async () => {
    const unhandled: unknown[] = [];
    const listen = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', listen);
    try {
      const { client } = await readyClient();
      void client.request('tools/list');
      void client.request('prompts/list');
      void client.request('tools/list', {}, { signal: AbortSignal.abort() });
      void client.notify('notifications/message', {});
      void client.close();
      void client.request('tools/list');
      void client.notify('notifications/roots/list_changed');
      await client.closed;
      await settled();
    } finally {
      process.off('unhandledRejection', listen);
    }
    expect(unhandled).toEqual([]);
  });
});

describe('a notification', () => {
  it('resolves when it was sent', async () => {
    const { client, channel } = await readyClient({ capabilities: { roots: { listChanged: true } } });
    await client.notify('notifications/roots/list_changed');
    expect(channel.taken()).toEqual([{ method: 'notifications/roots/list_changed' }]);
  });

  it('rejects with why this session does not allow it', async () => {
    const { client, channel } = await readyClient();
    const error = await rejection(client.notify('notifications/roots/list_changed'));
    expect(error).toMatchObject({ code: 'notAllowed', detail: expect.stringContaining('did not declare') });
    expect(channel.taken()).toEqual([]);
  });
});

describe('a deadline', () => {
  it('cancels the request before it settles (semantics 2)', async () => {
    const clock = virtualClock();
    const { client, channel } = await readyClient({ clock, requestTimeoutMs: 100 });
    const call = client.request('tools/call');
    channel.taken();
    await clock.advance(99);
    expect(channel.taken()).toEqual([]);
    await clock.advance(1);
    const error = await rejection(call);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ kind: 'timeout', ms: 100, sent: true });
    expect(channel.taken()).toMatchObject([{ method: 'notifications/cancelled', params: { requestId: 2 } }]);
  });

  it('loses against an answer that is under way when its time comes (semantics 3)', async () => {
    const clock = virtualClock();
    const { client, channel } = await readyClient({ clock, requestTimeoutMs: 100 });
    const call = client.request('tools/call');
    queueMicrotask(() => channel.tell({ id: 2, result: { in: 'time' } }));
    await clock.advance(100);
    expect(await call).toEqual({ in: 'time' });
  });

  it('is moved by progress, but for the one that bounds the whole', async () => {
    const clock = virtualClock();
    const { client, channel } = await readyClient({ clock });
    const call = client.request('tools/call', {}, { timeoutMs: 100, maxTotalTimeoutMs: 250 });
    for (const progress of [1, 2]) {
      await clock.advance(90);
      channel.tell({ method: 'notifications/progress', params: { progressToken: 2, progress } });
    }
    await clock.advance(100);
    expect(await rejection(call)).toMatchObject({ kind: 'maxTotal', ms: 250 });
  });

  it('that ran out while it was being disarmed changes nothing (semantics 4)', async () => {
    const expired: (() => void)[] = [];
    const setTimer = (_: number, then: () => void): (() => void) => {
      expired.push(then);
      return () => {};
    };
    const clock = { now: () => 0, setTimer };
    const { client, channel } = await readyClient({ clock });
    const call = client.request('tools/call');
    // What is armed by an expiry would otherwise run in this loop too.
    for (const then of [...expired]) then();
    channel.tell({ id: 2, result: {} });
    expect(await call).toEqual({});
    expect(client.phase).toBe('ready');
  });
});

describe('keepalive', () => {
  it('asks when a byte last came in, also one that completed no message (semantics 5)', async () => {
    const clock = virtualClock();
    const { channel } = await readyClient({ clock, keepaliveMs: 100 });
    await clock.advance(60);
    channel.listener.heard();
    await clock.advance(60);
    expect(channel.taken()).toEqual([]);
    await clock.advance(40);
    expect(channel.taken()).toMatchObject([{ method: 'ping' }]);
  });
});

describe('cancelling by a signal', () => {
  it('tells the peer why, and rejects', async () => {
    const { client, channel } = await readyClient();
    const controller = new AbortController();
    const call = client.request('tools/call', {}, { signal: controller.signal });
    channel.taken();
    controller.abort('too slow');
    expect(channel.taken()).toEqual([
      { method: 'notifications/cancelled', params: { requestId: 2, reason: 'too slow' } },
    ]);
    const error = await rejection(call);
    expect(error).toBeInstanceOf(CancelledError);
    expect(error).toMatchObject({ sent: true });
  });

  it('tells no reason where none was given', async () => {
    const { client, channel } = await readyClient();
    const controller = new AbortController();
    void client.request('tools/call', {}, { signal: controller.signal });
    channel.taken();
    controller.abort();
    expect(channel.taken()).toEqual([{ method: 'notifications/cancelled', params: { requestId: 2 } }]);
  });

  it('sends nothing when it had fired before', async () => {
    const { client, channel } = await readyClient();
    const error = await rejection(client.request('tools/call', {}, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ code: 'cancelled', sent: false });
    expect(channel.taken()).toEqual([]);
  });

  it('is without effect after the answer, and nothing holds on to the signal (semantics 8)', async () => {
    const { client, channel } = await readyClient();
    const signal = new CountedSignal();
    const call = client.request('tools/call', {}, { signal: signal.signal });
    expect(signal.listeners).toBe(1);
    channel.tell({ id: 2, result: { done: true } });
    channel.taken();
    expect(signal.listeners).toBe(0);
    signal.abort();
    expect(await call).toEqual({ done: true });
    expect(channel.taken()).toEqual([]);
  });

  it('drops the answer that comes after it, without a report (semantics 7, 8)', async () => {
    const reports: unknown[] = [];
    const { client, channel } = await readyClient({ onReport: (fault) => reports.push(fault) });
    const controller = new AbortController();
    const call = client.request('tools/call', {}, { signal: controller.signal });
    controller.abort();
    channel.tell({ id: 2, result: {} });
    expect(await rejection(call)).toBeInstanceOf(CancelledError);
    expect(reports).toEqual([]);
  });
});

describe('progress of a request', () => {
  it('is delivered in order before the result, by the time the call returns (semantics 10)', async () => {
    const { client, channel } = await readyClient();
    const told: string[] = [];
    const call = client.request('tools/call', {}, { onProgress: ({ progress }) => void told.push(`${progress}`) });
    void call.then(() => told.push('result'));
    channel.tell(
      { method: 'notifications/progress', params: { progressToken: 2, progress: 1 } },
      { method: 'notifications/progress', params: { progressToken: 2, progress: 2, total: 2, message: 'done' } },
      { id: 2, result: {} },
    );
    expect(told).toEqual(['1', '2']);
    await call;
    expect(told).toEqual(['1', '2', 'result']);
  });

  it('is reported when its callback fails, and the request goes on', async () => {
    const reports: string[] = [];
    const { client, channel } = await readyClient({ onReport: ({ got }) => void reports.push(got) });
    const onProgress = (): void => {
      throw new Error('broken');
    };
    const call = client.request('tools/call', {}, { onProgress });
    channel.tell(
      { method: 'notifications/progress', params: { progressToken: 2, progress: 1 } },
      { id: 2, result: {} },
    );
    expect(await call).toEqual({});
    expect(reports).toEqual(['onProgress of tools/call failed: broken']);
  });
});

describe('what cannot be written', () => {
  it('rejects its request, tells the peer nothing of it, and leaves the session as it is', async () => {
    const { client, channel } = await readyClient();
    channel.refuses = (message) => JSON.stringify(message).includes('cyclic');
    const error = await rejection(client.request('tools/call', { name: 'cyclic' }));
    expect(error).toMatchObject({ code: 'unsendable', sent: false, cause: new TypeError('no JSON text') });
    expect(channel.taken()).toEqual([]);
    const next = client.request('tools/list');
    channel.tell({ id: 3, result: { tools: [] } });
    expect(await next).toEqual({ tools: [] });
  });

  it('rejects its notification', async () => {
    const { client, channel } = await readyClient({ capabilities: { roots: { listChanged: true } } });
    channel.refuses = () => true;
    const error = await rejection(client.notify('notifications/roots/list_changed', { a: 'cyclic' }));
    expect(error).toMatchObject({ code: 'unsendable' });
    expect(client.phase).toBe('ready');
  });

  it('means that writing has failed when it is a word of the session itself', async () => {
    const { client, channel } = await readyClient();
    const controller = new AbortController();
    void client.request('tools/call', {}, { signal: controller.signal });
    channel.refuses = () => true;
    controller.abort();
    expect(client.phase).toBe('closing');
  });
});

/** A signal that counts who listens to it. */
class CountedSignal {
  readonly #controller = new AbortController();
  listeners = 0;

  get signal(): AbortSignal {
    const { signal } = this.#controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      this.listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      this.listeners -= 1;
      remove(...args);
    };
    return signal;
  }

  abort(): void {
    this.#controller.abort();
  }
}

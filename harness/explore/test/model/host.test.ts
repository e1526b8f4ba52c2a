import type { Effect, Input } from '@mcp-lifeline/core';
import { describe, expect, test } from 'vitest';
import { type Folded, fold, type Host, newHost } from '../../src/model/host.ts';

const MANNERS = { keepsAborted: false, afterEnd: false };

describe('a host', () => {
  test('writes while its channel is open, and nothing behind its close', () => {
    const effects: Effect[] = [send('one'), { type: 'closeChannel', mode: 'graceful' }, send('two')];
    const { written, commands, host } = after(openClient(), { type: 'close', now: 0 }, effects);
    expect(written).toEqual([{ method: 'one' }]);
    expect([commands, host.link]).toEqual([[{ type: 'close', from: 'open' }], 'ending']);
  });

  test('writes nothing once writing has failed', () => {
    const broken = after(openClient(), { type: 'writeFailed', now: 0 }, []).host;
    expect(after(broken, { type: 'close', now: 0 }, [send('one')]).written).toEqual([]);
  });

  test('knows the timers that were asked for, and whether the core would know them again', () => {
    const arm = (name: 'keepalive' | 'calls', generation: number): Effect => ({ type: 'arm', name, generation, at: 1 });
    const { host } = after(openClient(), { type: 'opened', now: 0 }, [arm('keepalive', 3), arm('calls', 0)]);
    expect(host.timers).toEqual({ calls: 'unknown', keepalive: 'known' });
    const elapsed = { type: 'elapsed', name: 'calls', generation: 0, heard: 0, now: 0 } as const;
    expect(after(host, elapsed, [{ type: 'disarm', name: 'keepalive' }]).host.timers).toEqual({});
  });

  test('notes that something was heard since keepalive was armed, and only then', () => {
    const armed: Effect[] = [{ type: 'arm', name: 'keepalive', generation: 3, at: 1 }];
    const received = { type: 'received', json: {}, now: 0 } as const;
    expect(after(openClient(), received, []).host.hasHeard).toBe(false);
    const watching = after(openClient(), received, armed).host;
    expect(watching.hasHeard).toBe(false);
    const heard = after(watching, received, []).host;
    expect([heard.hasHeard, after(heard, received, armed).host.hasHeard]).toEqual([true, false]);
  });

  test('waits for each call until it settles, also in its own step', () => {
    const call = { type: 'call', key: 4, method: 'x', now: 0 } as const;
    const settle: Effect = { type: 'settle', key: 4, outcome: { ok: true, result: {} } };
    expect(after(openClient(), call, []).host.calls).toEqual([4]);
    expect(after(openClient(), call, [settle]).host.calls).toEqual([]);
  });

  test('drops what was aborted, or keeps it where its application may not notice', () => {
    const item = { kind: 'request', key: 1, method: 'x', revision: '2025-11-25', wantsProgress: true } as const;
    const deliver: Effect = { type: 'deliver', item };
    const effects: Effect[] = [deliver, { type: 'abort', key: 1 }];
    const received = { type: 'received', json: {}, now: 0 } as const;
    expect(after(openClient(), received, [deliver]).host.handlers).toMatchObject([{ handle: 1, wantsProgress: true }]);
    expect(after(openClient(), received, effects).host.handlers).toEqual([]);
    const kept = fold(openClient(), { input: received, effects }, { ...MANNERS, keepsAborted: true }).host.handlers;
    expect(kept).toMatchObject([{ handle: 1, isAborted: true }]);
  });

  test('that was told of the end asks for nothing more, but signals still come', () => {
    const before = { ...openClient(), left: { closes: 1, signals: 1 } };
    const closed: Effect[] = [{ type: 'phase', phase: 'closed', why: 'asked' }];
    const input = { type: 'kill', now: 0 } as const;
    expect(after(before, input, closed).host.left).toEqual({ signals: 1 });
    expect(fold(before, { input, effects: closed }, { ...MANNERS, afterEnd: true }).host.left).toEqual(before.left);
  });

  test('that closes while its channel opens has nothing to wait for', () => {
    const opening = after(newHost('client', {}), { type: 'start', now: 0 }, [{ type: 'openChannel' }]);
    expect([opening.host.link, opening.commands]).toEqual(['opening', [{ type: 'open', from: 'none' }]]);
    const closing = after(opening.host, { type: 'close', now: 0 }, [{ type: 'closeChannel', mode: 'graceful' }]);
    expect([closing.host.isForced, closing.commands]).toEqual([true, [{ type: 'close', from: 'opening' }]]);
  });
});

function openClient(): Host {
  return { ...newHost('client', {}), link: 'open' };
}

function after(host: Host, input: Input, effects: readonly Effect[]): Folded {
  return fold(host, { input, effects }, MANNERS);
}

function send(method: string): Effect {
  return { type: 'send', message: { method }, urgent: false };
}

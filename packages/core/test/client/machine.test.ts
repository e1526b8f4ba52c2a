import { describe, expect, test } from 'vitest';
import { CLIENT_DEFAULTS, type Effect, type Input, open, type State, step } from '../../src/index.ts';
import { save } from '../../src/saving.ts';
import { CLIENT_INPUTS, live, nameEffect, pathOf } from '../session/machine-drive.ts';

const INFO = { name: 'client', version: '1' };
const KEEPALIVE_MS = 30_000;
const HANDSHAKE = ['start', 'opened', 'initialize answered'] as const;

describe('the handshake', () => {
  test('offers the newest revision of ours, with our capabilities and name (lifecycle/version-offer-latest)', () => {
    const [first] = open({ ...CLIENT_DEFAULTS, info: INFO, capabilities: { roots: {} } }, 0);
    expect(live(first, CLIENT_INPUTS, 'start', 'opened').effects[0]).toEqual({
      type: 'send',
      message: {
        jsonrpc: '2.0',
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-11-25', capabilities: { roots: {} }, clientInfo: INFO },
      },
      urgent: true,
    });
  });

  test('hears out a server that left before it could be written to: its last words tell best why', () => {
    const left = live(openClient(), CLIENT_INPUTS, 'start', 'opened', 'writeFailed');
    expect(pathOf(left.after)).toBe('hearingOut');
    const said = live(left.after, CLIENT_INPUTS, 'no JSON heard');
    expect(said.effects.map(nameEffect)).toEqual(['report garbled']);
    const over = live(said.after, CLIENT_INPUTS, 'initialize refused', 'gone');
    expect(over.effects.map(nameEffect)).toContain('phase closed writeFailed');
  });

  test('an answer that comes while it hears a server out makes no session of it', () => {
    const { after } = live(openClient(), CLIENT_INPUTS, 'start', 'opened', 'writeFailed', 'initialize answered');
    expect(pathOf(after)).toBe('hearingOut');
  });
});

describe('keepalive', () => {
  test('looks again one interval after the last byte, not after the look', () => {
    const { after: state } = live(openClient(), CLIENT_INPUTS, ...HANDSHAKE);
    const at = save(state).timers.keepalive?.at ?? 0;
    expect(at).toBe(KEEPALIVE_MS);
    const [, effects] = expire(state, 'keepalive', { heard: 7_000, now: at + 5 });
    expect(effects).toMatchObject([{ type: 'arm', name: 'keepalive', at: KEEPALIVE_MS + 7_000 }]);
  });

  test('does not ping a server that works on a call, and looks again after a whole interval', () => {
    const { after: state } = live(openClient(), CLIENT_INPUTS, ...HANDSHAKE);
    const [busy, effects] = expire(call(state), 'keepalive', { heard: 0, now: KEEPALIVE_MS });
    expect(effects).toMatchObject([{ type: 'arm', name: 'keepalive', at: 2 * KEEPALIVE_MS }]);
    expect(pathOf(busy)).toBe('ready.quiet');
  });

  test('a pong that is late while the server works on a call is no miss', () => {
    const pinging = live(openClient(), CLIENT_INPUTS, ...HANDSHAKE, 'keepalive elapsed quiet', 'pong elapsed').after;
    const [busy, effects] = step(call(pinging), CLIENT_INPUTS['pong elapsed'](save(call(pinging))));
    expect([pathOf(busy), effects.map(nameEffect)]).toEqual(['ready.quiet', ['arm keepalive']]);
    expect(save(busy).machine.context.misses).toBe(1);
  });

  test('a pong that comes after it was given up is no fault', () => {
    const pinging = live(openClient(), CLIENT_INPUTS, ...HANDSHAKE, 'keepalive elapsed quiet').after;
    const late = CLIENT_INPUTS['pong heard'](save(pinging));
    const quiet = live(pinging, CLIENT_INPUTS, 'something heard').after;
    expect(step(quiet, late)[1]).toEqual([]);
  });
});

describe('once writing has failed', () => {
  test('the handlers are aborted, since no answer of theirs could be sent', () => {
    const ready = live(openClient(), CLIENT_INPUTS, ...HANDSHAKE).after;
    const asked = { jsonrpc: '2.0', id: 1, method: 'custom/ask' };
    const [working, [delivered]] = step(ready, { type: 'received', json: asked, now: 0 });
    expect(delivered).toMatchObject({ type: 'deliver', item: { kind: 'request', key: 1 } });
    const { after, effects } = live(working, CLIENT_INPUTS, 'writeFailed');
    expect(effects).toContainEqual({ type: 'abort', key: 1 });
    expect(step(after, { type: 'answer', key: 1, answer: { result: {} }, now: 0 })[1]).toEqual([]);
  });

  test('the calls wait for the end of what comes in, and are lost with the connection', () => {
    const ready = live(openClient(), CLIENT_INPUTS, ...HANDSHAKE).after;
    const { after, effects } = live(call(ready), CLIENT_INPUTS, 'writeFailed');
    expect(effects.map(nameEffect)).toEqual(['disarm keepalive', 'arm hearOut', 'phase closing writeFailed']);
    expect(live(after, CLIENT_INPUTS, 'ended').effects).toContainEqual({
      type: 'settle',
      key: 1,
      outcome: { ok: false, kind: 'connectionLost', sent: true },
    });
  });
});

describe('closing', () => {
  test('settles what is open, in the order of sending, before the channel closes and the phase is told', () => {
    const ready = live(openClient(), CLIENT_INPUTS, ...HANDSHAKE).after;
    const { effects } = live(call(call(ready, 1), 2), CLIENT_INPUTS, 'close');
    expect(effects.map(nameEffect)).toEqual([
      'disarm keepalive',
      'settle 1 closed',
      'settle 2 closed',
      'disarm calls',
      'arm closing',
      'closeChannel graceful',
      'phase closing asked',
    ]);
  });

  test('while the handshake is pending cancels nothing and confirms no late answer (cancellation/not-initialize)', () => {
    const closing = live(openClient(), CLIENT_INPUTS, 'start', 'opened', 'close');
    expect(closing.effects.filter(({ type }) => type === 'send')).toEqual([]);
    expect(live(closing.after, CLIENT_INPUTS, 'initialize answered').effects).toEqual([]);
  });
});

function openClient(): State {
  return open({ ...CLIENT_DEFAULTS, info: INFO, keepaliveMs: KEEPALIVE_MS }, 0)[0];
}

function call(state: State, key = 1): State {
  return step(state, { type: 'call', key, method: 'custom/work', now: save(state).now })[0];
}

function expire(
  state: State,
  name: 'keepalive' | 'pong',
  when: { readonly heard: number; readonly now: number },
): readonly [State, readonly Effect[]] {
  const generation = save(state).timers[name]?.generation ?? -1;
  return step(state, { type: 'elapsed', name, generation, ...when } satisfies Input);
}

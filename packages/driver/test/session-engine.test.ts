import type { Effect, Input } from '@mcp-lifeline/core';
import { describe, expect, it } from 'vitest';
import { SessionEngine } from '../src/session-engine.ts';
import { virtualClock } from '../src/virtual-clock.ts';
import { ScriptedChannel } from './scripted-channel.ts';

describe('a session and its channel', () => {
  it('feeds nothing that comes after the channel has gone (semantics 21)', () => {
    const { inputs, channel } = scripted({});
    const { listener } = channel;
    listener.gone('first');
    listener.opened();
    listener.received({});
    listener.garbled('notJson', '', 0);
    listener.ended();
    listener.writeFailed();
    listener.gone('second');
    expect(inputs()).toEqual(['gone']);
  });

  it('hands nothing to a channel that has gone', () => {
    const { engine, channel } = scripted({ kill: [SEND, { type: 'closeChannel', mode: 'now' }] });
    channel.listener.gone();
    void engine.kill();
    expect([channel.sent, channel.did]).toEqual([[], ['open']]);
  });

  it('hands on what the channel tells of in the order in which it tells', () => {
    const { inputs, channel } = scripted({});
    const { listener } = channel;
    listener.opened();
    listener.received(1);
    listener.garbled('cutOff', '{', 1);
    listener.ended();
    listener.gone();
    expect(inputs()).toEqual(['opened', 'received', 'garbled', 'ended', 'gone']);
  });

  it('sends nothing more once writing has failed, and tells the core once', () => {
    const { inputs, channel } = scripted({ received: [SEND] });
    channel.listener.writeFailed();
    channel.listener.writeFailed();
    channel.listener.received(1);
    expect([inputs(), channel.sent]).toEqual([['writeFailed', 'received'], []]);
  });

  it('closes no channel that was never opened', () => {
    const channel = new ScriptedChannel();
    const core = { ...coreOf({ kill: [{ type: 'closeChannel', mode: 'now' }] }), open: () => [[], []] as const };
    void new SessionEngine(core, channel, OPTIONS).kill();
    expect(channel.did).toEqual([]);
  });
});

describe('the timers of a session', () => {
  it('are one under each name: the newest', async () => {
    const { inputs, channel, clock } = scripted({
      opened: [
        { type: 'arm', name: 'pong', generation: 1, at: 10 },
        { type: 'arm', name: 'pong', generation: 2, at: 20 },
        { type: 'arm', name: 'calls', generation: 3, at: 30 },
        { type: 'disarm', name: 'calls' },
      ],
    });
    channel.listener.opened();
    expect(clock.pending).toBe(1);
    await clock.advance(50);
    expect(inputs()).toEqual(['opened', 'elapsed pong 2']);
  });
});

describe('what an application gave', () => {
  it('stops nothing when it throws, and is reported', () => {
    const reports: string[] = [];
    const { channel } = scripted(
      { opened: [{ type: 'phase', phase: 'ready' }, SEND] },
      {
        onPhase: () => {
          throw new Error('broken');
        },
        onReport: ({ got }) => void reports.push(got),
      },
    );
    channel.listener.opened();
    expect(reports).toEqual(['what phase calls failed: broken']);
    expect(channel.sent).toHaveLength(1);
  });

  it('is reported when the core itself throws, and the next input is stepped', () => {
    const reports: string[] = [];
    const { channel } = scripted(
      { opened: 'throws', ended: [SEND] },
      { onReport: ({ got }) => void reports.push(got) },
    );
    channel.listener.opened();
    channel.listener.ended();
    expect(reports).toEqual(['the step for opened failed: no such step']);
    expect(channel.sent).toHaveLength(1);
  });
});

const SEND: Effect = { type: 'send', message: { jsonrpc: '2.0', method: 'x' }, urgent: true };
const OPTIONS = { role: 'client', requestTimeoutMs: 1_000, maxTotalTimeoutMs: 1_000 } as const;

type Script = { readonly [T in Input['type']]?: readonly Effect[] | 'throws' };

/** A core whose state is the list of its inputs, and whose effects are in the script. */
function coreOf(script: Script, seen: string[] = []) {
  const open: Effect = { type: 'openChannel' };
  return {
    open: (): readonly [readonly string[], readonly Effect[]] => [[], [open]],
    step(state: readonly string[], input: Input): readonly [readonly string[], readonly Effect[]] {
      const effects = script[input.type] ?? [];
      if (effects === 'throws') throw new Error('no such step');
      const name = input.type === 'elapsed' ? `elapsed ${input.name} ${input.generation}` : input.type;
      seen.push(name);
      return [[...state, name], effects];
    },
    peer: () => null,
  };
}

function scripted(script: Script, options: Partial<ConstructorParameters<typeof SessionEngine>[2]> = {}) {
  const seen: string[] = [];
  const channel = new ScriptedChannel();
  const clock = virtualClock();
  const engine = new SessionEngine(coreOf(script, seen), channel, { ...OPTIONS, clock, ...options });
  return { engine, channel, clock, inputs: () => seen };
}

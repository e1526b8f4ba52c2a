import type { Effect } from '@mcp-lifeline/core';
import { describe, expect, it } from 'vitest';
import { type LoopHost, type Queued, SessionLoop } from '../src/session-loop.ts';

describe('the loop (semantics 1)', () => {
  it('does all effects of an input before it steps the next, which came up inside them', () => {
    const { loop, log, onEffect } = scripted({ start: ['a1', 'a2'], close: ['b1'] });
    onEffect('a1', () => loop.feed(input('close')));
    loop.feed(input('start'));
    expect(log).toEqual(['step start', 'do a1', 'do a2', 'step close', 'do b1', 'rest']);
  });

  it('keeps the order of what came up inside one effect', () => {
    const { loop, log, onEffect } = scripted({ start: ['a1'] });
    onEffect('a1', () => {
      loop.feed(input('opened'));
      loop.feed(input('ended'));
    });
    loop.feed(input('start'));
    expect(log).toEqual(['step start', 'do a1', 'step opened', 'step ended', 'rest']);
  });

  it('commits the state before the effects of its step', () => {
    const { loop, onEffect } = scripted({ start: ['a1'] });
    let seen: readonly string[] = [];
    onEffect('a1', () => {
      seen = loop.state;
    });
    loop.feed(input('start'));
    expect(seen).toEqual(['start']);
  });

  it('goes on with the list when an effect throws, and hands the error back', () => {
    const { loop, log, onEffect } = scripted({ start: ['a1', 'a2'] });
    onEffect('a1', () => {
      throw new Error('broken');
    });
    loop.feed(input('start'));
    expect(log).toEqual(['step start', 'do a1', 'a1 failed: broken', 'do a2', 'rest']);
  });

  it('keeps the state when a step throws, hands the error back, and steps the next', () => {
    const { loop, log, onEffect } = scripted({ start: ['a1'], kill: 'throws' });
    onEffect('a1', () => {
      loop.feed(input('kill'));
      loop.feed(input('close'));
    });
    loop.feed(input('start'));
    expect(log).toEqual(['step start', 'do a1', 'step kill', 'kill failed: no such step', 'step close', 'rest']);
    expect(loop.state).toEqual(['start', 'close']);
  });

  it('asks for what waited only when its queue is empty, and steps it before it rests', () => {
    const { loop, log, waiting } = scripted({ start: ['a1'] });
    waiting.push(input('opened'), input('ended'));
    loop.feed(input('start'));
    expect(log).toEqual(['step start', 'do a1', 'step opened', 'step ended', 'rest']);
  });

  it('does not ask again whether what waited is admitted: its host has just said so', () => {
    const { loop, log, waiting } = scripted({}, (type) => type !== 'opened');
    waiting.push(input('opened'));
    loop.poke();
    expect(log).toEqual(['step opened', 'rest']);
  });

  it('drops what its host does not admit', () => {
    const { loop, log } = scripted({}, (type) => type !== 'kill');
    loop.feed(input('kill'));
    expect(log).toEqual(['rest']);
  });

  it('does the first effects of a session before an input that came up inside them', () => {
    const { loop, log, onEffect } = scripted({});
    onEffect('a1', () => loop.feed(input('start')));
    loop.begin([named('a1'), named('a2')]);
    expect(log).toEqual(['do a1', 'do a2', 'step start', 'rest']);
  });

  it('is not entered a second time by a poke from inside an effect', () => {
    const { loop, log, onEffect, waiting } = scripted({ start: ['a1', 'a2'] });
    onEffect('a1', () => {
      waiting.push(input('opened'));
      loop.poke();
    });
    loop.feed(input('start'));
    expect(log).toEqual(['step start', 'do a1', 'do a2', 'step opened', 'rest']);
  });
});

type Plain = 'start' | 'opened' | 'ended' | 'close' | 'kill';

function input(type: Plain): Queued {
  return { type, now: 0 };
}

/** An effect that is only a name. */
function named(name: string): Effect {
  return { type: 'settle', key: 0, outcome: { ok: false, kind: 'refused', sent: false, detail: name } };
}

function nameOf(effect: Effect): string {
  return effect.type === 'settle' && !effect.outcome.ok && 'detail' in effect.outcome
    ? (effect.outcome.detail ?? '')
    : '';
}

/** A loop over a core whose state is the list of its inputs, and whose effects are in the script. */
function scripted(
  script: { readonly [T in Plain]?: readonly string[] | 'throws' },
  admits: (type: string) => boolean = () => true,
) {
  const log: string[] = [];
  const callbacks = new Map<string, () => void>();
  const waiting: Queued[] = [];
  const host: LoopHost = {
    admits: ({ type }) => admits(type),
    next: () => waiting.shift(),
    stepped: () => {},
    perform(effect) {
      log.push(`do ${nameOf(effect)}`);
      callbacks.get(nameOf(effect))?.();
    },
    effectFailed: (effect, _, error) => log.push(`${nameOf(effect)} failed: ${(error as Error).message}`),
    stepFailed: ({ type }, error) => log.push(`${type} failed: ${(error as Error).message}`),
    rested: () => log.push('rest'),
  };
  const step = (state: readonly string[], { type }: Queued): readonly [readonly string[], readonly Effect[]] => {
    log.push(`step ${type}`);
    const effects = script[type as Plain] ?? [];
    if (effects === 'throws') throw new Error('no such step');
    return [[...state, type], effects.map(named)];
  };
  const loop = new SessionLoop({ step: (state, next) => step(state, next as Queued) }, host, [] as readonly string[]);
  return { loop, log, waiting, onEffect: (name: string, callback: () => void) => callbacks.set(name, callback) };
}

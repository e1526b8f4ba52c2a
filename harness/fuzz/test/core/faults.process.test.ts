import type { Effect, Input, Params } from '@mcp-lifeline/core';
import { type Core, clientMachine, coreOn, processMachine, serverMachine } from '@mcp-lifeline/core/machines';
import { describe, expect, test } from 'vitest';
import { fuzzCore, OURS, runCase } from '../../src/core/index.ts';
import { restoring, withEffects, withInputs, without } from './tampering.ts';

const SEED = 1;
/** Far more than any of these needs: most fall within a few thousand. */
const STEPS = 100_000;

/** A core that differs from ours in one thing. */
const FAULTS: Readonly<Record<string, Core>> = {
  'settles a call twice': withEffects((effects) => effects.flatMap(settledTwice)),
  'settles no call when it closes': without((effect) => isSettledAs(effect, 'closed')),
  'loses progress': without((effect) => isDelivered(effect, 'progress')),
  'loses a notification': without((effect) => isDelivered(effect, 'notification')),
  'delivers backwards': withEffects((effects) => effects.toReversed()),
  'hands on a copy of a result': withEffects((effects) => effects.map(copied)),
  'tells nobody that a call is given up': without((effect) => isSent(effect, 'notifications/cancelled')),
  'leaves a handler running': without(({ type }) => type === 'abort'),
  'takes "7" for 7': withInputs(byValue),
  'loses a member of a batch': withEffects((effects) => effects.map(shortened)),
  'cleans up for each signal': withEffects((effects, { type }) =>
    type === 'signalled' ? [...effects, CLEAN_UP] : effects,
  ),
  'never exits': without(({ type }) => type === 'exit'),
  'disarms no timer': without(({ type }) => type === 'disarm'),
  'answers a stale expiry': withEffects((effects, { type }) => (type === 'elapsed' ? [...effects, DISARM] : effects)),
  'throws at a name': withInputs(throwing),
  'lets misuse pass': withInputs(unmisused),
  'lets calls pass where answers have to': withEffects((effects) => effects.map(urgent)),
  'blames an honest peer': withEffects((effects, { type }) => (type === 'received' ? [...effects, BLAME] : effects)),
  'restores no timer of keepalive': restoring(({ timers: { keepalive: _, ...timers } }) => ({ timers })),
  'restores no request of the peer': restoring(() => ({ peers: [], peerKeys: [], batches: [] })),
  'restores on no other clock': { ...OURS, restore: (saved) => OURS.restore(saved, saved.now) },
  'waits for ever for a silent server': coreOn({
    client: clientMachine.provide({ guards: { isLastMiss: () => false } }),
  }),
  'pings a busy client': coreOn({ server: serverMachine.provide({ guards: { isQuiet: () => true } }) }),
  'takes each close for the first': coreOn({ client: clientMachine.provide({ guards: { isFirstClose: () => true } }) }),
  'takes each signal for the first': coreOn({
    server: serverMachine.provide({ guards: { isFirstSignal: () => true } }),
  }),
  'gives no handler its time': coreOn({ server: serverMachine.provide({ guards: { drains: () => false } }) }),
  'reaps a process whose group lives': coreOn({
    process: processMachine.provide({ guards: { groupIsGone: () => true } }),
  }),
};

describe('a core that', () => {
  test.each(Object.entries(FAULTS))('%s is found out, by a short case', (_, faulty) => {
    const failure = fuzzCore(faulty, { seed: SEED, steps: STEPS, judgedIn: 0 });
    if (failure === null) throw new Error(`${STEPS} steps found nothing wrong`);
    expect(failure.case.moves.length).toBeLessThanOrEqual(12);
    // What is written down fails by itself, and only on this core.
    expect(runCase(faulty, failure.case).wrong).toBe(failure.what);
    expect(runCase(OURS, failure.case).wrong).toBe(null);
  });
});

const CLEAN_UP: Effect = { type: 'cleanUp', why: 'signal' };
const DISARM: Effect = { type: 'disarm', name: 'slowStart' };
const BLAME: Effect = {
  type: 'report',
  fault: { blame: 'peer', code: 'unknownAnswer', state: 'ready', expected: 'nothing', got: 'something' },
};

function settledTwice(effect: Effect): readonly Effect[] {
  return effect.type === 'settle' ? [effect, effect] : [effect];
}

function isSettledAs(effect: Effect, kind: string): boolean {
  return effect.type === 'settle' && !effect.outcome.ok && effect.outcome.kind === kind;
}

function isDelivered(effect: Effect, kind: string): boolean {
  return effect.type === 'deliver' && effect.item.kind === kind;
}

function isSent(effect: Effect, method: string): boolean {
  return effect.type === 'send' && (effect.message as Params)['method'] === method;
}

function copied(effect: Effect): Effect {
  if (effect.type !== 'settle' || !effect.outcome.ok) return effect;
  return { ...effect, outcome: { ok: true, result: { ...effect.outcome.result } } };
}

function shortened(effect: Effect): Effect {
  if (effect.type !== 'send' || !Array.isArray(effect.message) || effect.message.length < 2) return effect;
  return { ...effect, message: effect.message.slice(1) };
}

function byValue(input: Input): Input {
  if (input.type !== 'received') return input;
  const { id, result } = (input.json ?? {}) as { readonly id?: unknown; readonly result?: unknown };
  if (typeof id !== 'string' || result === undefined || !/^[0-9]+$/.test(id)) return input;
  return { ...input, json: { ...(input.json as object), id: Number(id) } };
}

function throwing(input: Input): Input {
  const { method } = ((input.type === 'received' ? input.json : null) ?? {}) as { readonly method?: unknown };
  if (method === 'toString') throw new TypeError('not a method');
  return input;
}

/** What an application may not do counts as done. */
function unmisused(input: Input): Input {
  return input.type === 'notify' && input.method === 'notifications/cancelled' ? { ...input, method: 'x/told' } : input;
}

function urgent(effect: Effect): Effect {
  return effect.type === 'send' ? { ...effect, urgent: true } : effect;
}

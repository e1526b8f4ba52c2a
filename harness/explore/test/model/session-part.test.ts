import { CLIENT_DEFAULTS, type ClientConfig } from '@mcp-lifeline/core';
import { describe, expect, test } from 'vitest';
import { type CoreUnderTest, ours } from '../../src/core-under-test.ts';
import type { Happening } from '../../src/model/happening.ts';
import { SessionPart } from '../../src/model/session-part.ts';
import { wireId } from '../../src/model/wire-ids.ts';

const CONFIG: ClientConfig = { ...CLIENT_DEFAULTS, info: { name: 'client', version: '1' } };

describe('a core in the model', () => {
  test('steps once for each thing that can happen in a state, whoever asks', () => {
    const { part, at, steps } = counted();
    const start = part.happening({ type: 'start' });
    expect(part.step(at, start, NOTHING_IN_USE)).toBe(part.step(at, start, NOTHING_IN_USE));
    expect(steps.filter((type) => type === 'start')).toHaveLength(1);
  });

  test('names its requests by the smallest slots that are free, and keeps these names', () => {
    const { part, ready } = readyPart();
    const call = part.happening({ type: 'call', key: 5, method: 'tools/call' });
    const step = part.step(ready, call, { slots: () => 0b1_0110, handles: () => 0 });
    const [sent] = part.deeds.at(step.deed).effects;
    expect(sent).toMatchObject({ type: 'send', message: { id: wireId('client', 3) } });
    expect(part.locals.at(step.after)).toMatchObject({ names: { ids: [3] }, slots: { client: 1 << 3, server: 0 } });
    // An answer finds it by that name, and another finds nothing.
    const answered = part.step(step.after, part.happening(answer(wireId('client', 3))), NOTHING_IN_USE);
    expect(typesIn(part, answered.deed)).toEqual(['settle']);
    const other = part.step(step.after, part.happening(answer(wireId('client', 4))), NOTHING_IN_USE);
    expect(typesIn(part, other.deed)).toEqual(['report']);
  });

  test('is in the same state again when all is as before, however many requests went by', () => {
    const { part, ready } = readyPart();
    const call = part.happening({ type: 'call', key: 1, method: 'ping' });
    const called = part.step(ready, call, NOTHING_IN_USE).after;
    const once = part.step(called, part.happening(answer(wireId('client', 1))), NOTHING_IN_USE).after;
    const again = part.step(once, call, NOTHING_IN_USE).after;
    const twice = part.step(again, part.happening(answer(wireId('client', 1))), NOTHING_IN_USE).after;
    // The first of them alone arms the timer that looks at deadlines.
    expect([again === called, twice === once]).toEqual([false, true]);
  });

  test('is not taken for another that abstract tells alike though it is not', () => {
    const blind: CoreUnderTest = { ...ours, abstract: () => ({ path: 'idle' }) };
    const part = new SessionPart(blind, CONFIG, 'slots');
    const start = part.happening({ type: 'start' });
    expect(() => part.step(part.open(), start, NOTHING_IN_USE)).toThrow('abstract tells these alike');
  });

  test('semantics 4: must not feel an expiry that is stale', () => {
    const felt: CoreUnderTest = {
      ...ours,
      step: (state, input) => {
        const { timers } = ours.save(state);
        const generation = input.type === 'elapsed' ? timers[input.name]?.generation : undefined;
        return ours.step(state, generation === undefined ? input : ({ ...input, generation } as typeof input));
      },
    };
    const part = new SessionPart(felt, CONFIG, 'slots');
    expect(() => part.step(part.open(), part.happening({ type: 'start' }), NOTHING_IN_USE)).toThrow('stale expiry');
  });
});

const NOTHING_IN_USE = { slots: () => 0, handles: () => 0 };

function counted() {
  const steps: string[] = [];
  const core: CoreUnderTest = {
    ...ours,
    step: (state, input) => {
      steps.push(input.type);
      return ours.step(state, input);
    },
  };
  const part = new SessionPart(core, CONFIG, 'slots');
  return { part, at: part.open(), steps };
}

/** A client after its handshake, in which it had the slot 1. */
function readyPart() {
  const part = new SessionPart(ours, CONFIG, 'slots');
  let ready = part.open();
  const result = {
    protocolVersion: '2025-11-25',
    capabilities: { tools: {} },
    serverInfo: { name: 'server', version: '1' },
  };
  const happenings: Happening[] = [
    { type: 'start' },
    { type: 'opened' },
    { type: 'received', json: { jsonrpc: '2.0', id: wireId('client', 1), result }, isLate: false },
  ];
  for (const happening of happenings) ready = part.step(ready, part.happening(happening), NOTHING_IN_USE).after;
  return { part, ready };
}

function answer(id: number): Happening {
  return { type: 'received', json: { jsonrpc: '2.0', id, result: {} }, isLate: false };
}

function typesIn(part: SessionPart, deed: number): readonly string[] {
  return part.deeds.at(deed).effects.map(({ type }) => type);
}

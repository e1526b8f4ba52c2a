import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Effect, type Fault, type Params, phase } from '../../src/index.ts';
import { save } from '../../src/saving.ts';
import { play, plays } from './arbitrary-moves.ts';
import { only } from './drive.ts';
import type { LinkedPair, Role, Step } from './linked-pair.ts';

/** Shrinking what is long takes its time. */
const RUNS = { numRuns: 80, interruptAfterTimeLimit: 15_000, markInterruptAsFailure: true };
const ROLES: readonly Role[] = ['client', 'server'];

/** What even an honest pair may say of the other side: that it is slow, silent, or of another time. */
const NO_FAULTS: readonly Fault['code'][] = ['slowStart', 'missedPong', 'unsupportedRevision'];

describe('two honest sides, whatever happens and in whatever order', () => {
  test('every call settles exactly once, and none that was not made', () => {
    check(true, (pair) => {
      for (const role of ROLES) {
        const steps = stepsOf(pair, role);
        // A process that was killed settles nothing.
        const isOver = steps.length === 0 || phase(lastOf(steps).after) === 'closed';
        const made = steps.flatMap(({ input }) => (input.type === 'call' ? [input.key] : []));
        const settled = steps.flatMap(({ effects }) => only('settle', effects).map(({ key }) => key));
        expect(settled).toEqual([...new Set(settled)]);
        for (const key of settled) expect(made).toContain(key);
        if (isOver) expect(settled.length).toBe(made.length);
        if (role === 'client') expect(isOver).toBe(true);
      }
    });
  });

  test('progress comes before the answer, in its order, and all of it (semantics 2, 10)', () => {
    check(true, (pair) => {
      for (const role of ROLES) {
        const told = new Map<number, number[]>();
        const wanted = new Set<number>();
        for (const { input, effects } of stepsOf(pair, role)) {
          if (input.type === 'call') told.set(input.key, []);
          if (input.type === 'call' && input.wantsProgress && input.method !== 'ping') wanted.add(input.key);
          for (const effect of effects) {
            if (effect.type === 'deliver' && effect.item.kind === 'progress') {
              expect(wanted).toContain(effect.item.key);
              expect(told.has(effect.item.key)).toBe(true);
              told.get(effect.item.key)?.push(effect.item.progress);
            }
            if (effect.type !== 'settle') continue;
            const { key, outcome } = effect;
            if (outcome.ok && wanted.has(key)) expect(told.get(key)).toEqual(outcome.result['told']);
            told.delete(key);
          }
        }
      }
    });
  });

  test('nothing is sent that the other side has to report', () => {
    check(true, (pair) => {
      const faults = pair.steps.flatMap(({ effects }) => only('report', effects).map(({ fault }) => fault));
      const blamed = faults.filter(({ blame, code }) => blame === 'peer' && !NO_FAULTS.includes(code));
      expect(blamed).toEqual([]);
    });
  });

  test('no id is used twice, and none but open requests are answered (messages/request-id-unique)', () => {
    check(true, (pair) => {
      for (const role of ROLES) {
        const sent = messagesOf(stepsOf(pair, role));
        const asked = sent
          .filter(({ method }) => method !== undefined)
          .flatMap(({ id }) => (id === undefined ? [] : [id]));
        expect(asked).toEqual([...new Set(asked)]);
        const answered = sent.filter(({ method }) => method === undefined).map(({ id }) => id);
        expect(answered).toEqual([...new Set(answered)]);
        const other = messagesOf(stepsOf(pair, role === 'client' ? 'server' : 'client'));
        for (const id of answered) expect(other.some((message) => message.id === id && 'method' in message)).toBe(true);
      }
    });
  });

  test('one step never asks for the same thing twice', () => {
    check(true, ({ steps }) => {
      for (const { effects } of steps) {
        const names = effects.map(nameOf);
        expect(names).toEqual([...new Set(names)]);
      }
    });
  });

  test('what is done once in a life is asked for once', () => {
    check(true, (pair) => {
      for (const role of ROLES) {
        const names = stepsOf(pair, role).flatMap(({ effects }) => effects.map(nameOf));
        for (const once of ['openChannel', 'cleanUp', 'exit', 'closeChannel graceful', 'closeChannel now']) {
          expect(names.filter((name) => name === once).length, once).toBeLessThanOrEqual(1);
        }
        const phases = names.filter((name) => name.startsWith('phase ')).map((name) => name.slice('phase '.length));
        const order = ['opening', 'negotiating', 'ready', 'closing', 'closed'];
        const ranks = phases.map((name) => order.indexOf(name));
        expect(ranks).toEqual([...new Set(ranks)].sort());
      }
    });
  });

  test('semantics 2: what ends comes in its order: settles and aborts, the channel, the phase, the exit', () => {
    check(true, ({ steps }) => {
      const order = ['cleanUp', 'closeChannel', 'phase', 'exit'];
      const rank = ({ type }: Effect) => (type === 'settle' || type === 'abort' ? 0 : 1 + order.indexOf(type));
      for (const { effects } of steps) {
        if (effects.some(({ type }) => type === 'closeChannel' || type === 'cleanUp')) {
          const ranks = effects.filter(({ type }) => ['settle', 'abort', ...order].includes(type)).map(rank);
          expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        }
        const armings = effects.filter(({ type }) => type === 'arm' || type === 'disarm');
        const disarmed = armings.findLastIndex(({ type }) => type === 'disarm');
        const armed = armings.findIndex(({ type }) => type === 'arm');
        if (armed >= 0 && disarmed >= 0) expect(armed).toBeGreaterThan(disarmed);
      }
    });
  });

  test('nothing is sent before the channel is open, once it was closed, or after a write failed', () => {
    check(true, (pair) => {
      for (const role of ROLES) {
        let mayWrite = role === 'server';
        for (const { input, effects } of stepsOf(pair, role)) {
          if (input.type === 'opened') mayWrite = true;
          if (input.type === 'writeFailed') mayWrite = false;
          for (const { type } of effects) {
            if (type === 'closeChannel') mayWrite = false;
            if (type === 'send') expect(mayWrite).toBe(true);
          }
        }
      }
    });
  });

  test('once it is over nothing comes out but the settles of calls that come too late', () => {
    check(true, ({ steps }) => {
      for (const { before, input, effects } of steps.filter(({ before }) => phase(before) === 'closed')) {
        if (input.type === 'uncaught') continue;
        expect(effects.map(({ type }) => type)).toEqual(input.type === 'call' ? ['settle'] : []);
        expect(save(before).timers).toEqual({});
      }
    });
  });

  test('semantics 4: the armed timers are those armed and neither disarmed nor run out, each with a generation of its own', () => {
    check(true, (pair) => {
      for (const role of ROLES) {
        const armed = new Map<string, { generation: number; at: number }>();
        let newest = 0;
        for (const { input, before, after, effects } of stepsOf(pair, role)) {
          if (input.type === 'elapsed') {
            if (save(before).timers[input.name]?.generation === input.generation) armed.delete(input.name);
            else expect(effects).toEqual([]);
          }
          for (const effect of effects) {
            if (effect.type === 'disarm') expect(armed.delete(effect.name)).toBe(true);
            if (effect.type !== 'arm') continue;
            expect(effect.generation).toBeGreaterThan(newest);
            expect(effect.at).toBeGreaterThanOrEqual(save(after).now);
            newest = effect.generation;
            armed.set(effect.name, { generation: effect.generation, at: effect.at });
          }
          expect(save(after).timers).toEqual(Object.fromEntries(armed));
        }
      }
    });
  });

  test('as long as a call is open the timer of the deadlines is armed, no later than 50 ms after the earliest', () => {
    check(false, ({ steps }) => {
      for (const { after } of steps) {
        const { calls, timers } = save(after);
        if (calls.length === 0) continue;
        expect(timers.calls?.at).toBeLessThan(Math.min(...calls.map(({ due }) => due)) + 50);
        for (const { due, lastDue } of calls) expect(due).toBeLessThanOrEqual(lastDue);
      }
    });
  });
});

describe('what is checked happens: no property holds for want of occasion', () => {
  test('every way a call may end, progress, tasks, lateness, both ways of leaving', () => {
    const samples = fc.sample(plays, { numRuns: 300, seed: 1 });
    const seen = new Map<string, number>();
    for (const { input, effects } of samples.flatMap((sample) => play(sample, true).steps)) {
      for (const name of [nameInput(input), ...effects.map(nameOccasion)]) seen.set(name, (seen.get(name) ?? 0) + 1);
    }
    for (const name of OCCASIONS) expect(seen.get(name) ?? 0, name).toBeGreaterThan(0);
  });
});

const OCCASIONS = [
  ...['settle ok', 'settle peer', 'settle timeout', 'settle maxTotal', 'settle cancelled', 'settle closed'],
  ...['settle connectionLost', 'settle refused', 'deliver progress', 'deliver request', 'deliver notification'],
  ...['send tasks/cancel', 'send ping', 'send notifications/cancelled', 'report missedPong'],
  ...['elapsed calls', 'elapsed keepalive', 'elapsed startup', 'elapsed hearOut', 'elapsed closing', 'elapsed drain'],
  ...['elapsed cleanUp', 'writeFailed', 'signalled', 'uncaught', 'phase ready', 'phase closed', 'closeChannel now'],
];

function nameInput(input: Step['input']): string {
  return input.type === 'elapsed' ? `elapsed ${input.name}` : input.type;
}

function nameOccasion(effect: Effect): string {
  switch (effect.type) {
    case 'settle':
      return `settle ${effect.outcome.ok ? 'ok' : effect.outcome.kind}`;
    case 'deliver':
      return `deliver ${effect.item.kind}`;
    case 'send':
      return `send ${(effect.message as Params)['method'] ?? 'answer'}`;
    case 'report':
      return `report ${effect.fault.code}`;
    default:
      return nameOf(effect);
  }
}

function check(finished: boolean, property: (pair: LinkedPair) => void): void {
  fc.assert(
    fc.property(plays, (schedule) => property(play(schedule, finished))),
    RUNS,
  );
}

function stepsOf({ steps }: LinkedPair, role: Role): readonly Step[] {
  return steps.filter(({ side }) => side === role);
}

function lastOf(steps: readonly Step[]): Step {
  const last = steps.at(-1);
  if (last === undefined) throw new Error('no step');
  return last;
}

function messagesOf(steps: readonly Step[]): Params[] {
  return steps.flatMap(({ effects }) => only('send', effects).map(({ message }) => message as Params));
}

/** An effect in words that are the same where it asks for the same. */
function nameOf(effect: Effect): string {
  switch (effect.type) {
    case 'settle':
    case 'abort':
      return `${effect.type} ${effect.key}`;
    case 'arm':
    case 'disarm':
      return `${effect.type} ${effect.name}`;
    case 'phase':
      return `phase ${effect.phase}`;
    case 'closeChannel':
      return `closeChannel ${effect.mode}`;
    case 'send':
    case 'deliver':
    case 'report':
      return JSON.stringify(effect);
    default:
      return effect.type;
  }
}

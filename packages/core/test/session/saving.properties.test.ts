import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Effect, type Input, peer, phase, step } from '../../src/index.ts';
import { abstract, restore, type Saved, save } from '../../src/saving.ts';
import { play, plays } from './arbitrary-moves.ts';
import type { Step } from './linked-pair.ts';
import { endure, ordeals } from './misbehaviour.ts';

const RUNS = { numRuns: 60 };

/** Of an honest pair, and of one side whose peer keeps no rule. */
const lives = fc.oneof(fc.record({ play: plays }), fc.record({ ordeal: ordeals }));

describe('at every point of every life', () => {
  test('what was saved is JSON, and steps like what it was saved from once it is restored', () => {
    check((steps) => {
      for (const { before, input, after, effects } of steps) {
        const saved = throughJson(save(before));
        expectAlike(saved, save(before));
        const [copy, armings] = restore(saved, saved.now);
        expect(timersOf(armings)).toEqual(saved.timers);
        expectAlike([abstract(copy), phase(copy), peer(copy)], [abstract(before), phase(before), peer(before)]);
        const [next, same] = step(copy, input);
        expectAlike([same, save(next)], [effects, save(after)]);
      }
    });
  });

  test('restored on another clock it steps alike, every due time moved with the clock', () => {
    check((steps) => {
      for (const [index, { before, input, after, effects }] of steps.entries()) {
        // Deadlines are looked at every 50 ms of whichever clock: another phase of it would round them otherwise.
        const shift = (index - 10) * 50;
        const saved = throughJson(save(before));
        const [copy, armings] = restore(saved, saved.now + shift);
        expect(timersOf(armings)).toEqual(moved(saved, shift).timers);
        const [next, alike] = step(copy, movedInput(input, shift));
        expectAlike(
          alike,
          effects.map((effect) => movedEffect(effect, shift)),
        );
        expectAlike(save(next), moved(save(after), shift));
      }
    });
  });

  test('an explorer sees the same under other ids, keys, generations, and another clock', () => {
    check((steps) => {
      for (const { after } of steps) {
        const renamed = rename(throughJson(save(after)));
        expectAlike(abstract(restore(renamed, renamed.now)[0]), abstract(after));
      }
    });
  });

  test('no later step changes an earlier state: each can be stepped again, with the same effects', () => {
    check((steps) => {
      const texts = steps.map(({ before }) => JSON.stringify(save(before)));
      for (const { before, input, after, effects } of steps.toReversed()) {
        const [again, same] = step(before, input);
        expect([same, save(again)]).toEqual([effects, save(after)]);
      }
      expect(steps.map(({ before }) => JSON.stringify(save(before)))).toEqual(texts);
    });
  });
});

function check(property: (steps: readonly Step[]) => void): void {
  fc.assert(
    fc.property(lives, (life) => property('play' in life ? play(life.play, false).steps : endure(life.ordeal))),
    RUNS,
  );
}

/** Equal on the wire: an id or a number of the peer may be -0, which JSON does not tell from 0. */
function expectAlike(one: unknown, other: unknown): void {
  expect(throughJson(one)).toEqual(throughJson(other));
}

function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function timersOf(effects: readonly Effect[]): Saved['timers'] {
  return Object.fromEntries(
    effects.flatMap((effect) =>
      effect.type === 'arm' ? [[effect.name, { generation: effect.generation, at: effect.at }]] : [],
    ),
  );
}

function moved(saved: Saved, shift: number): Saved {
  const timers = Object.entries(saved.timers).map(([name, timer]) => [name, { ...timer, at: timer.at + shift }]);
  const calls = saved.calls.map((call) => ({ ...call, due: call.due + shift, lastDue: call.lastDue + shift }));
  return { ...saved, calls, timers: Object.fromEntries(timers), now: saved.now + shift };
}

function movedInput(input: Input, shift: number): Input {
  const now = input.now + shift;
  return input.type === 'elapsed' ? { ...input, now, heard: input.heard + shift } : { ...input, now };
}

function movedEffect(effect: Effect, shift: number): Effect {
  return effect.type === 'arm' ? { ...effect, at: effect.at + shift } : effect;
}

/** The same state as another life would have it: every id, key and generation another one. */
function rename(saved: Saved): Saved {
  const [ids, keys, generations] = [1_000, 500, 77];
  const nameId = <T extends string | number>(id: T): string => `${typeof id}-${id}`;
  const { counters, timers } = saved;
  const otherOrNull = (id: number | null) => (id === null ? null : id + ids);
  const renamed: Saved = {
    ...saved,
    calls: saved.calls.map((call) => ({ ...call, id: call.id + ids, key: call.key + keys })),
    givenUp: saved.givenUp.map(([id, as]) => [id + ids, as]),
    peers: saved.peers.map((request) => ({
      ...request,
      key: request.key + keys,
      id: nameId(request.id),
      token: request.token === null ? null : nameId(request.token),
      batch: request.batch === null ? null : request.batch + keys,
    })),
    peerKeys: saved.peerKeys.map(([id, key]) => [nameId(id), key + keys]),
    batches: saved.batches.map(([batch, { open, answers }]) => [
      batch + keys,
      { open, answers: answers.map((answer) => ({ ...answer, id: nameId(answer['id'] as string) })) },
    ]),
    initializeId: otherOrNull(saved.initializeId),
    pingId: otherOrNull(saved.pingId),
    timers: Object.fromEntries(
      Object.entries(timers).map(([name, { generation, at }]) => [name, { generation: generation + generations, at }]),
    ),
    counters: {
      generation: counters.generation + generations,
      nextId: counters.nextId + ids,
      nextPeer: counters.nextPeer + keys,
    },
  };
  return moved(renamed, 123_456);
}

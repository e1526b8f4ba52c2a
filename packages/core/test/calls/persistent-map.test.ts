import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyMap, type PersistentMap } from '../../src/calls/persistent-map.ts';

describe('one version', () => {
  test('the empty map holds nothing', () => {
    const map = emptyMap<string, number>();
    expect([map.size, map.get('a'), map.has('a'), map.entries()]).toEqual([0, undefined, false, []]);
  });

  test('a value can be replaced, and the size stays', () => {
    const map = emptyMap<string, number>().set('a', 1).set('a', 2);
    expect([map.size, map.entries()]).toEqual([1, [['a', 2]]]);
  });

  test('a change that changes nothing gives the same version', () => {
    const map = emptyMap<string, number>().set('a', Number.NaN);
    expect(map.set('a', Number.NaN)).toBe(map);
    expect(map.delete('b')).toBe(map);
  });

  test('a number and its digits are different keys, as request ids are', () => {
    const map = emptyMap<string | number, string>().set(1, 'number').set('1', 'string');
    expect([map.size, map.get(1), map.get('1')]).toEqual([2, 'number', 'string']);
  });

  test('undefined is a value like any other', () => {
    const empty = emptyMap<string, undefined>();
    const map = empty.set('a', undefined);
    expect([map.has('a'), empty.has('a'), map.delete('a').has('a'), map.set('a', undefined) === map]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  test('what entries gives is a copy', () => {
    const map = emptyMap<string, number>().set('a', 1);
    map.entries().push(['b', 2]);
    expect(map.entries()).toEqual([['a', 1]]);
  });

  test('a frozen version still works, for a state may be frozen', () => {
    const first = Object.freeze(emptyMap<string, number>().set('a', 1));
    const second = Object.freeze(first.set('a', 2));
    expect([first.get('a'), second.get('a')]).toEqual([1, 2]);
  });
});

describe('many versions', () => {
  test('every version equals a copied Map, whichever is read, changed or left for another', () => {
    fc.assert(
      fc.property(fc.array(anyMove, { maxLength: 120 }), (moves) => {
        const versions = [start()];
        for (const move of moves) {
          const from = versions[move.version % versions.length] ?? start();
          if (move.kind === 'read') expect(from.real.get(move.key)).toBe(from.model.get(move.key));
          else versions.push(change(from, move));
        }
        for (const version of versions) expectEqual(version);
      }),
      { numRuns: 500 },
    );
  });

  test('so it does over histories that are long enough for copies', () => {
    fc.assert(
      fc.property(fc.infiniteStream(anyMove), fc.infiniteStream(fc.integer({ min: 0, max: 400 })), (moves, gaps) => {
        let newest = start();
        let until = gaps.next().value ?? 0;
        const held = [newest];
        for (let made = 0; made < 4 * COPY_IS_DUE; made += 1) {
          const move = moves.next().value ?? drop;
          newest = change(newest, move);
          expectAgreed(newest, move.key);
          if (--until > 0) continue;
          held.push(newest);
          until = gaps.next().value ?? 0;
          if (until % 3 === 0) expectEqual(held[until % held.length] ?? newest);
        }
        for (const version of [...held, ...held.reverse()]) expectEqual(version);
      }),
      { numRuns: 10 },
    );
  });

  test('histories of one beginning do not see each other', () => {
    const common = emptyMap<string, number>().set('a', 1);
    const left = common.set('b', 2);
    const right = common.delete('a').set('b', 3);
    expect([left.entries().toSorted(), right.entries(), common.entries()]).toEqual([
      [
        ['a', 1],
        ['b', 2],
      ],
      [['b', 3]],
      [['a', 1]],
    ]);
  });

  test('a version 100,000 changes back is read without a deep stack, and so is the newest after it', () => {
    const first = emptyMap<number, number>();
    let newest = first;
    for (let key = 0; key < 100_000; key += 1) newest = newest.set(key, key);
    expect([first.has(99_999), newest.get(99_999), first.get(0), newest.size]).toEqual([
      false,
      99_999,
      undefined,
      100_000,
    ]);
  });
});

describe('what nobody holds can be collected', () => {
  test('all versions but the newest, when only that one is held', async () => {
    const { newest, passed } = live(emptyMap<number, object>(), COPY_IS_DUE / 2);
    expect(await countAlive(passed)).toBe(0);
    expect(newest.size).toBeGreaterThan(0);
  });

  test('all newer versions, when an older one was read and only that one is held', async () => {
    const first = emptyMap<number, object>().set(-1, {});
    const { passed } = live(first, COPY_IS_DUE / 2);
    expect(first.has(0)).toBe(false);
    expect(await countAlive(passed.slice(1))).toBe(0);
  });

  test('of a long history, all but a bounded part of what came after an old version that is held', async () => {
    const first = emptyMap<number, object>();
    const { newest, passed } = live(first, 20 * COPY_IS_DUE);
    const alive = await countAlive(passed);
    expect(alive).toBeGreaterThan(0);
    expect(alive).toBeLessThan(2 * COPY_IS_DUE);
    expect([first.size, newest.has(0)]).toEqual([0, false]);
  });

  test('a value that was dropped, once its last version is gone', async () => {
    const { newest, dropped } = dropOne(emptyMap<string, object>().set('kept', {}));
    expect(await countAlive([dropped])).toBe(0);
    expect(newest.has('kept')).toBe(true);
  });
});

/** A small map is copied after about so many changes; the tests need no more than its order of magnitude. */
const COPY_IS_DUE = 1_200;

type Move = { readonly kind: 'put' | 'drop' | 'read'; readonly version: number; readonly key: number | string };

const drop: Move = { kind: 'drop', version: 0, key: 0 };
const anyMove: fc.Arbitrary<Move> = fc.record({
  kind: fc.constantFrom('put', 'put', 'drop', 'read'),
  version: fc.nat(),
  key: fc.constantFrom(0, 1, 2, '0', '1', 'a', 'b'),
});

interface Version {
  readonly real: PersistentMap<number | string, number | undefined>;
  readonly model: ReadonlyMap<number | string, number | undefined>;
}

function start(): Version {
  return { real: emptyMap(), model: new Map() };
}

function change({ real, model }: Version, { kind, version, key }: Move): Version {
  const copy = new Map(model);
  if (kind === 'put') copy.set(key, version % 5 === 0 ? undefined : version);
  else copy.delete(key);
  return { real: kind === 'put' ? real.set(key, copy.get(key)) : real.delete(key), model: copy };
}

function expectEqual({ real, model }: Version): void {
  expect(real.size).toBe(model.size);
  expect(new Map(real.entries())).toEqual(model);
  for (const [key, value] of model) expect([real.has(key), real.get(key)]).toEqual([true, value]);
}

/** Right after each change: later ones may cover up what one did wrong. Cheap, for there are many. */
function expectAgreed({ real, model }: Version, key: number | string): void {
  if (real.size === model.size && real.get(key) === model.get(key) && real.has(key) === model.has(key)) return;
  expect.fail(`at ${JSON.stringify(key)}: ${real.get(key)} of ${real.size}, not ${model.get(key)} of ${model.size}`);
}

/** Puts and drops in turn; the newest version, and all that it passed through without holding them. */
function live(first: PersistentMap<number, object>, changes: number) {
  let newest = first;
  const passed: WeakRef<object>[] = [];
  for (let made = 0; made < changes; made += 1) {
    newest = made % 2 === 0 ? newest.set(made, {}) : newest.delete(made - 1);
    passed.push(new WeakRef(newest));
  }
  newest = newest.set(-2, {});
  return { newest, passed };
}

function dropOne(map: PersistentMap<string, object>) {
  const value = {};
  return { newest: map.set('dropped', value).delete('dropped'), dropped: new WeakRef(value) };
}

/** How many are left by a full collection; a turn of the loop first, for until then each WeakRef holds its object. */
async function countAlive(references: readonly WeakRef<object>[]): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve));
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return references.filter((reference) => reference.deref() !== undefined).length;
}

import { expect, test } from 'vitest';
import { ABSENT, Interner, PairTable } from '../../src/model/intern.ts';

test('an interner gives each key one number, from 0 on, and makes its value once', () => {
  const made: string[] = [];
  const interner = new Interner<string>();
  const number = (key: string) =>
    interner.numberOf(key, (given) => {
      made.push(key);
      return `${given} ${key}`;
    });
  expect([number('a'), number('b'), number('a')]).toEqual([0, 1, 0]);
  expect([made, interner.values(), interner.at(1), interner.size]).toEqual([['a', 'b'], ['0 a', '1 b'], '1 b', 2]);
});

test('what is made may number others, and is numbered before them', () => {
  const interner = new Interner<string>();
  interner.numberOf('outer', () => {
    interner.numberOf('inner', () => 'inner');
    return 'outer';
  });
  expect(interner.values()).toEqual(['outer', 'inner']);
});

test('a pair table keeps what was written for each pair, however many there are', () => {
  const table = new PairTable();
  const pairs = Array.from({ length: 5_000 }, (_, index) => [(index * 7_919) % 613, index] as const);
  for (const [index, [one, other]] of pairs.entries()) table.set(one, other, index);
  expect(pairs.map(([one, other]) => table.get(one, other))).toEqual(pairs.map((_, index) => index));
  expect([table.get(0, 5_000), table.get(700, 0)]).toEqual([ABSENT, ABSENT]);
});

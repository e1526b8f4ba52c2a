import { describe, expect, test } from 'vitest';
import { TimerBook } from '../../src/core/timer-book.ts';
import { Violation } from '../../src/core/violation.ts';

describe('the book of timers', () => {
  test('keeps what is armed by its due, and remembers what may still be on its way', () => {
    const book = new TimerBook<'a' | 'b'>();
    book.arm({ name: 'a', generation: 1, at: 20 });
    book.arm({ name: 'b', generation: 2, at: 10 });
    book.arm({ name: 'a', generation: 3, at: 30 });
    expect(book.byDue.map(({ name, at }) => [name, at])).toEqual([
      ['b', 10],
      ['a', 30],
    ]);
    expect([book.isArmed('a', 3), book.isArmed('a', 1)]).toEqual([true, false]);
    book.expire('b');
    expect([book.stale(0), book.stale(1), book.stale(2)].map((one) => one?.generation)).toEqual([1, 2, 1]);
  });

  test('refuses a generation that is not new, and the disarming of what is not armed', () => {
    const book = new TimerBook<'a'>();
    book.arm({ name: 'a', generation: 2, at: 0 });
    expect(() => book.arm({ name: 'a', generation: 2, at: 0 })).toThrow(Violation);
    book.disarm('a');
    expect(() => book.disarm('a')).toThrow(Violation);
  });

  test.each([
    ['another generation', [{ name: 'a' as const, generation: 2, at: 110 }]],
    ['another time', [{ name: 'a' as const, generation: 1, at: 111 }]],
    ['none', []],
  ])('tells %s from what is armed', (_, told) => {
    const book = new TimerBook<'a'>();
    book.arm({ name: 'a', generation: 1, at: 10 });
    expect(() => book.compare([{ name: 'a', generation: 1, at: 110 }], 100)).not.toThrow();
    expect(() => book.compare(told, 100)).toThrow(Violation);
  });
});

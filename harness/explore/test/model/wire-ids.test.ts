import { describe, expect, test } from 'vitest';
import { freeSlot, renameIds, slotOf, slotsIn, wireId } from '../../src/model/wire-ids.ts';

describe('ids on the wire', () => {
  test('are told apart by side, and from every other number', () => {
    expect([slotOf('client', wireId('client', 3)), slotOf('server', wireId('client', 3))]).toEqual([3, null]);
    for (const other of [3, '5103', null, undefined, 5_103.5, -32_601]) expect(slotOf('client', other)).toBeNull();
  });

  test('are found wherever they are mentioned, but in no longer number', () => {
    const mentions = JSON.stringify({ id: wireId('client', 2), key: String(wireId('server', 29)), code: -32_601 });
    expect(slotsIn(mentions)).toEqual({ client: 1 << 2, server: 1 << 29 });
    expect(slotsIn('[15102, 51020, 5.5102, 2025]')).toEqual({ client: 0, server: 0 });
  });

  test('of what is spent are mentioned and take no slot', () => {
    expect(slotsIn(String(wireId('client', 0)))).toEqual({ client: 0, server: 0 });
  });

  test('are given out from the smallest slot on, and only so many', () => {
    expect([freeSlot(0), freeSlot(0b110), freeSlot(0b1010)]).toEqual([1, 3, 2]);
    const last = 29;
    const all = Array.from({ length: last }, (_, index) => 1 << (index + 1)).reduce((bits, bit) => bits | bit, 0);
    expect(freeSlot(all & ~(1 << last))).toBe(last);
    expect(() => freeSlot(all)).toThrow('unbounded');
  });
});

describe('ids in a message', () => {
  const owners = (message: unknown) => {
    const met: string[] = [];
    const renamed = renameIds(message, 'client', (owner, id) => {
      met.push(`${owner} ${JSON.stringify(id)}`);
      return 'new';
    });
    return { met, renamed };
  };

  test('belong to whoever sent the request: its own in a request, the other side in an answer', () => {
    expect(owners({ id: 1, method: 'x' })).toEqual({ met: ['client 1'], renamed: { id: 'new', method: 'x' } });
    expect(owners({ id: 1, result: {} }).met).toEqual(['server 1']);
    expect(owners({ id: 'a', error: {} }).met).toEqual(['server "a"']);
  });

  test('are in a cancellation that of its own request, in progress that of the other side', () => {
    expect(owners({ method: 'notifications/cancelled', params: { requestId: 1, reason: 'x' } })).toEqual({
      met: ['client 1'],
      renamed: { method: 'notifications/cancelled', params: { requestId: 'new', reason: 'x' } },
    });
    expect(owners({ method: 'notifications/progress', params: { progressToken: 1 } }).met).toEqual(['server 1']);
  });

  test('are tokens too', () => {
    expect(owners({ id: 1, method: 'x', params: { a: 1, _meta: { progressToken: 2, b: 2 } } })).toEqual({
      met: ['client 1', 'client 2'],
      renamed: { id: 'new', method: 'x', params: { a: 1, _meta: { progressToken: 'new', b: 2 } } },
    });
  });

  test('are renamed in each member of a batch, and not where there are none', () => {
    expect(owners([{ id: 1, method: 'x' }, { id: 2, result: {} }, 5]).met).toEqual(['client 1', 'server 2']);
    const params = { id: 1, requestId: 1, progressToken: 1 };
    for (const nothing of [5, null, { id: null, error: {} }, { method: 'x', params }]) {
      expect(owners(nothing)).toEqual({ met: [], renamed: nothing });
    }
  });
});

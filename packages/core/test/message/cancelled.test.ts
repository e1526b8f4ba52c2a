import { expect, test } from 'vitest';
import { readCancelled } from '../../src/message.ts';

test('a cancellation tells the request and the reason', () => {
  expect(readCancelled({ requestId: 'a', reason: 'enough' })).toEqual({ requestId: 'a', reason: 'enough' });
});

test('a cancellation needs no reason', () => {
  expect(readCancelled({ requestId: 0 })).toStrictEqual({ requestId: 0 });
});

test.each([null, 7, {}])('a reason that is %o is left out', (reason) => {
  expect(readCancelled({ requestId: 0, reason })).toStrictEqual({ requestId: 0 });
});

test.each([undefined, {}, { requestId: null }, { requestId: 1.5 }, { requestId: [1] }, { requestid: 1 }])(
  '%o cancels nothing (cancellation/ignore-malformed)',
  (params) => {
    expect(readCancelled(params)).toBeNull();
  },
);

import { describe, expect, test } from 'vitest';
import { progressTokenOf, readProgress, withoutProgressToken, withProgressToken } from '../../src/message.ts';

describe('the progress token of a request', () => {
  test.each([0, -1, '', 'a', '__proto__'])('is %o (progress/token-type)', (progressToken) => {
    expect(progressTokenOf({ _meta: { progressToken } })).toBe(progressToken);
  });

  test.each([null, true, 1.5, [], {}])('is none where it is %o', (progressToken) => {
    expect(progressTokenOf({ _meta: { progressToken } })).toBeNull();
  });

  test.each([undefined, {}, { _meta: null }, { _meta: [] }, { _meta: 'x' }, { progressToken: 1 }])(
    'is none in %o',
    (params) => {
      expect(progressTokenOf(params)).toBeNull();
    },
  );
});

describe('asking for no progress', () => {
  test('takes the token away, and keeps the rest', () => {
    expect(withoutProgressToken({ name: 'a', _meta: { more: 1, progressToken: 7 } })).toEqual({
      name: 'a',
      _meta: { more: 1 },
    });
  });

  test.each([undefined, {}, { _meta: {} }, { _meta: null }, { _meta: [] }])('leaves %o as it is', (params) => {
    expect(withoutProgressToken(params)).toBe(params);
  });
});

describe('asking for progress', () => {
  test('puts the token into `_meta`', () => {
    expect(withProgressToken(undefined, 7)).toEqual({ _meta: { progressToken: 7 } });
  });

  test('keeps the params and the rest of `_meta`', () => {
    expect(withProgressToken({ name: 'a', _meta: { more: 1 } }, 'b')).toEqual({
      name: 'a',
      _meta: { more: 1, progressToken: 'b' },
    });
  });

  test('takes the place of another token', () => {
    expect(withProgressToken({ _meta: { progressToken: 'mine' } }, 7)).toEqual({ _meta: { progressToken: 7 } });
  });

  test('takes the place of a `_meta` that is no object', () => {
    expect(withProgressToken({ _meta: [1] }, 7)).toEqual({ _meta: { progressToken: 7 } });
  });

  test('does not change the params that were given', () => {
    const params = Object.freeze({ _meta: Object.freeze({}) });
    expect(withProgressToken(params, 7)).not.toBe(params);
    expect(params).toEqual({ _meta: {} });
  });

  test('keeps a member named __proto__ a member', () => {
    const made = withProgressToken(JSON.parse('{"__proto__":{"a":1}}'), 7);
    expect(JSON.stringify(made)).toBe('{"_meta":{"progressToken":7},"__proto__":{"a":1}}');
  });
});

describe('a notice of progress', () => {
  test('tells token, progress, total and message', () => {
    const told = { progress: 0.5, total: 2, message: 'half' };
    expect(readProgress({ progressToken: 'a', ...told })).toEqual({ token: 'a', ...told });
  });

  test('needs no total and no message', () => {
    expect(readProgress({ progressToken: 0, progress: 0 })).toStrictEqual({ token: 0, progress: 0 });
  });

  test.each([
    ['total', null],
    ['total', '2'],
    ['message', 7],
    ['message', null],
  ])('is read without its %s where that is %o', (name, value) => {
    expect(readProgress({ progressToken: 1, progress: 1, [name]: value })).toStrictEqual({ token: 1, progress: 1 });
  });

  test.each([
    undefined,
    {},
    { progress: 1 },
    { progressToken: 1 },
    { progressToken: null, progress: 1 },
    { progressToken: 1.5, progress: 1 },
    { progressToken: 1, progress: '1' },
    { progressToken: 1, progress: Number.NaN },
    { progressToken: 1, progress: Number.POSITIVE_INFINITY },
  ])('%o is none', (params) => {
    expect(readProgress(params)).toBeNull();
  });
});

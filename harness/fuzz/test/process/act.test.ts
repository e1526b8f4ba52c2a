import { describe, expect, it } from 'vitest';
import { ID_KINDS, idOf, isMessage, kindOf, requestsOf } from '../../src/process/act.ts';
import { request } from './made.ts';

describe('the ids of requests', () => {
  it.each([
    ['number', 107],
    ['zero', 0],
    ['negative', -7],
    ['large', 2 ** 40 + 7],
    ['string', 'request-7'],
    ['digits', '106'],
  ] as const)('of the kind %s are such as %j', (id, expected) => {
    expect(idOf({ as: 7, id })).toBe(expected);
  });

  it('are each used once, by type and value, 0 apart', () => {
    const kinds = ID_KINDS.filter((kind) => kind !== 'zero');
    const keys = kinds.flatMap((id) => Array.from({ length: 90 }, (_, index) => idOf({ as: index + 1, id })));
    expect(new Set(keys.map((key) => JSON.stringify(key))).size).toBe(keys.length);
  });

  it('are spelled like the id of the request before, where they are digits', () => {
    expect(idOf({ as: 3, id: 'digits' })).toBe(String(idOf({ as: 2, id: 'number' })));
  });
});

describe('an act', () => {
  it('counts as what it asks for, or as what it is', () => {
    expect([kindOf(request('ping', 1)), kindOf({ do: 'eof' })]).toEqual(['ping', 'eof']);
  });

  it('is no message of its own when it is written in pieces', () => {
    expect([isMessage(request('ping', 1)), isMessage(request('ping', 1, { pieces: 2 }))]).toEqual([true, false]);
  });

  it('has its own request, or those of its batch', () => {
    const [one, other] = [request('ping', 1), request('slow', 2)];
    expect(requestsOf(one)).toEqual([one]);
    expect(requestsOf({ do: 'batch', members: [one, other] })).toEqual([one, other]);
    expect(requestsOf({ do: 'settle' })).toEqual([]);
  });
});

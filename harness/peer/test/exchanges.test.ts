import { describe, expect, it } from 'vitest';
import { Exchanges, requestMessage } from '../src/exchanges.js';

describe('the exchanges of a peer', () => {
  it('number themselves from 1, and take an id of one’s own', () => {
    const exchanges = new Exchanges();
    expect(exchanges.open('ping').id).toBe(1);
    expect(exchanges.open('ping', 'own').id).toBe('own');
    expect(exchanges.open('ping').id).toBe(2);
  });

  it('give an answer to the request whose id is the same by type and value', () => {
    const exchanges = new Exchanges();
    const number = exchanges.open('ping', 0);
    const string = exchanges.open('ping', '0');
    exchanges.settle({ id: '0', result: 'to the string' });
    exchanges.settle({ id: 0, result: 'to the number' });
    expect(string.answer).toEqual({ id: '0', result: 'to the string' });
    expect(number.answer).toEqual({ id: 0, result: 'to the number' });
  });

  it('give an answer to one whose id is spelled the same where no other is open', () => {
    const exchanges = new Exchanges();
    const number = exchanges.open('ping', 7);
    const string = exchanges.open('ping', '8');
    exchanges.settle({ id: '7', result: {} });
    exchanges.settle({ id: 8, result: {} });
    expect(number.answer).toEqual({ id: '7', result: {} });
    expect(string.answer).toEqual({ id: 8, result: {} });
  });

  it('serve both of two ids that a server mangles into one', () => {
    const exchanges = new Exchanges();
    const number = exchanges.open('ping', 0);
    const string = exchanges.open('ping', '0');
    exchanges.settle({ id: '0', result: 1 });
    exchanges.settle({ id: '0', result: 2 });
    expect([string.answer?.result, number.answer?.result]).toEqual([1, 2]);
  });

  it('keep the first of two answers', () => {
    const exchanges = new Exchanges();
    const exchange = exchanges.open('ping');
    exchanges.settle({ id: 1, result: 'first' });
    exchanges.settle({ id: 1, result: 'second' });
    expect(exchange.answer?.result).toBe('first');
  });

  it('serve two requests with one id in turn', () => {
    const exchanges = new Exchanges();
    const both = [exchanges.open('ping', 5), exchanges.open('ping', 5)];
    exchanges.settle({ id: 5, result: 'a' });
    exchanges.settle({ id: 5, result: 'b' });
    expect(both.map(({ answer }) => answer?.result)).toEqual(['a', 'b']);
  });

  it.each([null, undefined, true, [1], { toString: '1' }, 2, '01', 1.5])('take no answer to %j', (id) => {
    const exchanges = new Exchanges();
    const exchange = exchanges.open('ping');
    exchanges.settle(id === undefined ? { result: {} } : { id, result: {} });
    expect(exchange.answer).toBeNull();
  });
});

describe('a request on the wire', () => {
  it('has no params where none are given', () => {
    expect(requestMessage({ id: 1, method: 'ping' })).toEqual({ jsonrpc: '2.0', id: 1, method: 'ping' });
  });

  it('has its params', () => {
    const message = { jsonrpc: '2.0', id: 'a', method: 'tools/list', params: { cursor: 'x' } };
    expect(requestMessage({ id: 'a', method: 'tools/list' }, { cursor: 'x' })).toEqual(message);
  });
});

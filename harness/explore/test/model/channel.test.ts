import { expect, test } from 'vitest';
import { Channels, EMPTY, UNREAD } from '../../src/model/channel.ts';
import { ABSENT } from '../../src/model/intern.ts';
import { wireId } from '../../src/model/wire-ids.ts';

const id = wireId('client', 4);
const call = { jsonrpc: '2.0', id, method: 'tools/call' };
const ping = { jsonrpc: '2.0', id, method: 'ping' };

test('a channel hands on what it was given, oldest first', () => {
  const channels = new Channels();
  const [one, other] = [channels.item({ kind: 'message', json: call }), channels.item({ kind: 'end' })];
  const both = channels.push(channels.push(EMPTY, one), other);
  expect([channels.head(both), channels.head(channels.shift(both))]).toEqual([one, other]);
  expect([channels.shift(channels.shift(both)), channels.head(EMPTY)]).toEqual([EMPTY, ABSENT]);
});

test('the same items are the same content, however they came there', () => {
  const channels = new Channels();
  const [one, other] = [channels.item({ kind: 'message', json: call }), channels.item({ kind: 'end' })];
  const shifted = channels.shift(channels.push(channels.push(EMPTY, one), other));
  expect([shifted, channels.of([other])]).toEqual([channels.push(EMPTY, other), shifted]);
});

test('what nobody reads holds nothing', () => {
  const channels = new Channels();
  expect([channels.push(UNREAD, channels.item({ kind: 'end' })), channels.shift(UNREAD)]).toEqual([UNREAD, UNREAD]);
  expect(channels.at(UNREAD).items).toEqual([]);
});

test('it tells which requests it mentions, and which of them are pings that are asked or answered', () => {
  const channels = new Channels();
  const content = (json: object) =>
    channels.at(channels.push(EMPTY, channels.item({ kind: 'message', json: { ...json } })));
  expect([content(call).slots, content(call).pings]).toEqual([
    { client: 1 << 4, server: 0 },
    { client: 0, server: 0 },
  ]);
  expect(content(ping).pings.client).toBe(1 << 4);
  expect(content({ jsonrpc: '2.0', id, result: {} }).pings.client).toBe(1 << 4);
  expect(content({ jsonrpc: '2.0', id, result: { done: true } }).pings.client).toBe(0);
});

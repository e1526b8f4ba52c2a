import { describe, expect, test } from 'vitest';
import {
  codes,
  type Drive,
  FIRST_ID,
  failure,
  notification,
  only,
  progress,
  readyClient,
  readyServer,
  request,
  result,
  START,
  sent,
} from './drive.ts';

const EVERY = 1_000;
const config = { keepaliveMs: EVERY, pongMs: 100, misses: 3 };

describe('semantics 5: keepalive', () => {
  test('is never armed anew by traffic; when it runs out, what was heard meanwhile moves the next', () => {
    const client = readyClient({ config });
    client.wait(400);
    for (const json of [notification('x/told'), request(1, 'ping')]) {
      expect(only('arm', client.hear(json))).toEqual([]);
    }
    const effects = client.expire('keepalive', START + 400);
    expect(client.now).toBe(START + EVERY);
    expect(only('arm', effects)).toMatchObject([{ name: 'keepalive', at: START + 400 + EVERY }]);
    expect(sent(effects)).toEqual([]);
  });

  test('asks a peer that was quiet for a whole interval, urgently and without a progress token (semantics 13)', () => {
    for (const [session, id] of [
      [readyClient({ config }), FIRST_ID],
      [readyServer({ config }), 1],
    ] as const) {
      expect(only('send', session.expire('keepalive', START))).toEqual([
        { type: 'send', message: request(id, 'ping'), urgent: true },
      ]);
    }
  });

  test('hears from the future at most what is heard now', () => {
    const client = readyClient({ config });
    client.expire('keepalive', START + 1e9);
    expect(client.dueOf('keepalive')).toBe(START + 2 * EVERY);
  });

  test('takes anything for a sign of life, also an error for its ping', () => {
    for (const json of [
      result(FIRST_ID),
      failure(FIRST_ID),
      notification('x/told'),
      request(1, 'ping'),
      progress('nobody', 1),
      [],
      5,
    ]) {
      const client = pinging();
      const effects = client.hear(json);
      expect(only('disarm', effects), JSON.stringify(json)).toEqual([{ type: 'disarm', name: 'pong' }]);
      expect(client.dueOf('keepalive')).toBe(client.now + EVERY);
    }
  });

  test('the message comes first, the sign of life after it: a pong is no unknown answer', () => {
    expect(codes(pinging().hear(result(FIRST_ID)))).toEqual([]);
  });

  test('semantics 7: a pong that comes after another sign of life is late, a second one a duplicate', () => {
    const client = pinging();
    client.hear(notification('x/told'));
    expect(codes(client.hear(result(FIRST_ID)))).toEqual([]);
    expect(codes(client.hear(result(FIRST_ID)))).toEqual(['duplicateAnswer']);
  });

  test('the ping is no call: it settles nothing, and cannot be cancelled', () => {
    const client = pinging();
    expect(client.feed({ type: 'cancel', key: 1 })).toEqual([]);
    expect(only('settle', client.hear(result(FIRST_ID)))).toEqual([]);
    expect(only('settle', client.feed({ type: 'close' }))).toEqual([]);
  });
});

function pinging(): Drive {
  const client = readyClient({ config });
  client.expire('keepalive', START);
  return client;
}

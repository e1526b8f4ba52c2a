import { LocalProtocolError } from '@mcp-lifeline/driver';
import { virtualClock } from '@mcp-lifeline/driver/virtual-clock';
import { describe, expect, it } from 'vitest';
import { type LinkedPairOptions, linkedPair } from '../src/linked-pair.ts';

describe('two linked channels', () => {
  it('tell what was sent in its order, one burst at a time, and nothing within `send`', async () => {
    const { one, log } = openPair();
    await settled();
    one.send(1);
    one.send(2);
    expect(log.other).toEqual(['opened']);
    await settled();
    expect(log.other).toEqual(['opened', 'heard', 1, 2]);
  });

  it('tell what is sent while a burst is told in the next', async () => {
    const { one, other, log, on } = openPair();
    on.other(1, () => one.send(3));
    on.other(1, () => other.send('answer'));
    await settled();
    one.send(1);
    one.send(2);
    await settled();
    expect(log.other).toEqual(['opened', 'heard', 1, 2, 'heard', 3]);
    expect(log.one).toEqual(['opened', 'heard', 'answer']);
  });

  it('tell what was sent before the other end was opened once it is', async () => {
    const [one, other] = linkedPair();
    const log: unknown[] = [];
    one.open(listenerTo([]));
    one.send(1);
    await settled();
    expect(one.queued).toBe(1);
    other.open(listenerTo(log));
    await settled();
    expect(log).toEqual(['opened', 'heard', 1]);
  });

  it('hand over what was sent, as it is', async () => {
    const { one, log } = openPair();
    const message = { a: 1 };
    one.send(message);
    await settled();
    expect(log.other.at(-1)).toBe(message);
  });

  it('hand over a copy on demand, taken when it was sent', async () => {
    const { one, log } = openPair({ copy: true });
    const message = { a: 1 };
    one.send(message);
    message.a = 2;
    await settled();
    expect(log.other.at(-1)).toEqual({ a: 1 });
  });

  it('tell a burst that long after its first message', async () => {
    const clock = virtualClock();
    const { one, log } = openPair({ clock, latencyMs: 10 });
    await clock.advance(0);
    one.send(1);
    await clock.advance(9);
    one.send(2);
    expect(log.other).toEqual(['opened']);
    await clock.advance(1);
    expect(log.other).toEqual(['opened', 'heard', 1, 2]);
  });

  it('count what is under way, and tell when it falls below the high-water mark again', async () => {
    const { one, log } = openPair({ highWater: 2 });
    await settled();
    one.send(1);
    expect(one.queued).toBe(1);
    await settled();
    one.send(2);
    one.send(3);
    expect(one.queued).toBe(2);
    await settled();
    expect([one.queued, log.one]).toEqual([0, ['opened', 'drained']]);
    one.send(4);
    await settled();
    expect(log.one).toEqual(['opened', 'drained']);
  });
});

describe('closing one of two linked channels', () => {
  it('lets what was sent arrive, then ends; both are gone when the other has closed too', async () => {
    const { one, other, log } = openPair();
    await settled();
    one.send(1);
    one.close();
    one.send('too late');
    await settled();
    expect([log.one, log.other]).toEqual([['opened'], ['opened', 'heard', 1, 'ended']]);
    other.send('last words');
    other.close();
    await settled();
    expect(log.one).toEqual(['opened', 'heard', 'last words', 'ended', 'gone']);
    expect(log.other).toEqual(['opened', 'heard', 1, 'ended', 'gone']);
  });

  it('lets also that arrive which was sent while a burst was told', async () => {
    const { one, log, on } = openPair();
    on.other(1, () => {
      one.send(2);
      one.close();
    });
    one.send(1);
    await settled();
    expect(log.other).toEqual(['opened', 'heard', 1, 'heard', 2, 'ended']);
  });

  it('closes the other one along when that was never opened', async () => {
    const [one, other] = linkedPair();
    const log: unknown[] = [];
    one.open(listenerTo(log));
    await settled();
    one.send(1);
    one.close();
    await settled();
    expect(log).toEqual(['opened', 'ended', 'gone']);
    const late: unknown[] = [];
    other.open(listenerTo(late));
    await settled();
    expect(late).toEqual(['gone']);
  });

  it('tells each end once, whoever closes how often', async () => {
    const { one, other, log } = openPair();
    for (const end of [one, one, other, other]) end.close();
    await settled();
    expect(log.one).toEqual(['opened', 'ended', 'gone']);
    expect(log.other).toEqual(['opened', 'ended', 'gone']);
  });
});

describe('killing one of two linked channels', () => {
  it('drops what is under way, and tells both that they are gone, whatever the latency', async () => {
    const clock = virtualClock();
    const { one, log } = openPair({ clock, latencyMs: 10 });
    await settled();
    one.send(1);
    one.kill();
    one.kill();
    await settled();
    expect([log.one, log.other]).toEqual([
      ['opened', 'gone'],
      ['opened', 'gone'],
    ]);
    await clock.advance(10);
    expect(log.other).toEqual(['opened', 'gone']);
  });

  it('cuts off the burst that is being told', async () => {
    const { one, other, log, on } = openPair();
    on.other(1, () => other.kill());
    await settled();
    one.send(1);
    one.send(2);
    await settled();
    expect(log.other).toEqual(['opened', 'heard', 1, 'gone']);
  });

  it('tells an end that was about to open nothing else', async () => {
    const { one, log } = openPair();
    one.kill();
    await settled();
    expect([log.one, log.other]).toEqual([['gone'], ['gone']]);
  });

  it('tells one that is opened in the same turn once', async () => {
    const [one, other] = linkedPair();
    one.kill();
    const log: unknown[] = [];
    other.open(listenerTo(log));
    await settled();
    expect(log).toEqual(['gone']);
  });
});

describe('misuse of linked channels', () => {
  it.each<[string, LinkedPairOptions]>([
    ['latency without a clock', { latencyMs: 1 }],
    ['latency that is none', { latencyMs: -1 }],
    ['latency without an end', { latencyMs: Number.POSITIVE_INFINITY, clock: virtualClock() }],
    ['a mark that is none', { highWater: 0 }],
  ])('throws: %s', (_, options) => {
    expect(() => linkedPair(options)).toThrow(LocalProtocolError);
  });

  it('throws: opening twice', () => {
    const [one] = linkedPair();
    one.open(listenerTo([]));
    expect(() => one.open(listenerTo([]))).toThrow(LocalProtocolError);
  });
});

/** Both ends opened, and a log of what each is told. */
function openPair(options: LinkedPairOptions = {}) {
  const [one, other] = linkedPair(options);
  const log: { readonly one: unknown[]; readonly other: unknown[] } = { one: [], other: [] };
  const callbacks: [unknown, () => void][] = [];
  one.open(listenerTo(log.one));
  other.open(
    listenerTo(log.other, (json) => {
      for (const [at, callback] of callbacks) if (at === json) callback();
    }),
  );
  return { one, other, log, on: { other: (json: unknown, then: () => void) => void callbacks.push([json, then]) } };
}

function listenerTo(log: unknown[], received: (json: unknown) => void = () => {}) {
  return {
    opened: () => void log.push('opened'),
    heard: () => void log.push('heard'),
    received(json: unknown) {
      log.push(json);
      received(json);
    },
    garbled: () => void log.push('garbled'),
    drained: () => void log.push('drained'),
    ended: () => void log.push('ended'),
    writeFailed: () => void log.push('writeFailed'),
    gone: () => void log.push('gone'),
  };
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

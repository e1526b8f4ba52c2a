import { describe, expect, it } from 'vitest';
import { createMessageWriter } from '../src/message-writer.js';

describe('messages that are written', () => {
  it('are one write a burst, each a line (2025-11-25/transports/stdio-newlines)', async () => {
    const { writer, writes } = slowPeer();
    writer.send({ id: 1 });
    writer.send({ id: 2 });
    expect(writes).toEqual([]);
    await tick();
    expect(writes.map(({ text }) => text)).toEqual(['{"id":1}\n{"id":2}\n']);
  });

  it('wait while a write is under way, and are the next one together', async () => {
    const { writer, writes } = slowPeer();
    writer.send(1);
    await tick();
    writer.send(2);
    await tick();
    writer.send(3);
    await tick();
    expect(writes.map(({ text }) => text)).toEqual(['1\n']);
    writes[0]?.written();
    await tick();
    expect(writes.map(({ text }) => text)).toEqual(['1\n', '2\n3\n']);
  });

  it('go out in order when there is more than one write takes, and none is lost', async () => {
    const { writer, writes } = slowPeer();
    const sent = Array.from({ length: 50 }, (_, id) => ({ id, text: 'x'.repeat(20_000) }));
    for (const message of sent) writer.send(message);
    await tick();
    for (let at = 0; at < writes.length; at += 1) {
      expect(Buffer.byteLength(writes[at]?.text ?? '')).toBeLessThan(300_000);
      writes[at]?.written();
      await tick();
    }
    expect(writes.length).toBeGreaterThan(3);
    const lines = writes.flatMap(({ text }) => text.trimEnd().split('\n'));
    expect(lines.map((line) => JSON.parse(line))).toEqual(sent);
    expect(writer.queued).toBe(0);
  });

  it('are all handed over by a flush, also behind a write that is under way', async () => {
    const { writer, writes } = slowPeer();
    writer.send(1);
    await tick();
    for (let id = 0; id < 20; id += 1) writer.send('y'.repeat(100_000));
    writer.flush();
    const text = writes.map((write) => write.text).join('');
    expect(text.split('\n')).toHaveLength(22);
    expect(writer.queued).toBe(Buffer.byteLength(text));
  });
});

describe('what is queued', () => {
  it('is counted in bytes, newlines included, until the other side took it', async () => {
    const { writer, writes } = slowPeer();
    writer.send('ä€');
    expect(writer.queued).toBe(8);
    await tick();
    expect(writer.queued).toBe(8);
    writes[0]?.written();
    expect(writer.queued).toBe(0);
  });

  it('is told once to have drained, at half of what was full', async () => {
    const { writer, writes, drained } = slowPeer(100);
    for (let count = 0; count < 4; count += 1) {
      writer.send('x'.repeat(27));
      writer.flush();
    }
    expect(writer.queued).toBe(120);
    writes[0]?.written();
    expect(drained()).toBe(0);
    writes[1]?.written();
    writes[2]?.written();
    expect(drained()).toBe(1);
    writes[3]?.written();
    expect(drained()).toBe(1);
  });

  it('is not told to have drained when it was never full', async () => {
    const { writer, writes, drained } = slowPeer(100);
    writer.send('x'.repeat(27));
    await tick();
    writes[0]?.written();
    expect(drained()).toBe(0);
  });
});

describe('a writer whose other side is gone', () => {
  it('drops what waits and what comes, and lets nobody wait for room', async () => {
    const { writer, writes, drained } = slowPeer(10);
    writer.send('x'.repeat(20));
    await tick();
    writer.send('more');
    writes[0]?.written(new Error('EPIPE'));
    expect(writer.queued).toBe(0);
    expect(drained()).toBe(1);
    writer.send('later');
    await tick();
    expect(writer.queued).toBe(0);
    expect(writes).toHaveLength(1);
  });

  it('is found out by a write that is refused', async () => {
    let drained = 0;
    const writer = createMessageWriter({ write: () => false, highWater: 1, drained: () => (drained += 1) });
    writer.send(1);
    expect(drained).toBe(0);
    await tick();
    expect([drained, writer.queued]).toEqual([1, 0]);
  });
});

interface Write {
  readonly text: string;
  readonly written: (error?: Error | null) => void;
}

/** A writer to a peer that takes nothing before it is told to. */
function slowPeer(highWater = 1_000_000) {
  const writes: Write[] = [];
  let count = 0;
  const writer = createMessageWriter({
    write: (text, written) => writes.push({ text, written }) > 0,
    highWater,
    drained: () => {
      count += 1;
    },
  });
  return { writer, writes, drained: () => count };
}

async function tick(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

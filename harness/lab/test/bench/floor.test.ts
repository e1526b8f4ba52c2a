import { describe, expect, it } from 'vitest';
import { readUsage } from '../../src/bench/subject.js';
import { subject } from '../../src/bench/subjects/floor.js';
import { lineReader } from '../../src/bench/subjects/floor-lines.js';

describe('the floor in memory', () => {
  it('echoes', async () => {
    const client = await subject.connectInMemory();
    expect(await client.call('echo', { text: 'hello' })).toEqual({ content: [{ type: 'text', text: 'hello' }] });
  });

  it('gives each of many calls in flight its own answer', async () => {
    const client = await subject.connectInMemory();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, text) => client.call('echo', { text })));
    expect(answers).toEqual(
      Array.from({ length: 50 }, (_, text) => ({ content: [{ type: 'text', text: `${text}` }] })),
    );
  });

  it('delivers every notice of progress before the result, to its own call', async () => {
    const client = await subject.connectInMemory();
    const heard = [0, 0];
    await Promise.all(
      [3, 5].map((count, call) =>
        client.call('flood', { count }, () => {
          heard[call] = (heard[call] ?? 0) + 1;
        }),
      ),
    );
    expect(heard).toEqual([3, 5]);
  });

  it('tells what its process has used', async () => {
    const client = await subject.connectInMemory();
    expect(await readUsage(client)).toEqual({
      cpu: { user: expect.any(Number), system: expect.any(Number) },
      rss: expect.any(Number),
    });
  });
});

describe('the reader of lines', () => {
  it('reads the same messages however the bytes are cut', () => {
    const bytes = Buffer.from('{"jsonrpc":"2.0","id":1,"result":"é"}\n{"jsonrpc":"2.0","id":2}\n');
    const whole = read([bytes]);
    expect(whole).toEqual([
      { jsonrpc: '2.0', id: 1, result: 'é' },
      { jsonrpc: '2.0', id: 2 },
    ]);
    for (let size = 1; size < bytes.length; size += 1) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.subarray(at * size, (at + 1) * size),
      );
      expect(read(chunks), `chunks of ${size}`).toEqual(whole);
    }
  });
});

function read(chunks: readonly Buffer[]): unknown[] {
  const messages: unknown[] = [];
  const push = lineReader((message) => messages.push(message));
  for (const chunk of chunks) push(chunk);
  return messages;
}

import { PassThrough, Writable } from 'node:stream';
import { LocalProtocolError } from '@mcp-lifeline/core/process';
import { describe, expect, it } from 'vitest';
import { type ServerChannelOptions, stdioServerChannel } from '../src/server-channel.js';
import { listen, names } from './watched-channel.js';

describe("a server's own channel", () => {
  it('opens after `open` returned, and carries messages both ways', async () => {
    const { input, output, told, until, channel } = serve();
    expect(told).toEqual([]);
    await until('opened');
    input.write('{"id":1}\n{"id');
    input.write('":2}\nDEBUG\n');
    channel.send({ id: 1, result: {} });
    channel.send({ id: 2, result: {} });
    await until('received');
    await tick();
    expect(told).toEqual([
      'opened',
      { received: { id: 1 } },
      { received: { id: 2 } },
      { garbled: 'notJson', text: 'DEBUG' },
    ]);
    expect(output.written()).toEqual(['{"id":1,"result":{}}\n{"id":2,"result":{}}\n']);
  });

  it('reads what came in before it was opened', async () => {
    const input = new PassThrough();
    input.write('{"id":1}\n');
    const { until, messages } = serve({ input });
    await until('received');
    expect(messages()).toEqual([{ id: 1 }]);
  });

  it('opens once', () => {
    const { channel } = serve();
    expect(() => listen(channel)).toThrow(LocalProtocolError);
  });

  it.each([{ maxMessageBytes: -1 }, { maxQueuedBytes: 1.5 }, { flushMs: Number.POSITIVE_INFINITY }])(
    'is refused with a bound that is none: %o',
    (options) => {
      expect(() => serve(options)).toThrow(LocalProtocolError);
    },
  );
});

describe('the end of its input', () => {
  it('is told after the last line and a tail that was cut off (semantics 15)', async () => {
    const { input, until, told } = serve();
    input.end('{"id":1}\n{"i');
    await until('ended');
    expect(told).toEqual(['opened', { received: { id: 1 } }, { garbled: 'cutOff', text: '{"i' }, 'ended']);
  });

  it('is told once, however many ways it comes', async () => {
    const { input, until, told } = serve();
    await until('opened');
    input.destroy(new Error('EIO'));
    await until('ended');
    await tick();
    expect(told).toEqual(['opened', 'ended']);
  });

  it.each([
    ['it had ended', (input: PassThrough) => input.end().resume()],
    ['it was destroyed', (input: PassThrough) => input.destroy()],
  ])('is told also when %s before the start', async (_, end) => {
    const input = new PassThrough();
    end(input);
    await new Promise((resolve) => input.once('close', resolve));
    const { until, told } = serve({ input });
    await until('ended');
    expect(told).toEqual(['opened', 'ended']);
  });
});

describe('an output that breaks', () => {
  it('is told once, and what comes in is still heard (EPIPE kills only our half)', async () => {
    const { input, output, channel, until, told } = serve();
    output.breakNext();
    channel.send(1);
    await until('writeFailed');
    channel.send(2);
    input.end('{"id":1}\n');
    await until('ended');
    expect(names(told)).toEqual(['opened', 'writeFailed', 'received', 'ended']);
    expect(channel.queued).toBe(0);
  });

  it('is told when it was broken from the start', async () => {
    const output = new Writable();
    output.destroy();
    const { channel, until, told } = serve({ output });
    channel.send(1);
    await until('writeFailed');
    channel.send(2);
    await tick();
    expect(told).toEqual(['opened', 'writeFailed']);
  });
});

describe('an output that is slow', () => {
  it('never stops the reading, and is told to have drained', async () => {
    const { input, output, channel, until, messages, told } = serve({ maxQueuedBytes: 100 });
    output.hold();
    await until('opened');
    channel.send('x'.repeat(200));
    expect(channel.queued).toBe(203);
    input.write('1\n');
    await until('received');
    expect(messages()).toEqual([1]);
    expect(told).not.toContain('drained');
    output.release();
    await until('drained');
    expect(channel.queued).toBe(0);
  });
});

describe('its closing', () => {
  it('waits until what was sent is written, and then nothing is told any more', async () => {
    const { input, output, channel, until, told } = serve();
    await until('opened');
    output.hold();
    channel.send(1);
    channel.close();
    await tick();
    expect(told).toEqual(['opened']);
    output.release();
    await until('gone');
    input.write('{"id":1}\n');
    await tick();
    expect(told).toEqual(['opened', { gone: '' }]);
    expect(output.written()).toEqual(['1\n']);
    expect(input.listenerCount('data')).toBe(0);
  });

  it('waits for the last write, not for the first', async () => {
    const { output, channel, until, told } = serve();
    await until('opened');
    output.hold();
    channel.send('x'.repeat(300_000));
    channel.send(2);
    channel.close();
    await tick();
    output.takeOne();
    await tick();
    expect(told).toEqual(['opened']);
    output.release();
    await until('gone');
    expect(output.written()).toHaveLength(2);
  });

  it('waits no longer than its bound', async () => {
    const { output, channel, until } = serve({ flushMs: 1 });
    await until('opened');
    output.hold();
    channel.send(1);
    channel.close();
    await until('gone');
    expect(channel.queued).toBe(2);
  });

  it('waits for nothing when the output is broken', async () => {
    const { output, channel, until, told } = serve({ flushMs: 600_000 });
    await until('opened');
    output.breakNext();
    channel.send(1);
    channel.close();
    await until('gone');
    expect(names(told)).toContain('writeFailed');
  });

  it('before it opened: it never opens', async () => {
    const { channel, until, told } = serve();
    channel.close();
    channel.close();
    await until('gone');
    await tick();
    expect(told).toEqual([{ gone: '' }]);
  });

  it('is cut short by a kill', async () => {
    const { output, channel, until, told } = serve({ flushMs: 600_000 });
    await until('opened');
    output.hold();
    channel.send(1);
    channel.close();
    channel.kill();
    await until('gone');
    output.release();
    await tick();
    expect(told).toEqual(['opened', { gone: '' }]);
  });
});

/** A channel on streams of ours, which is opened and listened to. */
function serve(options: ServerChannelOptions & { readonly input?: PassThrough } = {}) {
  const input = options.input ?? new PassThrough();
  const output = new SlowOutput();
  const channel = stdioServerChannel({ output, ...options, input });
  return { input, output, channel, ...listen(channel) };
}

/** Takes what is written when it is told to. */
class SlowOutput extends Writable {
  readonly #texts: string[] = [];
  #held: (() => void)[] | null = null;
  #broken = false;

  constructor() {
    super({ decodeStrings: false });
  }

  written(): readonly string[] {
    return this.#texts;
  }

  hold(): void {
    this.#held = [];
  }

  takeOne(): void {
    this.#held?.shift()?.();
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const take of held) take();
  }

  breakNext(): void {
    this.#broken = true;
  }

  override _write(text: string, _encoding: string, taken: (error?: Error) => void): void {
    const take = (): void => {
      this.#texts.push(text);
      taken();
    };
    if (this.#broken) taken(new Error('EPIPE'));
    else if (this.#held !== null) this.#held.push(take);
    else take();
  }
}

async function tick(): Promise<void> {
  for (let count = 0; count < 3; count += 1) await new Promise((resolve) => setImmediate(resolve));
}

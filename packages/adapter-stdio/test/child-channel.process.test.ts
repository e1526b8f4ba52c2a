import { LocalProtocolError } from '@mcp-lifeline/core/process';
import { afterEach, describe, expect, it } from 'vitest';
import { childChannel } from '../src/child-channel.js';
import { channelTo, leaveNoChannel, names } from './watched-channel.js';
import { eventually, isAlive, node, PATIENT } from './watched-child.js';

afterEach(leaveNoChannel);

describe('a channel to a child process', () => {
  it('carries messages both ways, and ends without a signal when it is closed', async () => {
    const { channel, until, messages, told, heard } = channelTo(['cat']);
    await until('opened');
    channel.send({ jsonrpc: '2.0', id: 1, method: 'ping' });
    channel.send({ jsonrpc: '2.0', id: 2, method: 'ping' });
    await until('received');
    channel.close();
    await until('gone');
    expect(messages().map((message) => (message as { id: number }).id)).toEqual([1, 2]);
    expect(told.at(0)).toBe('opened');
    expect(told.slice(-2)).toEqual(['ended', { gone: '"cat" exited with code 0' }]);
    expect(heard()).toBeGreaterThan(0);
  });

  it('writes what was sent before it was closed, however much', async () => {
    const { channel, until, messages } = channelTo(['cat']);
    await until('opened');
    for (let id = 0; id < 100; id += 1) channel.send({ id, text: 'x'.repeat(20_000) });
    channel.close();
    await until('gone');
    expect(messages()).toHaveLength(100);
  });

  it('tells nothing before `open` returns', async () => {
    const { told, until } = channelTo(['/no/such/program']);
    expect(told).toEqual([]);
    await until('gone');
  });

  it('opens once', async () => {
    const { channel, until } = channelTo(['cat']);
    await until('opened');
    const nobody = () => {};
    const listener = { opened: nobody, heard: nobody, received: nobody, garbled: nobody, drained: nobody };
    expect(() => channel.open({ ...listener, ended: nobody, writeFailed: nobody, gone: nobody })).toThrow(
      LocalProtocolError,
    );
  });

  it.each([{ ladder: { ...PATIENT, graceMs: -1 } }, { maxMessageBytes: 0 }, { maxQueuedBytes: Number.NaN }])(
    'is refused with a bound that is none: %o',
    (options) => {
      expect(() => childChannel({ command: 'cat', env: {}, ...options })).toThrow(LocalProtocolError);
    },
  );
});

describe('what a child writes', () => {
  it('is a sign of life before it is a message', async () => {
    let before = -1;
    const { until, heard } = channelTo(['echo', '1'], {}, { received: () => (before = heard()) });
    await until('gone');
    expect(before).toBe(1);
  });

  it('is skipped and reported where it is no message', async () => {
    const { told, until } = channelTo(node('console.log(\'Server ready!\\n{"id":1}\\n\')'));
    await until('gone');
    expect(told.slice(1, 4)).toEqual([
      { garbled: 'notJson', text: 'Server ready!' },
      { received: { id: 1 } },
      { garbled: 'blank', text: '' },
    ]);
  });

  it('is fed to the last line before the end, and a tail without its newline is told as cut off (semantics 15)', async () => {
    const { told, until } = channelTo(node('process.stdout.write(\'{"id":1}\\n{"id":2}\\n{"id"\')'));
    await until('gone');
    expect(told.slice(1, 5)).toEqual([
      { received: { id: 1 } },
      { received: { id: 2 } },
      { garbled: 'cutOff', text: '{"id"' },
      'ended',
    ]);
  });

  it('may be one line of the longest length allowed, and no longer', async () => {
    const script = "console.log(JSON.stringify('x'.repeat(98))); console.log(JSON.stringify('y'.repeat(99)))";
    const { told, until } = channelTo(node(script), { maxMessageBytes: 100 });
    await until('gone');
    expect(told[1]).toEqual({ received: 'x'.repeat(98) });
    expect(told[2]).toMatchObject({ garbled: 'tooLong' });
  });
});

describe('the end of a child', () => {
  it('is heard before its exit when it ends the session itself: it gets the time to leave (semantics 16)', async () => {
    const script = `const fs = require('fs'); console.log('{"id":1}');
      setTimeout(() => { fs.closeSync(1); setTimeout(() => process.exit(5), 200) }, 50)`;
    const { channel, until, told, detail } = channelTo(node(script));
    await until('ended');
    expect(isAlive(channel.pid ?? 0)).toBe(true);
    channel.close();
    await until('gone');
    expect(names(told)).toEqual(['opened', 'received', 'ended', 'gone']);
    expect(detail()).toContain('exited with code 5');
  });

  it('is known `drainMs` after its exit when a descendant holds the pipe open (semantics 14)', async () => {
    const { channel, until, told } = channelTo(['sh', '-c', 'sleep 600 & echo $!; exit 4'], {
      ladder: { ...PATIENT, drainMs: 50 },
    });
    await until('gone');
    const [descendant] = told.flatMap((one) => (typeof one === 'object' && 'received' in one ? [one.received] : []));
    expect(isAlive(Number(descendant))).toBe(false);
    expect(names(told)).toEqual(['opened', 'received', 'ended', 'gone']);
    expect(channel.queued).toBe(0);
  });

  it('is told as ended as soon as the pipe is given up, not only when the group is gone', async () => {
    const script = "trap '' TERM; sleep 600 & echo $!; exit 4";
    const { channel, until, told } = channelTo(['sh', '-c', script], { ladder: { ...PATIENT, drainMs: 50 } });
    await until('ended');
    // SIGTERM is ignored and SIGKILL is far away: nothing else could have told it.
    expect(names(told)).toEqual(['opened', 'received', 'ended']);
    channel.kill();
    await until('gone');
    expect(names(told)).toEqual(['opened', 'received', 'ended', 'gone']);
  });

  it('waits for what a descendant still writes after the exit (semantics 14)', async () => {
    const { until, messages, told } = channelTo(['sh', '-c', '(sleep 0.2; echo 2) & echo 1']);
    await until('gone');
    expect(messages()).toEqual([1, 2]);
    expect(names(told).slice(-2)).toEqual(['ended', 'gone']);
  });

  it('quotes how it exited and what it said of that', async () => {
    const { until, detail } = channelTo(node("console.error('API_KEY is missing'); process.exit(3)"));
    await until('gone');
    expect(detail()).toContain('exited with code 3 before it sent a message');
    expect(detail()).toContain('API_KEY is missing');
  });

  it('quotes 8 KiB of its standard error, keeps 64, and passes all of it on', async () => {
    let bytes = 0;
    const { channel, until, detail } = channelTo(node("process.stderr.write('e'.repeat(300_000) + 'the end')"), {
      onStderr: (chunk) => {
        bytes += chunk.length;
      },
    });
    await until('gone');
    expect(bytes).toBe(300_007);
    expect(channel.stderr()).toHaveLength(64 * 1024);
    expect(detail().endsWith('eethe end')).toBe(true);
    expect(detail().length).toBeLessThan(8 * 1024 + 200);
  });
});

describe('what its process does', () => {
  it('is told in order, and each before the session hears of it', async () => {
    const both: string[] = [];
    const { channel, until } = channelTo(
      ['cat'],
      { onProcess: ({ type }) => both.push(type) },
      {
        opened: () => both.push('(opened)'),
        ended: () => both.push('(ended)'),
        received: () => both.push('(received)'),
      },
    );
    await until('opened');
    channel.send({ id: 1 });
    await until('received');
    channel.close();
    await until('gone');
    // Which of the two ends comes first is the operating system's affair.
    const ends = ['outputEnded', 'exited'];
    expect(both.filter((one) => !ends.includes(one))).toEqual([
      'spawned',
      '(opened)',
      '(received)',
      'inputEnded',
      '(ended)',
      'groupGone',
      'over',
    ]);
    expect(both.indexOf('(ended)')).toBe(both.indexOf('outputEnded') + 1);
    expect(both).toContain('exited');
  });

  it('is told of one that never ran too', async () => {
    const told: string[] = [];
    const { until } = channelTo(['/no/such/program'], { onProcess: ({ type }) => told.push(type) });
    await until('gone');
    expect(told).toEqual(['spawnFailed', 'over']);
  });
});

describe('a child that cannot be started', () => {
  it('is gone without ever having opened, and says what to look at', async () => {
    const { until, told, detail } = channelTo(['/no/such/program']);
    await until('gone');
    expect(told).toHaveLength(1);
    expect(detail()).toMatch(/^could not start "\/no\/such\/program": ENOENT\. Check/);
  });

  it('is not a place where secrets come to light', async () => {
    const { until, detail } = channelTo(['cat', 'secret\0argument'], { env: { TOKEN: 'secret\0value' } });
    await until('gone');
    expect(detail()).toContain('could not start "cat"');
    expect(detail()).not.toContain('secret');
  });
});

describe('a channel that is closed or killed', () => {
  it('before its child was seen to start: it never opens, and nothing is left (semantics 18)', async () => {
    const { channel, until, told, heard } = channelTo(['sh', '-c', 'echo 1; cat']);
    channel.close();
    await until('gone');
    expect(told).toEqual([{ gone: '"sh" exited with code 0 before it sent a message' }]);
    expect(heard()).toBe(0);
  });

  it('before its start failed (semantics 18)', async () => {
    const { channel, until, told } = channelTo(['/no/such/program']);
    channel.kill();
    await until('gone');
    expect(told).toHaveLength(1);
  });

  it('closes gracefully, also when it is asked for twice; killing is a word of its own', async () => {
    const script = "console.log(1); process.stdin.on('end', () => setTimeout(() => process.exit(6), 200)).resume()";
    const { channel, until, detail } = channelTo(node(script));
    await until('received');
    channel.close();
    channel.close();
    await until('gone');
    expect(detail()).toContain('exited with code 6');
  });

  it('is over at once when it is killed while it closes, and tells so once', async () => {
    const { channel, until, told, detail } = channelTo(node('console.log(1); setInterval(() => {}, 1000)'));
    await until('received');
    channel.close();
    channel.kill();
    await until('gone');
    channel.kill();
    channel.close();
    expect(detail()).toContain('was ended by SIGKILL');
    expect(names(told)).toEqual(['opened', 'received', 'ended', 'gone']);
  });
});

describe('writing to a child', () => {
  it('that closed its input fails, and what it says is still heard (semantics 20)', async () => {
    const script = "require('fs').closeSync(0); console.log(1); setTimeout(() => console.log(2), 300)";
    const { channel, until, messages, told } = channelTo(node(script));
    await until('received');
    channel.send({ id: 1 });
    await until('writeFailed');
    channel.send({ id: 2 });
    await until('gone');
    expect(messages()).toEqual([1, 2]);
    expect(names(told)).toEqual(['opened', 'received', 'writeFailed', 'received', 'ended', 'gone']);
    expect(channel.queued).toBe(0);
  });

  it('that is stopped fills up to the bound, and goes on when it does', async () => {
    const highWater = 1024 * 1024;
    const count = 1_600;
    let next = 0;
    const { channel, until, messages, told } = channelTo(['cat'], { maxQueuedBytes: highWater }, { drained: offer });
    function offer(): void {
      while (next < count && channel.queued < highWater) {
        channel.send({ id: next, text: 'x'.repeat(64 * 1024) });
        next += 1;
      }
    }
    await until('opened');
    const { pid = 0 } = channel;
    process.kill(pid, 'SIGSTOP');
    offer();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(told).toEqual(['opened']);
    expect(channel.queued).toBeLessThan(highWater + 70 * 1024);
    expect(next).toBeLessThan(20);
    process.kill(pid, 'SIGCONT');
    await eventually(() => messages().length === count, 'all 100 MB to come back');
    expect(messages().map((message) => (message as { id: number }).id)).toEqual(
      Array.from({ length: count }, (_, id) => id),
    );
  });

  it('that reads nothing keeps nobody from reading what it writes', async () => {
    const script =
      "process.stdout.write('[' + '1,'.repeat(40_000) + '1]\\n'); console.log(2); setInterval(() => {}, 1000)";
    const { channel, until, messages } = channelTo(node(script), { maxQueuedBytes: 1024 });
    await until('opened');
    for (let count = 0; count < 100; count += 1) channel.send('x'.repeat(100_000));
    await eventually(() => messages().length === 2, 'both messages');
    expect(channel.queued).toBeGreaterThan(1024);
  });

  it('that is stopped and then killed lets nobody wait', async () => {
    const { channel, until, told } = channelTo(['cat'], { maxQueuedBytes: 1024 });
    await until('opened');
    process.kill(channel.pid ?? 0, 'SIGSTOP');
    for (let count = 0; count < 20; count += 1) channel.send('x'.repeat(100_000));
    channel.kill();
    await until('gone');
    expect(names(told).at(-1)).toBe('gone');
  });
});

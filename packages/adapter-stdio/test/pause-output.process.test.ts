import { afterEach, describe, expect, it } from 'vitest';
import { eventually, leaveNothing, node, watch } from './watched-child.js';

/** More than any pipe holds. */
const BYTES = 5_000_000;
/** Tells each byte of its input on stderr; writes all of that at the first one, and leaves when it is out. */
const FLOOD = `process.stdin.on('data', (bytes) => process.stderr.write(bytes));
  process.stdin.once('data', () => process.stdout.write('x'.repeat(${BYTES}), () => {
    process.stderr.write('!');
    process.stdin.destroy();
  }));
  console.log('');`;

describe('a child whose output is left unread for a while', () => {
  it('has to wait until its writing gets out, and is read to the end later', async () => {
    const { child, output, stderr } = watch(node(FLOOD));
    await eventually(() => output() === '\n', 'its first line');
    expect(child.pauseOutput()).toBe(true);
    for (const byte of ['a', 'b', 'c']) {
      child.write(byte);
      await eventually(() => stderr().endsWith(byte), 'that it goes on');
    }
    expect(output().length).toBeLessThan(BYTES);
    child.resumeOutput();
    expect(await child.over).toMatchObject({ how: 'reaped', code: 0 });
    expect([stderr(), output().length]).toEqual(['abc!', BYTES + 1]);
  });

  it('has none any more once it is over', async () => {
    const { child } = watch(node(''));
    await child.over;
    expect(child.pauseOutput()).toBe(false);
  });
});

afterEach(leaveNothing);

import { afterEach, describe, expect, it } from 'vitest';
import { eventually, leaveNothing, node, PATIENT, signals, watch } from './watched-child.js';

/** Answers each chunk of its input with a line; tells on stderr when that fails, and stays. */
const STUBBORN = `process.stdin.on('data', () => process.stdout.write('line\\n'));
  process.stdout.on('error', (error) => process.stderr.write(error.code));
  console.log('ready');`;

/** So that an output which never ends is given up soon. */
const config = { ...PATIENT, drainMs: 50 };

describe('a child whose output we stop reading', () => {
  it('is told so by the failure of its next write, and lives', async () => {
    const { child, events, output, stderr } = watch(node(STUBBORN), { config });
    await eventually(() => output() === 'ready\n', 'its first line');
    expect(child.closeOutput()).toBe(true);
    expect(child.closeOutput()).toBe(false);
    child.write('x');
    await eventually(() => stderr() === 'EPIPE', 'its failure to write');
    expect(child.phase).toBe('running');
    expect(events.map(({ type }) => type)).toEqual(['spawned', 'outputClosed']);
  });

  it('is led out like one whose output never ends: given up after its exit, and nobody is signalled', async () => {
    const { child, events, output } = watch(node(STUBBORN), { config });
    await eventually(() => output() === 'ready\n', 'its first line');
    child.closeOutput();
    child.close();
    expect(await child.over).toEqual({ how: 'reaped', code: 0, signal: null });
    const types = events.map(({ type }) => type);
    expect(types).toEqual(['spawned', 'outputClosed', 'inputEnded', 'exited', 'groupGone', 'over']);
    expect(signals(events)).toEqual([]);
    expect(output()).toBe('ready\n');
  });

  it('is heard out in the same way when it exits by itself', async () => {
    const { child, events, output } = watch(node(`${STUBBORN} process.stdout.on('error', () => process.exit(9));`), {
      config,
    });
    await eventually(() => output() === 'ready\n', 'its first line');
    child.closeOutput();
    child.write('x');
    expect(await child.over).toEqual({ how: 'reaped', code: 9, signal: null });
    expect(events.some(({ type }) => type === 'outputEnded')).toBe(false);
  });

  it('is killed like any other', async () => {
    const { child, output } = watch(node(STUBBORN), { config });
    await eventually(() => output() === 'ready\n', 'its first line');
    child.closeOutput();
    child.kill();
    expect(await child.over).toEqual({ how: 'reaped', code: null, signal: 'SIGKILL' });
  });

  it('is nothing to close once it has ended, and where there never was a child', async () => {
    const { child } = watch(['true']);
    await child.over;
    expect(child.closeOutput()).toBe(false);
    const { child: none } = watch(['/no/such/program']);
    expect(none.closeOutput()).toBe(false);
    await none.over;
  });
});

afterEach(leaveNothing);

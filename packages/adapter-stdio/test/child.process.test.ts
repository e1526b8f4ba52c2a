import { afterEach, describe, expect, it } from 'vitest';
import { isGroupAlive } from '../src/group.js';
import { eventually, isAlive, leaveNothing, node, PATIENT, signals, watch } from './watched-child.js';

describe('a child that cannot be started', () => {
  it.each([
    ['there is no such program', ['/no/such/program'], {}, 'ENOENT'],
    ['a folder is no program', ['/'], {}, 'EACCES'],
    ['a file is no folder', [`${process.execPath}/node`], {}, 'ENOTDIR'],
    ['there is no such working folder', [process.execPath], { cwd: '/no/such/folder' }, 'ENOENT'],
    ['its working folder is a file', [process.execPath], { cwd: process.execPath }, 'ENOTDIR'],
    ['its arguments are too long', [process.execPath, 'x'.repeat(4_000_000)], {}, 'E2BIG'],
    ['its name cannot be one', ['a\0b'], {}, 'ERR_INVALID_ARG_VALUE'],
    ['it has no name', [''], {}, 'ERR_INVALID_ARG_VALUE'],
  ] as const)('never started when %s', async (_, [program, ...args], options, code) => {
    const { child, events } = watch([program, ...args], options);
    expect(await child.over).toEqual({ how: 'neverStarted', code: null, signal: null });
    expect(events.map(({ type }) => type)).toEqual(['spawnFailed', 'over']);
    expect(events[0]).toMatchObject({ code });
    expect(child.pid).toBeUndefined();
  });

  it('never started, also when it was closed before that was known', async () => {
    const { child, events } = watch(['/no/such/program']);
    child.close();
    child.close();
    expect((await child.over).how).toBe('neverStarted');
    expect(events.map(({ type }) => type)).toEqual(['spawnFailed', 'over']);
  });

  it('takes no input and no signal', async () => {
    const { child } = watch([`${process.execPath}/node`]);
    expect(child.write('x')).toBe(false);
    child.endInput();
    expect(child.signal('SIGTERM')).toBe(false);
    await child.over;
  });
});

describe('a child that is told to leave before it was seen to start', () => {
  it('is led out as soon as it exists', async () => {
    const { child, events } = watch(['cat']);
    child.close();
    expect(await child.over).toEqual({ how: 'reaped', code: 0, signal: null });
    expect(events.map(({ type }) => type).slice(0, 2)).toEqual(['spawned', 'inputEnded']);
  });

  it('is killed as soon as it exists', async () => {
    const { child } = watch(['cat']);
    child.kill();
    expect(await child.over).toEqual({ how: 'reaped', code: null, signal: 'SIGKILL' });
  });
});

describe('the output of a child', () => {
  it('is read to its end before it is over, however much there is', async () => {
    const { child, output } = watch(node("process.stdout.write('x'.repeat(5_000_000))"));
    await child.over;
    expect(output()).toHaveLength(5_000_000);
  });

  it('is read to its end when the exit comes first', async () => {
    const script = `require('child_process').spawn('sh', ['-c', 'sleep 0.3; echo last'], { stdio: ['ignore', 'inherit', 'ignore'] });
      console.log('first'); process.exit(7)`;
    const { child, events, output } = watch(node(script));
    expect(await child.over).toEqual({ how: 'reaped', code: 7, signal: null });
    expect(output()).toBe('first\nlast\n');
    const order = events.map(({ type }) => type);
    expect(order.indexOf('exited')).toBeLessThan(order.indexOf('outputEnded'));
    expect(order.at(-1)).toBe('over');
  });

  it('is given up when a descendant holds it open, and the group is terminated', async () => {
    const { child, events, output } = watch(['sh', '-c', 'sleep 600 & echo $!'], {
      config: { ...PATIENT, drainMs: 50 },
    });
    expect(await child.over).toEqual({ how: 'reaped', code: 0, signal: null });
    expect(signals(events)).toEqual(['SIGTERM']);
    expect(events.some(({ type }) => type === 'outputEnded')).toBe(false);
    expect(isAlive(Number(output()))).toBe(false);
  });

  it('keeps coming when its input broke', async () => {
    const { child, events, output } = watch(
      node("require('fs').closeSync(0); console.log('closed'); setTimeout(() => console.log('later'), 300)"),
    );
    await eventually(() => output() !== '', 'the first line');
    child.write('into the void\n');
    expect((await child.over).code).toBe(0);
    expect(events.some(({ type }) => type === 'inputBroken')).toBe(true);
    expect(output()).toBe('closed\nlater\n');
  });
});

describe('the standard error of a child', () => {
  it('never blocks it, however much it writes', async () => {
    const { child, output, stderr } = watch(
      node(
        "require('fs').writeSync(2, 'e'.repeat(1)); process.stderr.write('e'.repeat(9_999_999)); console.log('done')",
      ),
    );
    await child.over;
    expect(output()).toBe('done\n');
    expect(stderr()).toHaveLength(10_000_000);
  });

  it('is read to its end when the last of the group dies while we are busy', async () => {
    const { child, stderr } = watch(['sh', '-c', '(sleep 0.2; echo famous last words >&2) >/dev/null & exit 0'], {
      onEvent: (event) => {
        if (event.type === 'exited') block(600);
      },
    });
    await child.over;
    expect(stderr()).toBe('famous last words\n');
  });
});

describe('the input of a child', () => {
  it('takes what is written, in order', async () => {
    const { child, output } = watch(['cat']);
    expect(child.write('one ')).toBe(true);
    expect(child.write(new TextEncoder().encode('two'))).toBe(true);
    child.close();
    await child.over;
    expect(output()).toBe('one two');
  });

  it('drops what is written after its end, and says so', async () => {
    const { child, events, output } = watch(['cat']);
    child.write('kept');
    child.endInput();
    child.endInput();
    expect(child.write('dropped')).toBe(false);
    await child.over;
    expect(output()).toBe('kept');
    expect(events.filter(({ type }) => type === 'inputEnded')).toHaveLength(1);
    expect(events.some(({ type }) => type === 'inputBroken')).toBe(false);
  });

  it('may be more than a child that never reads will take', async () => {
    const { child, events } = watch(['sleep', '600'], { config: { ...PATIENT, graceMs: 50 } });
    child.write('x'.repeat(4_000_000));
    child.close();
    expect(await child.over).toMatchObject({ how: 'reaped', signal: 'SIGTERM' });
    expect(signals(events)).toEqual(['SIGTERM']);
  });
});

describe('what happened to a child', () => {
  it('is told in the order in which it happened, and its end comes last', async () => {
    const { child, events } = watch(['cat']);
    await eventually(() => events.length > 0, 'the start');
    child.close();
    await child.over;
    expect(events[0]).toEqual({ type: 'spawned', pid: child.pid });
    expect(events[1]).toEqual({ type: 'inputEnded' });
    expect(
      events
        .slice(2, 4)
        .map(({ type }) => type)
        .toSorted(),
    ).toEqual(['exited', 'outputEnded']);
    expect(events.slice(4)).toEqual([
      { type: 'groupGone' },
      { type: 'over', over: { how: 'reaped', code: 0, signal: null } },
    ]);
  });

  it('is told to the end: nothing follows `over`, not even the exit of a child that was abandoned', async () => {
    // What takes long to be freed takes long to die.
    const script = "globalThis.held = Buffer.alloc(400_000_000, 1); console.log('ready'); process.stdin.resume()";
    const { child, events, output } = watch(node(script), { config: { ...PATIENT, reapMs: 0 } });
    await eventually(() => output() !== '', 'its readiness');
    const { pid = 0 } = child;
    child.kill();
    await child.over;
    await eventually(() => !isGroupAlive(pid), 'its death');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(events.at(-1)?.type).toBe('over');
  });

  it('is nothing that two children share', async () => {
    const [one, two] = [watch(['cat']), watch(['cat'])];
    one.child.write('one');
    two.child.write('two');
    one.child.kill();
    expect((await one.child.over).signal).toBe('SIGKILL');
    expect(two.child.phase).toBe('running');
    two.child.close();
    await two.child.over;
    expect(two.output()).toBe('two');
  });
});

afterEach(leaveNothing);

/** Keeps our own event loop busy, as a judge that works does. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

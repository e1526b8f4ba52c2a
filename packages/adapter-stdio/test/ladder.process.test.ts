import { afterEach, describe, expect, it } from 'vitest';
import {
  eventually,
  isAlive,
  leaveNothing,
  node,
  PATIENT,
  signals,
  type WatchedChild,
  watch,
} from './watched-child.js';

afterEach(leaveNothing);

describe('the closing ladder', () => {
  it('ends the input and sends nothing to a server that leaves by itself', async () => {
    const { child, events } = await ready(LEAVES_AT_EOF);
    child.close();
    expect(await child.over).toEqual({ how: 'reaped', code: 0, signal: null });
    expect(signals(events)).toEqual([]);
  });

  it('sends SIGTERM to a server that ignores the end of its input', async () => {
    const { child, events } = await ready(IGNORES_EOF, { graceMs: 50 });
    child.close();
    expect(await child.over).toEqual({ how: 'reaped', code: null, signal: 'SIGTERM' });
    expect(signals(events)).toEqual(['SIGTERM']);
  });

  it('lets a server clean up after SIGTERM, and hears its last words', async () => {
    const script = `process.on('SIGTERM', () => setTimeout(() => { console.log('cleaned'); process.exit(0) }, 100)); ${IGNORES_EOF}`;
    const { child, events, output } = await ready(script, { graceMs: 50 });
    child.close();
    expect(await child.over).toEqual({ how: 'reaped', code: 0, signal: null });
    expect(signals(events)).toEqual(['SIGTERM']);
    expect(output()).toBe('ready\ncleaned\n');
  });

  it('sends SIGKILL to a server that ignores SIGTERM', async () => {
    const { child, events } = await ready(IGNORES_ALL, { graceMs: 50, termMs: 50 });
    child.close();
    expect(await child.over).toEqual({ how: 'reaped', code: null, signal: 'SIGKILL' });
    expect(signals(events)).toEqual(['SIGTERM', 'SIGKILL']);
  });

  it('sends SIGKILL at once when it is asked for a second time', async () => {
    const { child, events } = await ready(IGNORES_ALL);
    child.close();
    child.close();
    expect(await child.over).toEqual({ how: 'reaped', code: null, signal: 'SIGKILL' });
    expect(signals(events)).toEqual(['SIGKILL']);
  });

  it('sends SIGKILL at once to what is to be killed', async () => {
    const { child, events } = await ready(LEAVES_AT_EOF);
    child.kill();
    expect((await child.over).signal).toBe('SIGKILL');
    expect(signals(events)).toEqual(['SIGKILL']);
  });

  it('begins by itself when the server closes its output and stays', async () => {
    const { child, events } = watch(node("require('fs').closeSync(1); process.stdin.resume()"));
    expect(await child.over).toEqual({ how: 'reaped', code: 0, signal: null });
    const order = events.map(({ type }) => type);
    expect(order.indexOf('outputEnded')).toBeLessThan(order.indexOf('inputEnded'));
    expect(order.indexOf('inputEnded')).toBeLessThan(order.indexOf('exited'));
  });

  it('changes nothing once the process is over', async () => {
    const { child, events } = await ready(LEAVES_AT_EOF);
    child.close();
    await child.over;
    const before = events.length;
    child.close();
    child.kill();
    child.endInput();
    expect(child.signal('SIGKILL')).toBe(false);
    expect(child.write('x')).toBe(false);
    expect(events).toHaveLength(before);
  });
});

describe('the whole group', () => {
  it('gets the signals, not the leader alone', async () => {
    const { child, output } = watch(['sh', '-c', 'sleep 600 & echo $!; wait'], { config: { ...PATIENT, graceMs: 50 } });
    await eventually(() => output() !== '', 'the descendant');
    child.close();
    expect((await child.over).how).toBe('reaped');
    expect(isAlive(Number(output()))).toBe(false);
  });

  it('ends with a leader that crashed', async () => {
    const script = 'sleep 600 >/dev/null 2>&1 & echo $!; kill -9 $$';
    const { child, events, output } = watch(['sh', '-c', script], { config: { ...PATIENT, drainMs: 50 } });
    expect(await child.over).toEqual({ how: 'reaped', code: null, signal: 'SIGKILL' });
    expect(signals(events)).toEqual(['SIGTERM']);
    expect(isAlive(Number(output()))).toBe(false);
  });

  it('is killed when what a leader left behind ignores SIGTERM', async () => {
    const script = "trap '' TERM; sleep 600 >/dev/null 2>&1 & echo $!; exit 3";
    const config = { ...PATIENT, drainMs: 50, termMs: 50 };
    const { child, events, output } = watch(['sh', '-c', script], { config });
    expect(await child.over).toEqual({ how: 'reaped', code: 3, signal: null });
    expect(signals(events)).toEqual(['SIGTERM', 'SIGKILL']);
    expect(isAlive(Number(output()))).toBe(false);
  });

  it('may leave in its own time: nobody is signalled while the output is still open and in use', async () => {
    const script = '(sleep 0.2; echo later) & exit 0';
    const { child, events, output } = watch(['sh', '-c', script]);
    expect((await child.over).how).toBe('reaped');
    expect(signals(events)).toEqual([]);
    expect(output()).toBe('later\n');
  });

  it('gets a signal that was asked for outside the ladder, which is told by nobody', async () => {
    const { child, events } = await ready(IGNORES_EOF);
    expect(child.signal('SIGTERM')).toBe(true);
    expect((await child.over).signal).toBe('SIGTERM');
    expect(signals(events)).toEqual([]);
    expect(child.signal('SIGTERM')).toBe(false);
  });
});

const LEAVES_AT_EOF = "console.log('ready'); process.stdin.resume()";
const IGNORES_EOF = "console.log('ready'); setInterval(() => {}, 1000)";
const IGNORES_ALL = `process.on('SIGTERM', () => {}); ${IGNORES_EOF}`;

/** Starts a server and waits until it has said that its handlers stand. */
async function ready(script: string, config: Partial<typeof PATIENT> = {}): Promise<WatchedChild> {
  const watched = watch(node(script), { config: { ...PATIENT, ...config } });
  await eventually(() => watched.output() !== '', 'its readiness');
  return watched;
}

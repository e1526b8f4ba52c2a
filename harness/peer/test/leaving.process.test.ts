import { getEventListeners } from 'node:events';
import { createRedactor } from '@mcp-lifeline/trace';
import { afterEach, describe, expect, it } from 'vitest';
import {
  absences,
  eventually,
  leaveNothing,
  leftOver,
  ofKind,
  PATIENT,
  SURE_MS,
  serve,
  start,
} from './scripted-server.js';

afterEach(leaveNothing);

describe('a run that is led out', () => {
  it('tells the whole life of its server, and ends quietly', async () => {
    const peer = start(['cat']);
    const trace = await peer.finish();
    const kinds = trace.events.map(({ kind }) => kind).filter((kind) => kind !== 'lag' && kind !== 'absent');
    expect(kinds.slice(0, 2)).toEqual(['spawned', 'inputEnded']);
    expect(kinds.slice(2, 4).toSorted()).toEqual(['exited', 'outputEnded']);
    expect(kinds.slice(4)).toEqual(['groupGone', 'survey', 'end']);
    expect(ofKind(trace, 'survey')).toMatchObject([{ survivors: [] }]);
    expect(ofKind(trace, 'end')).toMatchObject([{ why: 'quiet' }]);
    expect(peer.ended).toEqual({ how: 'reaped', code: 0, signal: null });
    expect(peer.isGone).toBe(true);
  });

  it('says why its server could not be started', async () => {
    const peer = start(['/no/such/server']);
    const trace = await peer.finish();
    expect(peer.spawnError).toMatchObject({ code: 'ENOENT' });
    expect(absences(trace)).toEqual([]);
    expect(trace.events.filter(({ kind }) => kind !== 'absent')).toMatchObject([
      { kind: 'spawnFailed', code: 'ENOENT' },
      { kind: 'end', why: 'quiet' },
    ]);
  });

  it('says so also when starting fails at once', async () => {
    const peer = start([`${process.execPath}/server`]);
    expect(await peer.until(() => false, SURE_MS, 'a wonder')).toBe('gone');
    await peer.finish();
    expect(peer.spawnError).toMatchObject({ code: 'ENOTDIR' });
  });

  it('gives the same trace when it is finished twice', async () => {
    const peer = start(['cat']);
    const trace = await peer.finish();
    const { length } = trace.events;
    expect(await peer.finish('kill')).toBe(trace);
    expect(trace.events).toHaveLength(length);
  });

  it('reached a bound when a stranger still holds the output', async () => {
    const script =
      "require('child_process').spawn('sleep', ['600'], { detached: true, stdio: ['ignore', 'inherit', 'ignore'] }).unref()";
    const peer = start([process.execPath, '-e', script], { ladder: { ...PATIENT, drainMs: 100 } });
    const trace = await peer.finish();
    expect(ofKind(trace, 'outputEnded')).toEqual([]);
    expect(ofKind(trace, 'end')).toMatchObject([{ why: 'limit' }]);
  });
});

describe('a signal', () => {
  it('of the script is recorded as such, and so is the exit that it brings', async () => {
    const peer = serve("process.on('SIGTERM', () => process.exit(9)); say('\"ready\"')");
    await peer.until(() => peer.outputBytes > 0, SURE_MS, 'readiness');
    peer.signal('SIGTERM');
    expect(await peer.exited(SURE_MS, 'an exit')).toBe('met');
    const trace = await peer.finish('kill');
    expect(ofKind(trace, 'signalled')).toMatchObject([{ signal: 'SIGTERM', by: 'scenario' }]);
    expect(ofKind(trace, 'exited')).toMatchObject([{ code: 9, signal: null }]);
  });

  it('of the closing ladder is recorded as such', async () => {
    const peer = start(['sleep', '600'], { ladder: { ...PATIENT, graceMs: 20 } });
    expect(ofKind(await peer.finish(), 'signalled')).toMatchObject([{ signal: 'SIGTERM', by: 'ladder' }]);
  });

  it('is not recorded when nobody is left to get it', async () => {
    const peer = start(['true']);
    await peer.exited(SURE_MS, 'an exit');
    await peer.finish();
    peer.signal('SIGTERM');
    expect(ofKind(await peer.finish(), 'signalled')).toEqual([]);
  });
});

describe('holding still', () => {
  it('ends early when the server is gone', async () => {
    const peer = start(['sh', '-c', 'exit 0']);
    await peer.hold('nothing', SURE_MS);
    expect(peer.isGone).toBe(true);
    expect(ofKind(await peer.finish(), 'held')).toMatchObject([{ what: 'nothing' }]);
  });
});

describe.skipIf(process.platform !== 'linux')('what a server leaves behind', () => {
  it('is found and killed, also when it left the group', async () => {
    const peer = start([process.execPath, '-e', LEAVES_A_STRANGER]);
    const trace = await peer.finish();
    const [survivor, ...others] = ofKind(trace, 'survey')[0]?.survivors ?? [];
    expect(survivor).toMatchObject({ name: 'sleep', inGroup: false });
    expect(others).toEqual([]);
    expect(ofKind(trace, 'end')).toMatchObject([{ why: 'quiet' }]);
    await eventually(() => leftOver().length === 0, 'nothing left');
  });

  it('is told to the peer that started it, and to no other', async () => {
    const [one, two] = [start([process.execPath, '-e', LEAVES_A_STRANGER]), start(['cat'])];
    await one.exited(SURE_MS, 'an exit');
    expect(ofKind(await two.finish(), 'survey')).toMatchObject([{ survivors: [] }]);
    expect(leftOver()).toHaveLength(1);
    expect(ofKind(await one.finish(), 'survey')[0]?.survivors).toHaveLength(1);
  });

  it('is not said to be nothing where the process table cannot be read', async () => {
    const peer = start(['true']);
    await peer.exited(SURE_MS, 'an exit');
    const trace = await onPlatform('darwin', () => peer.finish());
    expect(ofKind(trace, 'survey')).toEqual([]);
    expect(absences(trace)).toMatchObject([{ need: 'processTable' }]);
  });
});

describe('a run that is interrupted', () => {
  it('is killed at once, ends its waits, and is cut', async () => {
    const controller = new AbortController();
    const peer = start(['sleep', '600'], { signal: controller.signal });
    const waited = peer.answered(peer.request('ping'), SURE_MS);
    controller.abort();
    expect(await waited).toBe('gone');
    const trace = await peer.finish();
    expect(ofKind(trace, 'exited')).toMatchObject([{ signal: 'SIGKILL' }]);
    expect(ofKind(trace, 'end')).toMatchObject([{ why: 'cut' }]);
  });

  it('is cut also when it was interrupted before it began', async () => {
    const peer = start(['sleep', '600'], { signal: AbortSignal.abort() });
    const trace = await peer.finish();
    expect(ofKind(trace, 'end')).toMatchObject([{ why: 'cut' }]);
    expect(ofKind(trace, 'exited')).toMatchObject([{ signal: 'SIGKILL' }]);
  });

  it('is not held on to by the signal that many runs share', async () => {
    const { signal } = new AbortController();
    for (let run = 0; run < 3; run += 1) await start(['true'], { signal }).finish();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a script that throws', () => {
  it('leaves nothing when its run is finished by a kill', async () => {
    const peer = serve(`process.on('SIGTERM', () => {}); ${LEAVES_A_STRANGER.replace('process.exit()', '')}; say('1')`);
    await peer.until(() => peer.outputBytes > 0, SURE_MS, 'readiness');
    const broken = peer.until(
      () => {
        throw new Error('of the script');
      },
      SURE_MS,
      'nothing',
    );
    await expect(broken).rejects.toThrow('of the script');
    const trace = await peer.finish('kill');
    expect(ofKind(trace, 'signalled')).toMatchObject([{ signal: 'SIGKILL', by: 'ladder' }]);
    await eventually(() => leftOver().length === 0, 'nothing left');
  });

  it('hears of its own fault when the condition breaks later, and the run goes on', async () => {
    const peer = serve('const hear = ({ id }) => say({ id, result: {} })');
    let breaks = false;
    const broken = peer.until(
      () => {
        if (breaks) throw new Error('of the script');
        return false;
      },
      SURE_MS,
      'nothing',
    );
    const heard = expect(broken).rejects.toThrow('of the script');
    breaks = true;
    expect(await peer.answered(peer.request('ping'), SURE_MS)).toBe('met');
    await heard;
  });
});

describe('our own event loop', () => {
  it('is recorded when it was late', async () => {
    const peer = start(['cat']);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    const lags = () => peer.until(() => false, 60, 'a turn of the loop');
    await lags();
    const [lag] = ofKind(await peer.finish(), 'lag');
    expect(lag?.ms).toBeGreaterThanOrEqual(150);
  });
});

describe('the standard error of a server', () => {
  it('is recorded line by line without secrets, and its end is kept for messages', async () => {
    const redactor = createRedactor();
    redactor.add('env#KEY', 'hunter22');
    const script =
      "process.stderr.write('key: hunt'); setTimeout(() => { process.stderr.write('er22\\nbye hunter2'); process.exit(1) }, 50)";
    const peer = start([process.execPath, '-e', script], { redactor });
    await peer.exited(SURE_MS, 'an exit');
    const trace = await peer.finish();
    expect(ofKind(trace, 'stderr').map(({ text, bytes }) => [text, bytes])).toEqual([
      ['key: env#KEY', 13],
      ['bye env#KEY', 11],
    ]);
    expect(peer.stderrTail).toBe('key: env#KEY\nbye env#KEY\n');
  });
});

/** Starts a process in a session of its own, which no signal to the group reaches, and ends. */
const LEAVES_A_STRANGER =
  "require('child_process').spawn('sleep', ['600'], { detached: true, stdio: 'ignore' }).unref(); process.exit()";

/** Makes this look like another platform for a while. */
async function onPlatform<T>(platform: NodeJS.Platform, run: () => Promise<T>): Promise<T> {
  const real = Object.getOwnPropertyDescriptor(process, 'platform') ?? {};
  Object.defineProperty(process, 'platform', { ...real, value: platform });
  try {
    return await run();
  } finally {
    Object.defineProperty(process, 'platform', real);
  }
}

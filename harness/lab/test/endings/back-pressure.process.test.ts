import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { exampleFile, living, newMark, programFile, startProgram } from './programs.js';
import { call, HANDSHAKE, type LeavingServer, leaveNoTrace, startLeavingServer, talk } from './raw-client.js';

afterEach(leaveNoTrace);

const KIB = 1024;
const MIB = 1024 * KIB;

/** What `pressed-host.mjs` calls for, and its bound. */
const CALLS = 400;
const MAX_QUEUED_BYTES = 256 * KIB;
const MESSAGE_BYTES = 65 * KIB;

describe.skipIf(process.platform !== 'linux')('calls of 64 KiB, 400 of them, to a server that is stopped', () => {
  it('wait in order behind a bound, and are all answered when it goes on', async () => {
    const { most, grownBytes, settledMeanwhile, order, closed } = await play('patient');
    expect(most).toBeLessThan(MAX_QUEUED_BYTES + MESSAGE_BYTES);
    // All of them would be 25 MiB.
    expect(grownBytes).toBeLessThan(4 * MIB);
    expect(settledMeanwhile).toBe(0);
    expect(order).toEqual(Array.from({ length: CALLS }, (_, number) => number));
    expect(closed).toMatchObject({ why: 'asked' });
  });

  it('time out, and the server gets those that say that they were sent, each cancelled, and no other', async () => {
    const { most, names, calls, cancellations } = await play('impatient');
    const sent = names.filter((name) => name === 'TimeoutError true').length;
    expect(names.filter((name) => name === 'TimeoutError false')).toHaveLength(CALLS - sent);
    expect(sent).toBeGreaterThan(0);
    // One more is the call that asks.
    expect([calls, cancellations]).toEqual([sent + 1, sent]);
    expect(most).toBeLessThan(MAX_QUEUED_BYTES + MESSAGE_BYTES);
  });
});

describe.skipIf(process.platform !== 'linux')('a server that floods and reads nothing', () => {
  /** What cannot wait may add 4 times the bound; see `maxQueued`. */
  const MOST = 5 * MAX_QUEUED_BYTES;

  it('with pings, ends its session once nothing more may wait for it', async () => {
    const { most, call: open, closed, grownBytes } = await play('flooded');
    expect(most).toBeLessThan(MOST);
    expect(most).toBeGreaterThan(MAX_QUEUED_BYTES);
    expect(open).toBe('ConnectionLostError true');
    expect(closed).toMatchObject({ why: 'writeFailed' });
    expect(grownBytes).toBeLessThan(4 * MIB);
  });

  it('with requests, of which so many are worked on as may be, and those are aborted in the end', async () => {
    const { most, handled, closed } = await play('asked');
    expect(most).toBeLessThan(MOST);
    expect(handled).toEqual({ count: 100, aborted: 100 });
    expect(closed).toMatchObject({ why: 'writeFailed' });
  });

  it('with notifications, is heard, holds up neither a timeout nor a close, and takes no memory', async () => {
    const { heard, call: open, closed, grownBytes } = await play('told');
    expect(heard).toBeGreaterThan(1_000);
    expect(open).toBe('TimeoutError');
    expect(closed).toMatchObject({ why: 'asked' });
    expect(grownBytes).toBeLessThan(4 * MIB);
  });
});

describe.skipIf(process.platform !== 'linux')('a client that reads nothing more', () => {
  it('leaves at the end of its output a server that does so too, though 30 MB of answers wait', async () => {
    const server = talk(startProgram(exampleFile('echo-server/server.mjs'), []), '');
    server.send(...HANDSHAKE);
    await server.told(1);
    server.child.stdout?.pause();
    const text = 'x'.repeat(MIB);
    for (let id = 1; id <= 30; id += 1) server.send(call(id, 'echo', { text }));
    server.child.stdin?.end();
    expect(await leaving(server)).toBe(0);
    expect(living(server.mark)).toEqual([]);
  });

  it('is left by a server that owes it more than may wait, with little memory and a clean-up', async () => {
    const server = await startLeavingServer({ maxQueuedBytes: 64 * KIB });
    const atRest = peakBytes(server.pid);
    server.child.stdout?.pause();
    // 200 MB of answers, asked for one by one, so that they are not all asked for before the first is written.
    let peak = atRest;
    const asking = (async () => {
      for (let id = 1; id <= 200 && server.notes().length === 0; id += 1) {
        server.send(call(id, 'big', { bytes: MIB }));
        await new Promise((resolve) => setTimeout(resolve, 1));
        peak = Math.max(peak, peakBytes(server.pid));
      }
    })();
    expect(await leaving(server)).toBe(0);
    await asking;
    expect(server.notes()).toEqual(['clean-up: writeFailed', 'cleaned up']);
    expect(peak - atRest).toBeLessThan(64 * MIB);
  });

  it('makes progress wait, with little memory, until it leaves', async () => {
    const server = await startLeavingServer({ maxQueuedBytes: 64 * KIB });
    const atRest = peakBytes(server.pid);
    server.child.stdout?.pause();
    const bytes = MIB;
    server.send({ ...call(1, 'tellForEver', { bytes }), params: { ...withToken('tellForEver', { bytes }) } });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(peakBytes(server.pid) - atRest).toBeLessThan(64 * MIB);
    server.child.stdin?.end();
    expect(await leaving(server)).toBe(0);
    expect(server.notes()).toEqual(['clean-up: peerEnded', 'cleaned up']);
  });
});

/** Its exit code; what it wrote is read only then. */
async function leaving(server: LeavingServer): Promise<number | null> {
  const code = await new Promise<number | null>((resolve) => server.child.once('exit', resolve));
  server.child.stdout?.resume();
  await server.exited;
  return code;
}

/** The most memory that a process ever had, in bytes; 0 where it is gone. */
function peakBytes(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * KIB;
  } catch {
    return 0;
  }
}

function withToken(name: string, given: object): object {
  return { name, arguments: given, _meta: { progressToken: 'token' } };
}

interface Seen {
  /** How many bytes were queued at most. */
  readonly most: number;
  readonly grownBytes: number;
  readonly settledMeanwhile: number;
  readonly order: readonly number[];
  readonly names: readonly string[];
  readonly calls: number;
  readonly cancellations: number;
  readonly call: string;
  readonly handled: object;
  readonly heard: number;
  readonly closed: object;
}

/** Plays one scene in a host that exits by itself, and leaves no process. */
async function play(scene: string): Promise<Seen> {
  const mark = newMark();
  const nodeArguments = ['--expose-gc', '--unhandled-rejections=strict'];
  const host = startProgram(programFile('pressed-host.mjs'), [scene], { mark, nodeArguments });
  expect([await host.exited, host.stderr()]).toEqual([0, '']);
  expect(living(mark)).toEqual([]);
  return JSON.parse(host.stdout());
}

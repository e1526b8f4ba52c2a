import { MARK_VARIABLE } from '@mcp-lifeline/peer';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually, exampleFile, living, newMark, type Program, programFile, startProgram } from './programs.js';
import { leaveNoTrace, newNotes, readNotes } from './raw-client.js';

afterEach(leaveNoTrace);

const ECHO_SERVER = exampleFile('echo-server/server.mjs');
const SLOW = JSON.stringify({ ms: 10_000, steps: 1_000 });

describe.skipIf(process.platform !== 'linux')('a host that is SIGKILLed', () => {
  it.each([
    { name: 'idle', tool: '' },
    { name: 'with a slow call running', tool: 'slow' },
  ])('leaves no server behind, since that sees the end of its input: $name', async ({ tool }) => {
    const mark = newMark();
    const host = startProgram(programFile('idle-host.mjs'), [tool, SLOW, '--', ...marked(mark), ECHO_SERVER], { mark });
    await eventually(() => host.stdout().startsWith('ready\n'), 'a session');
    expect(living(mark)).toHaveLength(2);
    host.child.kill('SIGKILL');
    expect(await host.exited).toBe('SIGKILL');
    await eventually(() => living(mark).length === 0, 'the end of its server');
  });

  it('leaves no server whose handler holds the event loop and writes nothing: that leaves, and cleans up', async () => {
    const [mark, notes] = [newMark(), newNotes()];
    const server = [...marked(mark), programFile('leaving-server.mjs'), notes];
    const host = startProgram(programFile('idle-host.mjs'), ['wait', '{}', '--', ...server], { mark });
    await eventually(() => readNotes(notes).includes('waiting'), 'the call');
    host.child.kill('SIGKILL');
    expect(await host.exited).toBe('SIGKILL');
    await eventually(() => living(mark).length === 0, 'the end of its server');
    expect(readNotes(notes)).toEqual(['waiting', 'clean-up: peerEnded', 'cleaned up']);
  });
});

describe.skipIf(process.platform !== 'linux')('the minimal host', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('leaves no process when %s ends it in a call', async (signal) => {
    const { host, mark } = startMinimalHost(['--tool', 'slow', '--args', SLOW], [ECHO_SERVER]);
    await eventually(() => host.stdout().includes('  1/1000\n'), 'the first progress');
    host.child.kill(signal);
    expect(await host.exited).toBe(1);
    expect(host.stderr()).toContain('the session has ended, since it was closed');
    expect(living(mark)).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'leaves no process when %s ends it before its server answered',
    async (signal) => {
      const silent = "process.stderr.write('up\\n'); process.stdin.resume();";
      const { host, mark } = startMinimalHost([], ['-e', silent]);
      await eventually(() => host.stderr().includes('up\n'), 'its server');
      host.child.kill(signal);
      expect(await host.exited).toBe(3);
      await eventually(() => living(mark).length === 0, 'the end of its server');
    },
  );

  it('gives its server time to clean up when it is told to end in a call', async () => {
    const notes = newNotes();
    const server = [programFile('leaving-server.mjs'), notes];
    const { host, mark } = startMinimalHost(['--tool', 'waitForAbort'], server);
    await eventually(() => readNotes(notes).includes('waiting'), 'the call');
    host.child.kill('SIGINT');
    expect(await host.exited).toBe(1);
    expect(readNotes(notes)).toEqual(['waiting', 'aborted', 'clean-up: peerEnded', 'cleaned up']);
    expect(living(mark)).toEqual([]);
  });

  it('gives its server time to clean up when it is done', async () => {
    const notes = newNotes();
    const { host } = startMinimalHost(['--tool', 'echo'], [programFile('leaving-server.mjs'), notes]);
    expect(await host.exited).toBe(0);
    expect(readNotes(notes)).toEqual(['clean-up: peerEnded', 'cleaned up']);
  });
});

/** A command that starts Node with the mark: a host hands on little of its own environment. */
function marked(mark: string): readonly string[] {
  return ['env', `${MARK_VARIABLE}=${mark}`, process.execPath];
}

function startMinimalHost(options: readonly string[], server: readonly string[]): { host: Program; mark: string } {
  const mark = newMark();
  const args = [...options, '--', ...marked(mark), ...server];
  return { host: startProgram(exampleFile('minimal-host/host.mjs'), args, { mark }), mark };
}

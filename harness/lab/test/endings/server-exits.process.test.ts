import { afterEach, describe, expect, it } from 'vitest';
import { call, type LeavingServer, leaveNoTrace, startLeavingServer } from './raw-client.js';

afterEach(leaveNoTrace);

interface Row {
  readonly name: string;
  readonly options?: object;
  readonly drive: (server: LeavingServer) => void | Promise<void>;
  readonly exit: number;
  /** The lines in the order in which it wrote them down. */
  readonly notes: readonly string[];
}

const MB = 1_000_000;
const HANGS = { cleanUp: 'never', cleanUpMs: 600_000 };

const ROWS: readonly Row[] = [
  { name: 'the end of its input', drive: endInput, exit: 0, notes: left('peerEnded') },
  { name: 'SIGTERM', drive: signal('SIGTERM'), exit: 0, notes: left('signal') },
  { name: 'SIGINT', drive: signal('SIGINT'), exit: 0, notes: left('signal') },
  { name: 'SIGHUP', drive: signal('SIGHUP'), exit: 0, notes: left('signal') },
  { name: 'a second SIGTERM', options: HANGS, drive: twice('SIGTERM'), exit: 143, notes: ['clean-up: signal'] },
  {
    name: 'a SIGINT after the SIGTERM',
    options: HANGS,
    drive: twice('SIGINT'),
    exit: 130,
    notes: ['clean-up: signal'],
  },
  {
    name: 'a SIGHUP after the SIGTERM',
    options: HANGS,
    drive: twice('SIGHUP'),
    exit: 129,
    notes: ['clean-up: signal'],
  },
  {
    name: 'a first SIGTERM while it cleans up after the end of its input: that is no impatience',
    options: { cleanUp: 'untilTerminated', cleanUpMs: 600_000 },
    async drive(server) {
      endInput(server);
      await server.noted('clean-up: peerEnded');
      server.child.kill('SIGTERM');
    },
    exit: 0,
    notes: left('peerEnded'),
  },
  {
    name: 'EPIPE',
    async drive(server) {
      server.child.stdout?.destroy();
      server.send(call(1, 'echo', { text: 'to nobody' }));
    },
    exit: 0,
    notes: left('writeFailed'),
  },
  { name: 'an uncaught exception', drive: calling('throwLater'), exit: 1, notes: [] },
  { name: 'an unhandled rejection', drive: calling('rejectLater'), exit: 1, notes: [] },
  {
    name: 'an uncaught exception while it cleans up',
    options: { cleanUp: 'fatal', cleanUpMs: 600_000 },
    drive: endInput,
    exit: 1,
    notes: ['clean-up: peerEnded'],
  },
  {
    name: 'the end of its input, and a handler never ends',
    drive: whileWaiting('wait', endInput),
    exit: 0,
    notes: ['waiting', ...left('peerEnded')],
  },
  {
    name: 'SIGTERM, and a handler never ends',
    drive: whileWaiting('wait', signal('SIGTERM')),
    exit: 0,
    notes: ['waiting', ...left('signal')],
  },
  {
    name: 'the end of its input, and a handler waits for its signal: that fires before the clean-up',
    drive: whileWaiting('waitForAbort', endInput),
    exit: 0,
    notes: ['waiting', 'aborted', ...left('peerEnded')],
  },
  {
    name: 'the end of its input, and a clean-up that never ends',
    options: { cleanUp: 'never', cleanUpMs: 50 },
    drive: endInput,
    exit: 143,
    notes: ['clean-up: peerEnded'],
  },
  {
    name: 'SIGINT, and a clean-up that never ends',
    options: { cleanUp: 'never', cleanUpMs: 50 },
    drive: signal('SIGINT'),
    exit: 130,
    notes: ['clean-up: signal'],
  },
  ...['throws', 'rejects'].map((cleanUp) => ({
    name: `the end of its input, and a clean-up that ${cleanUp}`,
    options: { cleanUp },
    drive: endInput,
    exit: 0,
    notes: ['clean-up: peerEnded'],
  })),
];

describe('a server of ours cleans up once where it can, and exits as it should, at', () => {
  it.each(ROWS)('$name: $exit', async ({ options, drive, exit, notes }) => {
    const server = await startLeavingServer(options);
    await drive(server);
    expect(await server.exited).toBe(exit);
    expect(server.notes()).toEqual(notes);
  });
});

describe('an answer of 1 MB arrives whole, although the server leaves right behind it', () => {
  it.each([
    { name: 'the end of its input', tool: 'big', drive: endInput, exit: 0 },
    { name: 'SIGTERM', tool: 'bigThenTerminate', drive: () => {}, exit: 0 },
    { name: 'an uncaught exception', tool: 'bigThenThrow', drive: () => {}, exit: 1 },
  ])('$name', async ({ tool, drive, exit }) => {
    const server = await startLeavingServer();
    // More than the pipe holds: the rest has to wait in the server until somebody reads.
    server.child.stdout?.pause();
    server.send(call(1, tool, { bytes: MB }));
    drive(server);
    await new Promise((resolve) => setTimeout(resolve, 100));
    server.child.stdout?.resume();
    expect(await server.exited).toBe(exit);
    expect(server.messages()[1]).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: { content: [{ type: 'text', text: 'x'.repeat(MB) }] },
    });
  });
});

describe('what a tool prints', () => {
  it('goes to standard error, and the client gets nothing but messages (2025-11-25/transports/stdout-messages-only)', async () => {
    const server = await startLeavingServer();
    server.send(call(1, 'print'));
    await server.told(2);
    endInput(server);
    expect(await server.exited).toBe(0);
    expect(server.messages().map(({ id }) => id)).toEqual([0, 1]);
    expect(server.stderr()).toBe('printed\nwritten\n');
  });
});

function left(why: string): readonly string[] {
  return [`clean-up: ${why}`, 'cleaned up'];
}

function endInput(server: LeavingServer): void {
  server.child.stdin?.end();
}

function signal(name: NodeJS.Signals): Row['drive'] {
  return (server) => void server.child.kill(name);
}

/** SIGTERM, and once the clean-up runs the other one. */
function twice(second: NodeJS.Signals): Row['drive'] {
  return async (server) => {
    server.child.kill('SIGTERM');
    await server.noted('clean-up: signal');
    server.child.kill(second);
  };
}

function calling(tool: string): Row['drive'] {
  return (server) => server.send(call(1, tool));
}

function whileWaiting(tool: string, drive: Row['drive']): Row['drive'] {
  return async (server) => {
    server.send(call(1, tool));
    await server.noted('waiting');
    await drive(server);
  };
}

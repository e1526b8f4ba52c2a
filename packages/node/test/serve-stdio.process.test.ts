import { afterEach, describe, expect, it } from 'vitest';
import {
  eventually,
  HANDSHAKE,
  leaveNoServer,
  type SpawnedServer,
  serverModule,
  spawnServer,
} from './spawned-server.js';

afterEach(leaveNoServer);

describe('a server on stdio', () => {
  it('answers what is asked, and leaves cleanly at the end of its input (2025-11-25/lifecycle/stdio-shutdown)', async () => {
    const server = spawnServer(serverModule(`${CLEAN_UP} ${TOOLS}`));
    server.send(...HANDSHAKE, call(1, 'echo', { text: 'hello' }));
    await eventually(() => server.messages().length === 2, 'both answers');
    server.child.stdin.end();
    expect(await server.exited).toBe(0);
    expect(server.messages()[0]).toMatchObject({ id: 0, result: { protocolVersion: '2025-11-25' } });
    expect(server.messages()[1]).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: { content: [{ type: 'text', text: 'hello' }] },
    });
    expect(server.stderr()).toBe('cleaned up: peerEnded\n');
  });

  it('writes an answer of 1 MB whole, though its client leaves at once', async () => {
    const server = spawnServer(serverModule(TOOLS));
    server.child.stdout.pause();
    server.send(...HANDSHAKE, call(1, 'big'));
    server.child.stdin.end();
    await new Promise((resolve) => setTimeout(resolve, 300));
    server.child.stdout.resume();
    expect(await server.exited).toBe(0);
    expect(JSON.stringify(server.messages()[1]).length).toBeGreaterThan(1_000_000);
  });

  it('leaves when its input had ended before its start', async () => {
    const server = spawnServer(
      serverModule(CLEAN_UP, 'await new Promise((resolve) => process.stdin.on("end", resolve).resume());'),
    );
    server.child.stdin.end();
    expect(await server.exited).toBe(0);
    expect(server.stderr()).toBe('cleaned up: peerEnded\n');
  });

  it('leaves when nobody reads it any more', async () => {
    const server = spawnServer(serverModule(`${CLEAN_UP} ${TOOLS}`));
    server.child.stdout.destroy();
    server.send(...HANDSHAKE);
    expect(await server.exited).toBe(0);
    expect(server.stderr()).toBe('cleaned up: writeFailed\n');
  });

  it('keeps what others print away from its client (2025-11-25/transports/stdout-messages-only)', async () => {
    const server = spawnServer(serverModule(TOOLS, '', "console.log('listening');"));
    server.send(...HANDSHAKE, call(1, 'print'));
    await eventually(() => server.messages().length === 2, 'both answers');
    server.child.stdin.end();
    await server.exited;
    expect(server.stderr()).toBe('listening\nprinted\n');
  });

  it('leaves although timers and handles of others are still there', async () => {
    const server = spawnServer(serverModule('', '', 'setInterval(() => {}, 1000);'));
    server.child.stdin.end();
    expect(await server.exited).toBe(0);
  });
});

describe('a server that is signalled', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('cleans up and exits with 0: %s', async (signal) => {
    const server = await ready(serverModule(CLEAN_UP));
    server.child.kill(signal);
    expect(await server.exited).toBe(0);
    expect(server.stderr()).toBe('cleaned up: signal\n');
  });

  it('exits at once at the second signal, with 128 and its number', async () => {
    const server = await ready(serverModule(`cleanUpMs: 600_000, ${HANGING_CLEAN_UP}`));
    server.child.kill('SIGTERM');
    await eventually(() => server.stderr() !== '', 'its clean-up');
    server.child.kill('SIGINT');
    expect(await server.exited).toBe(130);
  });

  it('is not held by a clean-up that hangs', async () => {
    const server = await ready(serverModule(`cleanUpMs: 50, ${HANGING_CLEAN_UP}`));
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(143);
  });
});

describe('an error in a server that nobody caught', () => {
  it.each([
    ['an exception', "setTimeout(() => { throw new Error('broken'); }, 100);"],
    ['a rejection', "setTimeout(() => Promise.reject(new Error('broken')), 100);"],
  ])('is logged once and ends it with 1, without a clean-up: %s', async (_, after) => {
    const server = spawnServer(serverModule(CLEAN_UP, '', after));
    expect(await server.exited).toBe(1);
    expect(server.stderr().match(/uncaught: Error: broken\n {4}at/g)).toHaveLength(1);
    expect(server.stderr()).not.toContain('cleaned up');
  });

  it('ends it also when nobody reads its log, and when it says nothing', async () => {
    const server = spawnServer(
      serverModule(
        '',
        '',
        'setTimeout(() => { setInterval(() => { throw 1; }, 1); throw { get message() { throw 2; }, toString() { throw 3; } }; }, 100);',
      ),
    );
    server.child.stderr.destroy();
    expect(await server.exited).toBe(1);
  });
});

describe('a tool of a server', () => {
  it('that throws is a result, and the client is spared the details', async () => {
    const server = await ready(serverModule(TOOLS));
    server.send(call(1, 'fail'));
    await eventually(() => server.messages().length === 2, 'its answer');
    expect(server.messages()[1]?.['result']).toEqual({ content: [{ type: 'text', text: 'no disk' }], isError: true });
    expect(server.stderr()).toContain('tool fail failed: Error: no disk\n    at ');
  });

  it('that there is not is refused with -32602, as a method that there is not is with -32601', async () => {
    const server = await ready(serverModule(TOOLS));
    server.send(call(1, 'other'), { jsonrpc: '2.0', id: 2, method: 'other/method' });
    await eventually(() => server.messages().length === 3, 'both answers');
    const codes = server
      .messages()
      .map(({ id, error }) => [id, (error as { readonly code: number } | undefined)?.code]);
    expect(Object.fromEntries(codes)).toMatchObject({ 1: -32602, 2: -32601 });
  });

  it('that is cancelled is told so, and is not answered (2025-11-25/cancellation/no-response)', async () => {
    const server = await ready(serverModule(TOOLS));
    server.send(call(1, 'wait'));
    await eventually(() => server.stderr().includes('waiting'), 'its start');
    server.send(
      { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } },
      { jsonrpc: '2.0', id: 2, method: 'ping' },
    );
    await eventually(() => server.messages().length === 2, 'the pong');
    expect(server.messages()[1]).toMatchObject({ id: 2 });
    expect(server.stderr()).toBe('waiting\ncancelled\n');
  });

  it('that breaks outside of what is waited for is an internal error (-32603)', async () => {
    const server = await ready(
      serverModule("requests: { 'prompts/list': () => { throw new Error('secret'); } }, capabilities: { prompts: {} }"),
    );
    server.send({ jsonrpc: '2.0', id: 1, method: 'prompts/list' });
    await eventually(() => server.messages().length === 2, 'its answer');
    expect(server.messages()[1]).toMatchObject({ id: 1, error: { code: -32603 } });
    expect(server.output()).not.toContain('secret');
  });
});

const CLEAN_UP = "cleanUp: (why) => { process.stderr.write('cleaned up: ' + why + '\\n'); },";
const HANGING_CLEAN_UP = "cleanUp: () => { process.stderr.write('cleaning\\n'); return new Promise(() => {}); },";
const TOOLS = `requests: tools({
  echo: { run: ({ text }) => text },
  big: { run: () => 'x'.repeat(1_000_000) },
  print: { run: () => { console.log('printed'); return ''; } },
  fail: { run: () => { throw new Error('no disk'); } },
  wait: { run: (_, { signal }) => new Promise((_resolve, reject) => {
    process.stderr.write('waiting\\n');
    signal.addEventListener('abort', () => { process.stderr.write('cancelled\\n'); reject(signal.reason); });
  }) },
}),`;

function call(id: number, name: string, given: object = {}): object {
  return { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: given } };
}

/** A server whose handshake is complete. */
async function ready(module: string): Promise<SpawnedServer> {
  const server = spawnServer(module);
  server.send(...HANDSHAKE);
  await eventually(() => server.messages().length === 1, 'the answer to initialize');
  return server;
}

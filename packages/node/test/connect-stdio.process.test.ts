import { afterEach, describe, expect, it } from 'vitest';
import { type ConnectStdioOptions, connectStdio } from '../src/connect-stdio.js';
import { ConnectError, PROCESS_QUICK } from '../src/index.js';
import { nodeArguments, serverModule } from './spawned-server.js';

describe('a client of a server that it starts', () => {
  it('calls its tools, and leaves nothing behind', async () => {
    const client = await start();
    expect(client.peer).toMatchObject({ revision: '2025-11-25', info: { name: 'test-server' } });
    expect(await client.request('tools/call', { name: 'echo', arguments: { text: 'hello' } })).toEqual({
      content: [{ type: 'text', text: 'hello' }],
    });
    const pid = await pidOf(client);
    const closed = await client.close();
    expect(closed).toMatchObject({ why: 'asked', detail: expect.stringContaining('exited with code 0') });
    expect(() => process.kill(pid, 0)).toThrow(expect.objectContaining({ code: 'ESRCH' }));
  });

  it('gives it what programs need of our environment, what it is given, and nothing else', async () => {
    process.env['A_SECRET_OF_OURS'] = 'secret';
    const client = await start({ env: { GIVEN: 'yes' } });
    const { content } = await client.request('tools/call', { name: 'environment' });
    delete process.env['A_SECRET_OF_OURS'];
    const names = JSON.parse(String((content as readonly { readonly text: string }[])[0]?.text));
    expect(names).toContain('PATH');
    expect(names).toContain('GIVEN');
    expect(names).not.toContain('A_SECRET_OF_OURS');
  });

  it('passes on what it writes to standard error', async () => {
    let text = '';
    const client = await start({ onStderr: (chunk) => (text += Buffer.from(chunk).toString()) });
    await client.request('tools/call', { name: 'print' });
    await client.close();
    expect(text).toBe('printed\n');
  });

  it('hears of a crash: what is open is lost, and the end says how it went', async () => {
    const client = await start();
    await expect(client.request('tools/call', { name: 'crash' })).rejects.toMatchObject({
      code: 'connectionLost',
      sent: true,
    });
    const { detail } = await client.closed;
    expect(detail).toContain('exited with code 3');
    expect(detail).toContain('out of memory');
  });

  it('can kill it', async () => {
    const client = await start();
    expect((await client.kill()).detail).toContain('was ended by SIGKILL');
  });
});

describe('a server that cannot be connected to', () => {
  it('is no program', async () => {
    const error = await failure({ command: '/no/such/program', info: INFO });
    expect(error).toBeInstanceOf(ConnectError);
    expect(error).toMatchObject({ why: 'neverOpened', detail: expect.stringContaining('ENOENT') });
  });

  it('exits before it answers: the end says how, and what it said', async () => {
    const args = ['-e', "console.error('API_KEY is missing'); process.exit(3)"];
    const error = await failure({ command: process.execPath, args, info: INFO });
    const { detail } = await (error as ConnectError).closed;
    expect(detail).toContain('exited with code 3 before it sent a message');
    expect(detail).toContain('API_KEY is missing');
  });

  it('never answers: the start is given up, and the server ended', async () => {
    const args = ['-e', 'setInterval(() => {}, 1000)'];
    const error = await failure({ command: process.execPath, args, info: INFO, startupMs: 200, ladder: PROCESS_QUICK });
    expect(error).toMatchObject({ why: 'startup' });
    expect((await (error as ConnectError).closed).detail).toContain('was ended by SIGTERM');
  });

  it('is asked for with options that are wrong', async () => {
    const ladder = { ...PROCESS_QUICK, graceMs: -1 };
    expect(await failure({ command: 'cat', info: INFO, ladder })).toMatchObject({ name: 'LocalProtocolError' });
  });
});

afterEach(async () => {
  for (const client of started.splice(0)) await client.kill();
});

type Client = Awaited<ReturnType<typeof connectStdio>>;

const INFO = { name: 'test-client', version: '1.0.0' };
const started: Client[] = [];

const SERVER = serverModule(`requests: tools({
  echo: { run: ({ text }) => text },
  pid: { run: () => String(process.pid) },
  environment: { run: () => JSON.stringify(Object.keys(process.env)) },
  print: { run: () => { console.log('printed'); return ''; } },
  crash: { run: () => { process.stderr.write('out of memory\\n', () => process.exit(3)); return new Promise(() => {}); } },
}),`);

async function start(options: Partial<ConnectStdioOptions> = {}): Promise<Client> {
  const client = await connectStdio({
    command: process.execPath,
    args: nodeArguments(SERVER),
    info: INFO,
    ...options,
  });
  started.push(client);
  return client;
}

async function pidOf(client: Client): Promise<number> {
  const { content } = await client.request('tools/call', { name: 'pid' });
  return Number((content as readonly { readonly text: string }[])[0]?.text);
}

async function failure(options: ConnectStdioOptions): Promise<unknown> {
  return connectStdio(options).then(
    async (client) => {
      await client.kill();
      return null;
    },
    (error) => error,
  );
}

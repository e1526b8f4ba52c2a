import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually, isAlive } from './watched-child.js';

describe('the guard of standard output (2025-11-25/transports/stdout-messages-only)', () => {
  it('sends what others write to standard error, and lets messages through', async () => {
    const server = run(`
      import ${at('stdout-guard')};
      import { PassThrough } from 'node:stream';
      console.log('log'); console.info('info'); console.table([1]); console.dir({ a: 1 });
      process.stdout.write('write\\n');
      const called = await new Promise((resolve) => process.stdout.write(Buffer.from('bytes\\n'), () => resolve('called')));
      process.stderr.write(called + '\\n');
      const piped = new PassThrough(); piped.pipe(process.stdout); piped.end('piped\\n');
      await new Promise((resolve) => setTimeout(resolve, 10));
      process.stdout.end('the end\\n');
      ${SERVE}
      channel.send({ id: 1 });
      channel.close();`);
    await server.exited;
    expect(server.output()).toBe('{"id":1}\n');
    for (const text of ['log', 'info', '(index)', '{ a: 1 }', 'write', 'bytes', 'called', 'piped', 'the end']) {
      expect(server.stderr()).toContain(text);
    }
  });

  it('takes the output of worker threads too', async () => {
    const server = run(`
      import ${at('stdout-guard')};
      import { Worker } from 'node:worker_threads';
      const worker = new Worker("console.log('from a worker')", { eval: true });
      worker.on('exit', () => setTimeout(() => process.exit(0), 50));`);
    await server.exited;
    expect([server.output(), server.stderr()]).toEqual(['', 'from a worker\n']);
  });

  it('is put up once, also by two copies of it', async () => {
    const server = run(`
      import ${at('stdout-guard')};
      const { guardStdout } = await import(${at('guarded-stdout', '?copy')});
      guardStdout().write('message\\n');
      console.log('stray');`);
    await server.exited;
    expect([server.output(), server.stderr()]).toEqual(['message\n', 'stray\n']);
  });
});

describe('a server on its own standard input and output', () => {
  it('writes an answer of 1 MB whole before it exits, also to a slow reader (semantics 22)', async () => {
    const server = run(`${SERVE}
      channel.send({ text: 'x'.repeat(1_000_000) });
      await exitServerProcess(7, { flushed: () => channel.flushed() });`);
    server.child.stdout.pause();
    await new Promise((resolve) => setTimeout(resolve, 200));
    server.child.stdout.resume();
    expect(await server.exited).toBe(7);
    expect(server.output()).toHaveLength(1_000_012);
  });

  it('exits all the same when nobody reads it', async () => {
    const server = run(`${SERVE_WITH('{ flushMs: 50 }')}
      channel.send({ text: 'x'.repeat(1_000_000) });
      await exitServerProcess(7, { flushed: () => channel.flushed() });`);
    server.child.stdout.pause();
    const [code] = await once(server.child, 'exit');
    expect(code).toBe(7);
  });

  it('hears the end of an input that had ended before its start', async () => {
    const server = run(`await new Promise((resolve) => process.stdin.on('end', resolve).resume());\n${SERVE}`);
    server.child.stdin.end();
    await server.exited;
    expect(server.stderr()).toBe('opened ended ');
  });

  it('hears the end of an input that is no pipe', async () => {
    const server = run(SERVE, 'ignore');
    await server.exited;
    expect(server.stderr()).toBe('opened ended ');
  });

  it('goes on reading when nobody reads it any more', async () => {
    const server = run(`${SERVE}
      setInterval(() => channel.send({}), 20).unref();`);
    await eventually(() => server.output() !== '', 'its first message');
    server.child.stdout.destroy();
    await eventually(() => server.stderr().includes('writeFailed'), 'its failure to write');
    server.child.stdin.end('{"id":1}\n');
    await server.exited;
    expect(server.stderr()).toBe('opened writeFailed received ended ');
  });

  it('does not hold its process once it is closed, though its input is open', async () => {
    const server = run(`${SERVE}
      setTimeout(() => channel.close(), 20);`);
    expect(await server.exited).toBe(0);
    expect(server.stderr()).toBe('opened gone ');
  });

  it('is told of a signal, of the second one, and of what nobody caught', async () => {
    const server = run(`${SERVE}
      watchServerProcess({
        signalled: (signal) => process.stderr.write(signal + ' '),
        uncaught: (error) => { process.stderr.write('uncaught ' + error + ' '); void exitServerProcess(1); throw new Error('again'); },
      });
      channel.send({});
      process.stdin.on('data', () => { Promise.reject('rejected'); });`);
    await eventually(() => server.output() !== '', 'its readiness');
    server.child.kill('SIGTERM');
    await eventually(() => server.stderr().includes('SIGTERM'), 'the first signal');
    server.child.kill('SIGINT');
    await eventually(() => server.stderr().includes('SIGINT'), 'the second signal');
    server.child.stdin.write('{}\n');
    await server.exited;
    expect(server.stderr()).toContain('uncaught rejected');
    expect(server.stderr().match(/uncaught/g)).toHaveLength(1);
  });
});

afterEach(async () => {
  for (const { child } of started.splice(0)) {
    child.kill('SIGKILL');
    await eventually(() => !isAlive(child.pid ?? 0), `the death of ${child.pid}`);
  }
});

const started: { readonly child: ChildProcessWithoutNullStreams }[] = [];

/** Runs a module on what was built, as a server does: with its input, output and standard error on pipes. */
function run(module: string, stdin: 'pipe' | 'ignore' = 'pipe') {
  const args = ['--input-type=module', '-e', module];
  const child = spawn(process.execPath, args, { stdio: [stdin, 'pipe', 'pipe'] }) as ChildProcessWithoutNullStreams;
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      texts[name] += chunk.toString();
    });
  }
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const server = { child, exited, output: () => texts.stdout, stderr: () => texts.stderr };
  started.push(server);
  return server;
}

function at(name: string, query = ''): string {
  return JSON.stringify(new URL(`../dist/${name}.js${query}`, import.meta.url).href);
}

/** Opens a channel, and tells on standard error what it tells. */
const SERVE_WITH = (options: string): string => `
  import { exitServerProcess, stdioServerChannel, watchServerProcess } from ${at('index')};
  const tell = (name) => () => process.stderr.write(name + ' ');
  const names = ['opened', 'received', 'garbled', 'drained', 'ended', 'writeFailed', 'gone'];
  const channel = stdioServerChannel(${options});
  channel.open({ heard() {}, ...Object.fromEntries(names.map((name) => [name, tell(name)])) });
  await new Promise((resolve) => setImmediate(resolve));`;
const SERVE = SERVE_WITH('');

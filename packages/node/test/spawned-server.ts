import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A server in a process of its own, spoken to by hand. */
export interface SpawnedServer {
  readonly pid: number;
  readonly child: ChildProcessWithoutNullStreams;
  readonly send: (...messages: readonly object[]) => void;
  readonly messages: () => readonly { readonly [key: string]: unknown }[];
  readonly output: () => string;
  readonly stderr: () => string;
  /** Its exit code, or the signal that ended it, once all it wrote was read. */
  readonly exited: Promise<number | string>;
}

/** A server as a module, on what was built; `body` may use `serveStdio`, `tools` and `RequestError`. */
export function serverModule(options: string, before = '', after = ''): string {
  return `import { RequestError, serveStdio, tools } from ${JSON.stringify(BUILT)};
    ${before}
    const server = serveStdio({ info: { name: 'test-server', version: '1.0.0' }, capabilities: { tools: {} }, ${options} });
    ${after}`;
}

/** Runs a module in a process of its own. */
export function spawnServer(module: string): SpawnedServer {
  const child = spawn(process.execPath, nodeArguments(module)) as ChildProcessWithoutNullStreams;
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      texts[name] += chunk.toString();
    });
  }
  child.stdin.on('error', () => {});
  const server: SpawnedServer = {
    pid: child.pid ?? 0,
    child,
    send: (...messages) => child.stdin.write(messages.map((message) => `${JSON.stringify(message)}\n`).join('')),
    messages: () =>
      texts.stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    output: () => texts.stdout,
    stderr: () => texts.stderr,
    exited: once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string),
  };
  started.push(server);
  return server;
}

/** The same module as the arguments of Node. */
export function nodeArguments(module: string): readonly string[] {
  return ['--input-type=module', '-e', module];
}

/** What opens a session by hand. */
export const HANDSHAKE = [
  {
    jsonrpc: '2.0',
    id: 0,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'by-hand', version: '1.0.0' } },
  },
  { jsonrpc: '2.0', method: 'notifications/initialized' },
];

/** For after each test: nothing that it started is left. */
export async function leaveNoServer(): Promise<void> {
  for (const server of started.splice(0)) {
    server.child.kill('SIGKILL');
    await server.exited;
  }
}

/** Waits until something holds. The bound is there to end a broken test, and is no measure. */
export async function eventually(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const started: SpawnedServer[] = [];
const BUILT = new URL('../dist/index.js', import.meta.url).href;

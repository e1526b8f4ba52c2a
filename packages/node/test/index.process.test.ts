import { afterEach, describe, expect, it } from 'vitest';
import { eventually, leaveNoServer, nodeArguments, serverModule, spawnServer } from './spawned-server.js';

afterEach(leaveNoServer);

describe('importing the package', () => {
  it('leaves the standard output of a host alone', async () => {
    const host = spawnServer(`import ${at('index')}; console.log('{}');`);
    expect(await host.exited).toBe(0);
    expect(host.output()).toBe('{}\n');
  });

  it('guards the standard output of a server from the first line on, where the guard comes first', async () => {
    const server = spawnServer(`import ${at('stdout-guard')}; console.log('while loading');`);
    expect(await server.exited).toBe(0);
    expect([server.output(), server.stderr()]).toEqual(['', 'while loading\n']);
  });
});

describe('a host that is SIGKILLed', () => {
  it('leaves no server of ours behind, since the end of its input tells it', async () => {
    const args = nodeArguments(serverModule('requests: tools({ pid: { run: () => String(process.pid) } }),'));
    const host = spawnServer(`import { connectStdio } from ${at('index')};
      const options = { command: process.execPath, args: ${JSON.stringify(args)}, info: { name: 'host', version: '1.0.0' } };
      const client = await connectStdio(options);
      const { content: [{ text }] } = await client.request('tools/call', { name: 'pid' });
      console.log(JSON.stringify({ pid: Number(text) }));
      setInterval(() => {}, 1000);`);
    await eventually(() => host.messages().length === 1, 'its server');
    const pid = Number(host.messages()[0]?.['pid']);
    expect(isThere(pid)).toBe(true);
    host.child.kill('SIGKILL');
    await eventually(() => !isThere(pid), 'the end of its server');
  });
});

function at(name: string): string {
  return JSON.stringify(new URL(`../dist/${name}.js`, import.meta.url).href);
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

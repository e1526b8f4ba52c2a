import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { eventually, isAlive } from './watched-child.js';

describe('a host that ends in the middle of a session', () => {
  it.each([
    ['throws', "throw new Error('host')", 1],
    ['leaves a rejection unhandled', "Promise.reject(new Error('host'))", 1],
    ['calls process.exit', 'process.exit(3)', 3],
    [
      'is SIGTERMed and exits in its handler',
      "process.on('SIGTERM', () => process.exit(143)); process.kill(process.pid)",
      143,
    ],
  ])('kills its live groups when it %s', async (_, ending, code) => {
    const host = await run(ending);
    expect(host.code).toBe(code);
    expect(host.children).toHaveLength(2);
    for (const pid of host.children) await eventually(() => !isAlive(pid), `the death of ${pid}`);
  });

  it('leads its child out when a listener of its own throws, and hears of that', async () => {
    const host = await run('child.close()', {
      before: "process.on('uncaughtException', (error) => console.log('uncaught', error.message));",
      onEvent: "if (event.type === 'inputEnded' || event.type === 'over') throw new Error(event.type);",
    });
    expect(host.code).toBe(0);
    expect(host.lines.filter((line) => line.startsWith('uncaught'))).toEqual(['uncaught inputEnded', 'uncaught over']);
    for (const pid of host.children) await eventually(() => !isAlive(pid), `the death of ${pid}`);
  });
});

describe('many children in a row', () => {
  it('leave no listener, no handle, no timer and no live group', async () => {
    const { code, lines } = await play(`
      import { startChild } from ${JSON.stringify(`${BUILT}/child.js`)};
      import { isGroupAlive } from ${JSON.stringify(`${BUILT}/group.js`)};
      const nothing = () => {};
      const config = { drainMs: 5, graceMs: 5, termMs: 5, reapMs: 30000 };
      const endings = ['exit 0', 'cat', 'exec sleep 600', 'sleep 600 >/dev/null 2>&1 & exit 1'];
      const inARow = async (count) => {
        const groups = [];
        for (let index = 0; index < count; index += 1) {
          const args = ['-c', endings[index % endings.length]];
          const callbacks = { onOutput: nothing, onStderr: nothing, onEvent: nothing };
          const child = startChild({ command: 'sh', args, env: process.env, config, ...callbacks });
          groups.push(child.pid);
          child.close();
          await child.over;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
        return groups;
      };
      const left = () => ({ listeners: process.listenerCount('exit'), resources: process.getActiveResourcesInfo() });
      await inARow(4);
      const before = left();
      const groups = await inARow(50);
      console.log(JSON.stringify({ before, after: left(), groups: groups.length, live: groups.filter(isGroupAlive) }));`);
    // That it got here and ended by itself says that nothing held its event loop.
    expect(code).toBe(0);
    const { before, after, groups, live } = JSON.parse(lines.join(''));
    expect(after).toEqual(before);
    expect(groups).toBe(50);
    expect(live).toEqual([]);
  });
});

interface Played {
  readonly code: number | null;
  readonly lines: readonly string[];
}

/**
 * Plays a host with one child, which ignores SIGTERM and has a child of its own: both ids are in `children`.
 * @param ending what the host does as soon as it has heard of them
 */
async function run(
  ending: string,
  { before = '', onEvent = '' } = {},
): Promise<Played & { readonly children: readonly number[] }> {
  const { code, lines } = await play(`
    import { startChild } from ${JSON.stringify(`${BUILT}/child.js`)};
    ${before}
    const child = startChild({
      command: 'sh',
      args: ['-c', "trap '' TERM; sleep 600 & echo $$ $!; cat"],
      env: process.env,
      config: { drainMs: 50, graceMs: 50, termMs: 50, reapMs: 30000 },
      onStderr: () => {},
      onEvent: (event) => { ${onEvent} },
      onOutput: (chunk) => {
        process.stdout.write('children ' + chunk);
        ${ending}
      },
    });`);
  const children = lines.flatMap((line) => (/^children (.*)/.exec(line)?.[1] ?? '').split(' ').filter(Boolean));
  return { code, lines, children: children.map(Number) };
}

/** Runs a module on what was built, in a process of its own, and waits until it ended. */
async function play(module: string): Promise<Played> {
  const host = spawn(process.execPath, ['--input-type=module', '-e', module], { stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  host.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = (await once(host, 'close')) as [number | null];
  return { code, lines: output.trimEnd().split('\n') };
}

const BUILT = new URL('../dist', import.meta.url).href;

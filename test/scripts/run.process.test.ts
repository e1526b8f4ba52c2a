import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { run } from '../../scripts/bootstrap/run.mjs';

const node = (script: string) => [process.execPath, '--input-type=module', '--eval', script];
const started = new Set<ChildProcess>();

afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
});

describe('running a command', () => {
  it('reports what it exits with', async () => {
    expect(await run(node('process.exit(3)'))).toMatchObject({ code: 3, interrupted: false, overLimit: false });
  });

  it('reports 128 + the signal that ended it', async () => {
    expect(await run(node(`process.kill(process.pid, 'SIGKILL')`), { quiet: true })).toMatchObject({ code: 137 });
  });

  it('reports 127 and the reason when it cannot be started', async () => {
    const { code, output } = await run(['/nowhere/at-all'], { quiet: true });
    expect(code).toBe(127);
    expect(output).toMatch(/nowhere\/at-all.*ENOENT/);
  });

  it('keeps what a quiet command says', async () => {
    const { output } = await run(node(`console.log('out'); console.error('err')`), { quiet: true });
    expect(output.split('\n').toSorted()).toEqual(['', 'err', 'out']);
  });

  it('stops a command that runs over its limit', async () => {
    const result = await run(node('setInterval(() => {}, 1000)'), { quiet: true, limitMs: 500 });
    expect(result).toMatchObject({ code: 143, overLimit: true, interrupted: false });
  });
});

describe.skipIf(process.platform === 'win32')('being told to stop (unsupported on win32)', () => {
  /** Takes its time to end, and says what it was sent. */
  const slow = (code: number) => `
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {
      console.log('sent ' + signal);
      setTimeout(() => process.exit(${code}), 300);
    });
    setInterval(() => {}, 1000);
    console.log('ready');`;

  it.each(['SIGINT', 'SIGTERM'] as const)('passes %s on once, waits, and exits with the same code', async (signal) => {
    const outer = startOuter(slow(42), '{}');
    await outer.ready;
    outer.child.kill(signal);
    await expect.poll(outer.text, { timeout: 10_000, interval: 5 }).toContain('sent');
    outer.child.kill(signal);
    expect(await outer.exit).toBe(42);
    expect(outer.text().match(/sent \w+/g)).toEqual([`sent ${signal}`]);
  });

  it('stops a quiet command with everything that it started', async () => {
    const inner = `
      import { spawn } from 'node:child_process';
      const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      child.once('spawn', () => process.stderr.write('ready'));
      setInterval(() => {}, 1000);`;
    const outer = startOuter(inner, `{ quiet: 'stdout' }`);
    await outer.ready;
    outer.child.kill('SIGTERM');
    expect(await outer.exit).toBe(143);
  });
});

/** A process that does nothing but run another one, as the scripts do. */
function startOuter(script: string, options: string) {
  const module = JSON.stringify(new URL('../../scripts/bootstrap/run.mjs', import.meta.url).href);
  const outer = `
    const { run } = await import(${module});
    const { code } = await run(${JSON.stringify(node(script))}, ${options});
    process.exit(code);`;
  const [file = '', ...args] = node(outer);
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  started.add(child);
  let text = '';
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (text.includes('ready')) resolve();
      });
    }
  });
  // `close` comes once everything that inherited its output is gone too: so it is the proof that nothing stayed behind.
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, ready, exit, text: () => text };
}

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseTrace } from '@mcp-lifeline/trace/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonReportSchema } from './json-report-schema.ts';
import { peer, type Running, startCli } from './spawn-cli.ts';

/** Shows up in the environment of every process that a command started with it starts. */
const MARK = 'MCP_LIFELINE_CLI_TEST';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcp-lifeline-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a signal half-way', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends the check with %i, a report and whole traces', async (signal, code) => {
    const at = join(folder, signal);
    const options = ['--json', join(folder, `${signal}.json`), '--traces', at];
    const running = startCli(['check', ...options, '--', ...peer('good')], { [MARK]: signal });
    await firstTrace(running, at);
    running.child.kill(signal);
    const { stdout, stderr, ...end } = await running.ended;
    expect(end).toEqual({ code, signal: null });
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      new RegExp(`^interrupted by ${signal} after \\d+ runs?; the report holds what is known so far\n$`),
    );
    const report = jsonReportSchema.parse(JSON.parse(readFileSync(join(folder, `${signal}.json`), 'utf8')));
    expect(report).toMatchObject({ verdict: 'error', why: 'interrupted' });
    const ends = readdirSync(at).map((name) => parseTrace(readFileSync(join(at, name), 'utf8')).events.at(-1));
    expect(ends.filter((event) => event?.kind !== 'end')).toEqual([]);
    expect(ends.map((event) => event?.plane === 'note' && event.kind === 'end' && event.why)).toContain('cut');
    expect(leftBehind(signal)).toEqual([]);
  });

  it('ends every run that goes on beside others, also of servers that ignore signals', async () => {
    const at = join(folder, 'many');
    const args = [
      'check',
      '--jobs',
      '5',
      '--revision',
      'all',
      '--traces',
      at,
      '--',
      ...peer('programs/ignores-signals'),
    ];
    const running = startCli(args, { [MARK]: 'many' });
    await firstTrace(running, at);
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBe(130);
    const ends = readdirSync(at).map((name) => parseTrace(readFileSync(join(at, name), 'utf8')).events.at(-1));
    const cut = ends.filter((event) => event?.plane === 'note' && event.kind === 'end' && event.why === 'cut');
    expect(cut.length).toBeGreaterThan(1);
    expect(ends.filter((event) => event?.kind !== 'end')).toEqual([]);
    expect(leftBehind('many')).toEqual([]);
  });

  it('leaves nothing of a server that ignores signals', async () => {
    const at = join(folder, 'stubborn');
    const mark = { [MARK]: 'stubborn' };
    const running = startCli(['check', '--traces', at, '--', ...peer('programs/ignores-signals')], mark);
    await firstTrace(running, at);
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBe(130);
    expect(leftBehind('stubborn')).toEqual([]);
  });

  it('ends at once when it comes twice', async () => {
    const at = join(folder, 'twice');
    const running = startCli(['check', '--traces', at, '--', ...peer('good')], { [MARK]: 'twice' });
    await firstTrace(running, at);
    running.child.kill('SIGTERM');
    running.child.kill('SIGINT');
    expect([130, 143]).toContain((await running.ended).code);
    expect(await untilGone('twice')).toEqual([]);
  });
});

describe('a reader that goes away', () => {
  it.each([
    ['before the report', ['check', '--timeout-scale', '0.02', '--', ...peer('programs/silent')], 3],
    ['amid a long list', ['clauses'], 0],
  ])('%s is no fault of ours', async (_, args, code) => {
    const running = startCli(args);
    running.child.stdout?.destroy();
    expect(await running.ended).toMatchObject({ code, stderr: '' });
  });
});

/** Half-way: one run is over, and the next ones go on. */
async function firstTrace({ child }: Running, at: string): Promise<void> {
  while (!existsSync(at) || !readdirSync(at).some((name) => name.endsWith('.jsonl'))) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode} before its first run was over`);
    await sleep(20);
  }
  await sleep(200);
}

/** A kill is not waited for on the way out: the system takes a moment to carry it out. */
async function untilGone(mark: string): Promise<readonly string[]> {
  for (let tries = 0; tries < 50 && leftBehind(mark).length > 0; tries += 1) await sleep(20);
  return leftBehind(mark);
}

/** The processes with this mark that are still there, where the system tells; zombies are not. */
function leftBehind(mark: string): readonly string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && readEnvironment(name).includes(`${MARK}=${mark}`));
}

function readEnvironment(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

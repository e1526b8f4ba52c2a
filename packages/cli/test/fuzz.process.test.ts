import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { formatCase } from '@mcp-lifeline/fuzz';
import { parseTrace } from '@mcp-lifeline/trace/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonReportSchema } from './json-report-schema.ts';
import { cli, peer, startCli } from './spawn-cli.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcp-lifeline-fuzz-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FAULTY = [
  process.execPath,
  fileURLToPath(new URL('../../../harness/fuzz/faulty/roots-after-early-ping.mjs', import.meta.url)),
];
/** The shortest way to its fault. */
const SHORTEST = formatCase({
  offer: '2025-11-25',
  acts: [
    { do: 'request', ask: 'ping', as: 1, id: 'number' },
    { do: 'initialize', declares: ['roots'] },
  ],
});

const hasTable = process.platform === 'linux';

describe.concurrent('fuzz', () => {
  it('passes a server without a fault, and reports to programs alone when it is asked to', async () => {
    const { code, stdout, stderr } = await cli([
      'fuzz',
      '--runs',
      '4',
      '--seed',
      '1',
      '--json',
      '-',
      '--',
      ...peer('good'),
    ]);
    const report = jsonReportSchema.parse(JSON.parse(stdout));
    expect(report).toMatchObject({
      verdict: 'pass',
      counted: ['2025-11-25'],
      fuzz: { runs: 4, seed: 1, violations: [] },
    });
    expect([code, stderr]).toEqual([0, '']);
  });

  it('runs a case again, tells its story and keeps its trace; with --strict a warning fails it', async () => {
    const traces = join(folder, 'traces');
    const args = ['fuzz', '--replay', SHORTEST, '--strict', '--traces', traces, '--', ...FAULTY];
    const { code, stdout } = await cli(args, {}, folder);
    expect(code).toBe(1);
    expect(stdout).toContain('1. handshake.no-early-requests\n');
    expect(stdout).toContain('Seen again in 5 of 5 runs; 2 acts');
    expect(stdout).toContain(`--replay ${SHORTEST}`);
    const [file = ''] = readdirSync(traces);
    expect(stdout).toContain(join('traces', file));
    expect(parseTrace(readFileSync(join(traces, file), 'utf8')).events.at(-1)).toMatchObject({ kind: 'end' });
  });

  it('exits 3 where no session comes about', async () => {
    const { code, stdout } = await cli(['fuzz', '--', ...peer('programs/banner-and-exit')]);
    expect(code).toBe(3);
    expect(stdout).toContain('no handshake');
  });

  it('exits 2 on bad usage, with one line', async () => {
    const { code, stdout, stderr } = await cli(['fuzz', '--url', 'http://127.0.0.1:1/mcp']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'mcp-lifeline: fuzz --url is not there yet: give the command of a server that speaks over stdio, as in fuzz -- node server.js\n',
    );
  });

  it.skipIf(!hasTable)(
    'ends on Ctrl-C with what it knows so far (unsupported where no process table can be read)',
    async () => {
      const file = join(folder, 'interrupted.json');
      const running = startCli(['fuzz', '--runs', '100000', '--json', file, '--', ...peer('good')], { [MARK]: 'fuzz' });
      // Itself, and a server.
      while (markedBy('fuzz').length < 2) await sleep(20);
      running.child.kill('SIGINT');
      const { code, signal, stderr } = await running.ended;
      expect([code, signal]).toEqual([130, null]);
      expect(stderr).toMatch(/^interrupted by SIGINT after \d+ runs?\n$/);
      const report = jsonReportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
      expect(report).toMatchObject({ verdict: 'error', why: 'interrupted' });
      expect(markedBy('fuzz')).toEqual([]);
    },
  );
});

/** Shows up in the environment of every process that a command started with it starts. */
const MARK = 'MCP_LIFELINE_FUZZ_TEST';

/** The processes with this mark; zombies have none. */
function markedBy(mark: string): readonly string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(`${MARK}=${mark}`));
}

function environmentOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

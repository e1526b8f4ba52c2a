import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTrace } from '@mcp-lifeline/trace/schema';
import { XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonReportSchema } from './json-report-schema.ts';
import { cli, peer } from './spawn-cli.ts';

/** Waits are short here, yet longer than the peers take; one revision is enough, since what the checks find is tested elsewhere. */
const QUICK = ['--timeout-scale', '0.5', '--revision', '2025-11-25'];
const SHORT = ['--timeout-scale', '0.02'];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcp-lifeline-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a good server', () => {
  it('passes, and leaves a report and a trace of each run', async () => {
    const { code, stdout, stderr } = await cli(
      ['check', ...QUICK, '--json', 'out/report.json', '--traces', 'traces', '--', ...peer('good')],
      {},
      makeFolder('good', 'out'),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/\nverdict pass · preferred 2025-11-25 · \d+ pass, .*\n$/);
    const at = join(folder, 'good');
    const report = jsonReportSchema.parse(JSON.parse(readFileSync(join(at, 'out/report.json'), 'utf8')));
    expect(report).toMatchObject({ verdict: 'pass', counted: ['2025-11-25'], target: { era: 'legacy' } });
    const kept = readdirSync(join(at, 'traces'));
    for (const name of kept) {
      const trace = parseTrace(readFileSync(join(at, 'traces', name), 'utf8'));
      expect(name).toBe(`${trace.header.scenario}@${trace.header.revision}.jsonl`);
    }
    expect(kept).toContain('handshake@2025-11-25.jsonl');
    const named = report.checks.flatMap(({ trace }) => (trace === undefined ? [] : [trace]));
    expect(named).toContain('../traces/handshake@2025-11-25.jsonl');
    for (const path of named) expect(readFileSync(join(at, 'out', path), 'utf8')).not.toBe('');
  });

  it('gets the variables and the folder it was given, and their values are seen nowhere', async () => {
    const at = makeFolder('secret');
    const server = join(at, 'server.mjs');
    writeFileSync(
      server,
      `if (process.env.A_SECRET !== 'hush-hush-1' || !process.cwd().endsWith('secret')) process.exit(9);
       process.stderr.write(process.env.A_SECRET); import(${JSON.stringify(peer('good')[1])});`,
    );
    const options = ['--env', 'A_SECRET=hush-hush-1', '--cwd', at, '--traces', join(at, 'traces'), '--only', 'ping'];
    const { code, stdout, stderr } = await cli(['check', ...QUICK, ...options, '--json', '-', '--', 'node', server]);
    expect(code).toBe(0);
    const traces = readdirSync(join(at, 'traces')).map((name) => readFileSync(join(at, 'traces', name), 'utf8'));
    expect(traces.length).toBeGreaterThan(0);
    expect([stdout, stderr, ...traces].join('\n')).not.toContain('hush-hush-1');
  });
});

describe('a server that breaks a MUST', () => {
  it('fails, and --json - writes the report and nothing else', async () => {
    const options = ['--only', 'rpc.unknown-method', '--json', '-'];
    const { code, stdout, stderr } = await cli(['check', ...QUICK, ...options, '--', ...peer('rpc.unknown-method')]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const report = jsonReportSchema.parse(JSON.parse(stdout));
    expect(report).toMatchObject({ verdict: 'fail', counts: { fail: 1 } });
    const [row] = report.checks.filter(({ status }) => status === 'fail');
    expect(row).toMatchObject({ id: 'rpc.unknown-method', revision: '2025-11-25', level: 'MUST' });
  });
});

describe('a server that breaks a SHOULD', () => {
  const args = ['--only', 'handshake.no-early-requests', '--', ...peer('handshake.no-early-requests')];

  it('passes with a warning', async () => {
    const { code, stdout } = await cli(['check', ...QUICK, ...args]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^! warn handshake.no-early-requests 2025-11-25 SHOULD$/m);
  });

  it('does not, where warnings count', async () => {
    expect((await cli(['check', ...QUICK, '--strict', ...args])).code).toBe(1);
  });
});

describe('known failures', () => {
  const only = ['--only', 'rpc.id-echo,ping.ready'];

  it('are written, excused, and told once they are none any more', async () => {
    const at = makeFolder('known');
    const broken = ['--', ...peer('rpc.id-echo')];
    const first = await cli(['check', ...QUICK, ...only, '--write-expect', 'known.json', ...broken], {}, at);
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 1, stderr: '' });
    expect(JSON.parse(readFileSync(join(at, 'known.json'), 'utf8'))).toEqual({
      expect: 1,
      known: [{ id: 'rpc.id-echo', revision: '2025-11-25', status: 'fail', because: '' }],
    });

    const options = ['--expect', 'known.json', '--json', 'report.json'];
    const second = await cli(['check', ...QUICK, ...only, ...options, ...broken], {}, at);
    expect(second.code).toBe(0);
    expect(second.stdout).toMatch(/\n +known fail: /);
    expect(second.stdout).toMatch(/\nverdict pass · .* 1 known fail, 1 pass/);
    const excused = jsonReportSchema.parse(JSON.parse(readFileSync(join(at, 'report.json'), 'utf8')));
    expect(excused.checks.find(({ id }) => id === 'rpc.id-echo')).toMatchObject({ status: 'fail', excused: true });

    const third = await cli(['check', ...QUICK, ...only, ...options, '--', ...peer('good')], {}, at);
    expect(third.code).toBe(1);
    expect(third.stdout).toContain('    rpc.id-echo 2025-11-25 fail: it passes now\n');

    const apart = ['--only', 'ping.ready', '--expect', 'known.json', '--', ...peer('good')];
    expect((await cli(['check', ...QUICK, ...apart], {}, at)).code).toBe(0);
  });

  it('are not written where there is no verdict', async () => {
    const at = makeFolder('unknown');
    const options = ['--write-expect', 'known.json', '--', './no-such-server'];
    const { code, stderr } = await cli(['check', ...options], {}, at);
    expect(code).toBe(3);
    expect(stderr).toMatch(/known\.json is not written, since there is no verdict\n$/);
    expect(readdirSync(at)).toEqual([]);
  });
});

describe('a JUnit report', () => {
  it('goes to stdout and nothing else does, beside a JSON report', async () => {
    const at = makeFolder('junit');
    const options = ['--only', 'rpc.unknown-method', '--junit', '-', '--json', 'report.json', '--traces', 'traces'];
    const { code, stdout, stderr } = await cli(
      ['check', ...QUICK, ...options, '--', ...peer('rpc.unknown-method')],
      {},
      at,
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(XMLValidator.validate(stdout)).toBe(true);
    expect(stdout).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="mcp-lifeline" tests="1" failures="1"/,
    );
    expect(stdout).toContain('trace: traces/unknown-method@2025-11-25.jsonl</system-out>');
    expect(readFileSync(join(at, 'report.json'), 'utf8')).toContain('"verdict": "fail"');
  });

  it('fails where the server never answers', async () => {
    const { code, stdout } = await cli(['check', '--junit', '-', '--', './no-such-server']);
    expect(code).toBe(3);
    expect(stdout).toContain('failures="1"');
  });
});

describe('no handshake', () => {
  it('for a program that does not exist', async () => {
    const { code, stdout } = await cli(['check', '--', './no-such-server']);
    expect(code).toBe(3);
    expect(stdout).toContain('no handshake: it could not be started: ENOENT; does ./no-such-server exist');
  });

  it('for a server that exits first, with what it said', async () => {
    const { code, stdout } = await cli(['check', '--', ...peer('programs/banner-and-exit')]);
    expect(code).toBe(3);
    expect(stdout).toContain('no handshake: it exited with code 1 before it answered initialize\n');
    expect(stdout).toContain('    error: no configuration found\n');
  });

  it('for a server that is silent, also in the report', async () => {
    const { code, stdout } = await cli(['check', ...SHORT, '--json', '-', '--', ...peer('programs/silent')]);
    expect(code).toBe(3);
    expect(jsonReportSchema.parse(JSON.parse(stdout))).toMatchObject({
      verdict: 'no-handshake',
      why: expect.stringContaining('no answer'),
      target: { era: 'none', revisions: [], preferred: null },
      checks: [],
    });
  });
});

describe('bad usage', () => {
  it.each([
    ['no command', ['check'], /needs the command/],
    ['a folder that does not exist', ['check', '--cwd', '/no/such', '--', 'x'], /--cwd: \/no\/such is not a folder/],
    ['a report that cannot be written', ['check', '--json', '/no/such/x', '--', 'x'], /its folder does not exist/],
    [
      'two reports in one file',
      ['check', '--json', 'x', '--junit', './x', '--', 'x'],
      /^mcp-lifeline: --json and --junit cannot both write .\/x\n$/,
    ],
    ['known failures that are not there', ['check', '--expect', '/no/such/x', '--', 'x'], /cannot be read/],
    ['known failures that are no such file', ['check', '--expect', 'package.json', '--', 'x'], /expect: Invalid input/],
    ['arguments that are no object', ['check', '--slow-tool', 'x', '--slow-args', '7', '--', 'x'], /a JSON object/],
    [
      'traces that cannot be written',
      ['check', '--traces', '/dev/null/x', '--', 'x'],
      /--traces: .* cannot be written/,
    ],
  ])('%s is told before anything is started', async (_, args, message) => {
    const { code, stdout, stderr } = await cli(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
  });

  it('is also to ask for nothing', async () => {
    const { code, stdout, stderr } = await cli([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: mcp-lifeline /);
  });
});

function makeFolder(name: string, ...inside: readonly string[]): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  for (const one of inside) mkdirSync(join(path, one));
  return path;
}

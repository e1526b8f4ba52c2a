import { formatCase } from '@mcp-lifeline/fuzz';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/command-line.ts';
import type { FuzzInvocation } from '../../src/invocation.ts';

const PLAIN: FuzzInvocation = {
  kind: 'fuzz',
  command: ['node', 'server.js'],
  json: null,
  junit: null,
  traces: null,
  revision: 'preferred',
  strict: false,
  runs: null,
  seconds: null,
  jobs: 2,
  seed: null,
  replay: null,
  slowTool: null,
  timeoutScale: 1,
  env: {},
  cwd: null,
};
const SERVER = ['--', 'node', 'server.js'];
const CASE = { offer: '2025-11-25', acts: [{ do: 'initialize', declares: [] }, { do: 'eof' }] } as const;

describe('fuzz', () => {
  it.each<[string, string[], Partial<FuzzInvocation>]>([
    ['needs no option', [], {}],
    ['takes a number of runs', ['--runs', '1000'], { runs: 1000 }],
    ['takes a time', ['--seconds', '0.5'], { seconds: 0.5 }],
    ['takes both', ['--runs', '5', '--seconds', '60'], { runs: 5, seconds: 60 }],
    ['takes a number of jobs', ['--jobs', '4'], { jobs: 4 }],
    ['takes a seed', ['--seed', '0'], { seed: 0 }],
    ['takes a case to run again', ['--replay', formatCase(CASE)], { replay: CASE }],
    ['takes a revision', ['--revision', 'all'], { revision: 'all' }],
    ['takes a file for the report', ['--json', '-'], { json: '-' }],
    ['takes a file for the JUnit report', ['--junit', 'a.xml'], { junit: 'a.xml' }],
    ['takes a folder for traces', ['--traces', 'dir'], { traces: 'dir' }],
    ['takes --strict', ['--strict'], { strict: true }],
    [
      'takes a slow tool and its arguments',
      ['--slow-tool', 'sleep', '--slow-args', '{"seconds":1}'],
      { slowTool: { name: 'sleep', args: { seconds: 1 } } },
    ],
    ['takes a scale', ['--timeout-scale', '3'], { timeoutScale: 3 }],
    ['takes variables', ['--env', 'A=1'], { env: { A: '1' } }],
    ['takes a folder to start in', ['--cwd', '/tmp'], { cwd: '/tmp' }],
  ])('%s', (_, options, expected) => {
    expect(parseCommandLine(['fuzz', ...options, ...SERVER])).toEqual({ ...PLAIN, ...expected });
  });

  it('has every option and every exit code in its help', () => {
    const help = parseCommandLine(['fuzz', '--help']);
    const text = help.kind === 'text' ? help.text : '';
    const running = ['runs', 'seconds', 'jobs', 'seed', 'replay', 'revision'];
    const report = ['json', 'junit', 'traces', 'strict', 'help'];
    const server = ['slow-tool', 'slow-args', 'timeout-scale', 'env', 'cwd', 'url'];
    for (const option of [...running, ...report, ...server]) expect(text).toContain(`  --${option} `);
    for (const code of ['0', '1', '2', '3', '4', '128+n']) expect(text).toContain(` ${code}  `);
  });

  it.each<[string[], RegExp]>([
    [['fuzz'], /^fuzz needs the command of a server: fuzz -- node server.js$/],
    [['fuzz', '--', ''], /^the command behind -- is empty: fuzz -- node server.js$/],
    [['fuzz', 'node', 'server.js'], /goes behind --, as in fuzz -- node server.js$/],
    [['fuzz', '--url', 'http://127.0.0.1:1'], /^fuzz --url is not there yet/],
    [['fuzz', '--runs', '0', ...SERVER], /^--runs needs a whole number from 1 to 10000000, and got "0"$/],
    [['fuzz', '--runs', '1e3', ...SERVER], /and got "1e3"$/],
    [['fuzz', '--seconds', '0', ...SERVER], /^--seconds needs a number above 0 and up to 604800, and got "0"$/],
    [['fuzz', '--seconds', 'x', ...SERVER], /and got "x"$/],
    [['fuzz', '--seed', '-1', ...SERVER], /^--seed needs a whole number from 0 to 2147483647, and got "-1"$/],
    [['fuzz', '--seed', '2147483648', ...SERVER], /and got "2147483648"$/],
    [['fuzz', '--replay', 'abc', ...SERVER], /^--replay needs a case as a report of fuzz gives it/],
    [['fuzz', '--replay', formatCase(CASE), '--seed', '1', ...SERVER], /^--replay runs one case a few times/],
    [['fuzz', '--json', '-', '--junit', '-', ...SERVER], /^--json and --junit cannot both go to stdout/],
  ])('%j is told in one line', (argv, expected) => {
    let message = '';
    try {
      parseCommandLine(argv);
    } catch (error) {
      message = error instanceof Error ? error.message : String(error);
    }
    expect(message).toMatch(expected);
    expect(message).not.toMatch(/[\n\r]/);
  });
});

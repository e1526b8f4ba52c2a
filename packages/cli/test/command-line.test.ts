import { TOOL } from '@mcp-lifeline/check';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../src/command-line.ts';
import type { CheckInvocation } from '../src/invocation.ts';

const PLAIN: CheckInvocation = {
  kind: 'check',
  command: ['node', 'server.js'],
  json: null,
  junit: null,
  traces: null,
  only: null,
  revision: 'preferred',
  strict: false,
  expect: null,
  writeExpect: null,
  jobs: 2,
  slowTool: null,
  timeoutScale: 1,
  env: {},
  cwd: null,
};
const SERVER = ['--', 'node', 'server.js'];

describe('a check', () => {
  it.each<[string, string[], Partial<CheckInvocation>]>([
    ['needs no option', [], {}],
    ['takes a file for the report', ['--json', 'a.json'], { json: 'a.json' }],
    ['takes stdout for the report', ['--json', '-'], { json: '-' }],
    ['takes a file for the JUnit report', ['--junit', 'a.xml'], { junit: 'a.xml' }],
    ['takes stdout for the JUnit report', ['--junit', '-', '--json', 'a.json'], { junit: '-', json: 'a.json' }],
    ['takes a list of known failures', ['--expect', 'known.json'], { expect: 'known.json' }],
    ['takes a place for such a list', ['--write-expect', 'known.json'], { writeExpect: 'known.json' }],
    ['takes a number of jobs', ['--jobs', '16'], { jobs: 16 }],
    [
      'takes a slow tool and its arguments',
      ['--slow-tool', 'sleep', '--slow-args', '{"seconds": 5, "deep": [{}]}'],
      { slowTool: { name: 'sleep', args: { seconds: 5, deep: [{}] } } },
    ],
    ['takes a folder for traces', ['--traces', 'dir'], { traces: 'dir' }],
    ['takes an id', ['--only', 'rpc.id-echo'], { only: ['rpc.id-echo'] }],
    [
      'takes ids and families, and puts them in the order of the checks',
      ['--only', 'rpc.id-echo, version'],
      { only: ['version.echo', 'version.counter-offer', 'version.counter-latest', 'rpc.id-echo'] },
    ],
    ['takes a revision', ['--revision', '2025-03-26'], { revision: '2025-03-26' }],
    ['takes all revisions', ['--revision', 'all'], { revision: 'all' }],
    ['takes the preferred revision by its name', ['--revision', 'preferred'], {}],
    ['takes --strict', ['--strict'], { strict: true }],
    ['takes a scale below one', ['--timeout-scale', '0.05'], { timeoutScale: 0.05 }],
    ['takes a value behind =', ['--timeout-scale=4'], { timeoutScale: 4 }],
    [
      'takes variables, each with all that follows the first =',
      ['--env', 'A=b=c', '--env', 'B='],
      { env: { A: 'b=c', B: '' } },
    ],
    ['takes the last value of a variable', ['--env', 'A=1', '--env', 'A=2'], { env: { A: '2' } }],
    ['takes a folder to start in', ['--cwd', '/tmp'], { cwd: '/tmp' }],
  ])('%s', (_, options, expected) => {
    expect(parseCommandLine(['check', ...options, ...SERVER])).toEqual({ ...PLAIN, ...expected });
  });

  it('leaves everything behind -- to the server, also what looks like an option of ours', () => {
    const command = ['npx', '-y', 'server', '--json', 'x', '--', '--help'];
    expect(parseCommandLine(['check', '--', ...command])).toEqual({ ...PLAIN, command });
  });

  it('needs no command to list the checks', () => {
    const expected = { kind: 'list', json: '-', only: null, revision: 'preferred' };
    expect(parseCommandLine(['check', '--list', '--json', '-'])).toEqual(expected);
  });
});

const ALL_CLAUSES = { kind: 'clauses', of: null, revision: null, unjudged: false, json: null, isSummary: false };

describe('the clauses', () => {
  it.each([
    ['all', [], null],
    ['of an id', ['2025-11-25/ping/respond'], '2025-11-25/ping/respond'],
  ])('%s', (_, args, of) => {
    expect(parseCommandLine(['clauses', ...args])).toEqual({ ...ALL_CLAUSES, of });
  });

  it('can be those of a revision that no check judges', () => {
    const expected = { ...ALL_CLAUSES, revision: '2025-06-18', unjudged: true };
    expect(parseCommandLine(['clauses', '--revision', '2025-06-18', '--unjudged'])).toEqual(expected);
  });
});

describe('an exploration', () => {
  const plain = { kind: 'explore', configs: null, isLarge: false, maxStates: null, json: null, traces: null, jobs: 2 };

  it.each<[string, string[], object]>([
    ['needs no option', [], {}],
    ['takes a configuration', ['--config', 'handshake'], { configs: ['handshake'] }],
    ['takes several', ['--config', 'a,b'], { configs: ['a', 'b'] }],
    ['takes several one by one', ['--config', 'a', '--config=b'], { configs: ['a', 'b'] }],
    ['takes the large ones', ['--large'], { isLarge: true }],
    ['takes a bound', ['--max-states', '1000000'], { maxStates: 1_000_000 }],
    ['takes a file for the report', ['--json', 'a.json'], { json: 'a.json' }],
    ['takes stdout for the report', ['--json', '-'], { json: '-' }],
    ['takes a folder for traces', ['--traces', 'dir'], { traces: 'dir' }],
    ['takes a number of jobs', ['--jobs', '1'], { jobs: 1 }],
  ])('%s', (_, options, expected) => {
    expect(parseCommandLine(['explore', ...options])).toEqual({ ...plain, ...expected });
  });

  it('can be a list', () => {
    const expected = { kind: 'exploreList', configs: ['a'], isLarge: false, json: '-' };
    expect(parseCommandLine(['explore', '--list', '--config', 'a', '--json', '-'])).toEqual(expected);
  });

  it('has every option and every exit code in its help', () => {
    const help = parseCommandLine(['explore', '--help']);
    const text = help.kind === 'text' ? help.text : '';
    for (const option of ['config', 'large', 'list', 'max-states', 'jobs', 'json', 'traces', 'help']) {
      expect(text).toContain(`  --${option} `);
    }
    for (const code of ['0', '1', '2', '4']) expect(text).toContain(` ${code}  `);
  });
});

describe('help', () => {
  it.each([[['--help']], [['help']], [['check', '--help']], [['help', 'check']], [['clauses', '--help']]])(
    'for %j goes to stdout',
    (argv) => {
      expect(parseCommandLine(argv)).toMatchObject({
        kind: 'text',
        to: 'stdout',
        text: expect.stringMatching(/^Usage: /),
      });
    },
  );

  it('goes to stderr where nothing was said', () => {
    expect(parseCommandLine([])).toMatchObject({ kind: 'text', to: 'stderr', text: expect.stringMatching(/^Usage: /) });
  });

  it('is not the version', () => {
    expect(parseCommandLine(['--version'])).toEqual({ kind: 'text', to: 'stdout', text: `${TOOL.version}\n` });
  });

  it('of a check names every option and every exit code', () => {
    const help = parseCommandLine(['check', '--help']);
    const text = help.kind === 'text' ? help.text : '';
    const report = ['json', 'junit', 'traces', 'expect', 'write-expect', 'list', 'help'];
    const judging = ['only', 'revision', 'strict', 'jobs', 'slow-tool', 'slow-args', 'timeout-scale', 'env', 'cwd'];
    for (const option of [...report, ...judging]) expect(text).toContain(`  --${option} `);
    for (const code of ['0', '1', '2', '3', '4', '128+n']) expect(text).toContain(` ${code}  `);
  });
});

describe('bad usage', () => {
  it.each<[string[], RegExp]>([
    [['chekc'], /^unknown command 'chekc' \(Did you mean check\?\)$/],
    [['watch'], /^unknown command 'watch'; --help shows what there is$/],
    [['--jsn'], /^unknown option '--jsn'/],
    [['check'], /needs the command of a server: check -- node server.js$/],
    [['check', '--'], /needs the command of a server/],
    [['check', '--', ''], /the command behind -- is empty/],
    [['check', '--', ' ', 'x'], /the command behind -- is empty/],
    [['check', 'node', 'server.js'], /goes behind --/],
    [['check', 'node', ...SERVER], /goes behind --/],
    [['check', '--jsn', 'x', ...SERVER], /^unknown option '--jsn' \(Did you mean --json\?\)$/],
    [['check', '-j', ...SERVER], /^unknown option '-j'/],
    [['check', '--json', ...SERVER], /^option '--json <FILE>' argument missing/],
    [['check', '--json', '', ...SERVER], /^--json needs a path$/],
    [['check', '--json', '--strict', ...SERVER], /^--json needs a path, and got --strict; write .\/--strict/],
    [['check', '--traces', '-', ...SERVER], /^--traces needs a path/],
    [['check', '--traces', '', ...SERVER], /^--traces needs a path$/],
    [['check', '--cwd', '', ...SERVER], /^--cwd needs a path$/],
    [['check', '--only', '', ...SERVER], /^--only needs ids/],
    [['check', '--only', '--strict', ...SERVER], /^--only needs ids/],
    [['check', '--only', 'vers', ...SERVER], /"vers"; the nearest is version,/],
    [['check', '--only', 'id-ecko', ...SERVER], /"id-ecko"; the nearest is rpc.id-echo,/],
    [['check', '--only', 'version,', ...SERVER], /no check is called ""/],
    [['check', '--only', 'version.nothing', '--list'], /"version.nothing"/],
    [['check', '--revision', 'newest', ...SERVER], /"newest" is not known; it is one of preferred, all, 2024-11-05/],
    [['check', '--revision', '2026-07-28', ...SERVER], /is not known/],
    [['check', '--timeout-scale', '0', ...SERVER], /needs a number above 0/],
    [['check', '--timeout-scale', '-1', ...SERVER], /needs a number above 0/],
    [['check', '--timeout-scale', 'NaN', ...SERVER], /needs a number above 0/],
    [['check', '--timeout-scale', '', ...SERVER], /needs a number above 0/],
    [['check', '--timeout-scale', '1e9', ...SERVER], /up to 1000/],
    [['check', '--strict=1', ...SERVER], /--strict/],
    [['check', '--junit', '', ...SERVER], /^--junit needs a path$/],
    [['check', '--junit', '-', '--json', '-', ...SERVER], /^--json and --junit cannot both go to stdout: name a file$/],
    [['check', '--expect', '-', ...SERVER], /^--expect needs a path/],
    [['check', '--write-expect', '-', ...SERVER], /^--write-expect needs a path/],
    [['check', '--jobs', '0', ...SERVER], /^--jobs needs a whole number from 1 to 16, and got "0"$/],
    [['check', '--jobs', '17', ...SERVER], /from 1 to 16/],
    [['check', '--jobs', '1.5', ...SERVER], /from 1 to 16/],
    [['check', '--jobs', '', ...SERVER], /from 1 to 16/],
    [['check', '--jobs', '1e1', ...SERVER], /from 1 to 16/],
    [['check', '--slow-tool', 'sleep', ...SERVER], /^--slow-tool needs --slow-args beside it/],
    [['check', '--slow-args', '{}', ...SERVER], /^--slow-args needs --slow-tool beside it$/],
    [['check', '--slow-tool', '--slow-args', '{}', ...SERVER], /^--slow-tool needs the name of a tool$/],
    [['check', '--slow-tool', 'x', '--slow-args', '{"secret": ', ...SERVER], /and got something that is not JSON$/],
    [['check', '--slow-tool', 'x', '--slow-args', '[1]', ...SERVER], /needs a JSON object.* and got an array$/],
    [['check', '--slow-tool', 'x', '--slow-args', 'null', ...SERVER], /and got null$/],
    [['check', '--slow-tool', 'x', '--slow-args', '7', ...SERVER], /and got a number$/],
    [['clauses', '--revision', '2026-07-28'], /^--revision "2026-07-28" is not known; it is one of 2024-11-05/],
    [['clauses', ''], /needs an id or a revision/],
    [['clauses', 'a', 'b'], /too many arguments/],
    [['clauses', ...SERVER], /starts no server/],
    [['explore', 'handshake'], /^too many arguments for 'explore'/],
    [['explore', ...SERVER], /^explore starts no server/],
    [['explore', '--config'], /^option '--config <IDS>' argument missing/],
    [['explore', '--config', 'a,,b'], /^--config needs an id; --list shows them$/],
    [['explore', '--config', ''], /^--config needs an id; --list shows them$/],
    [['explore', '--config', '--list'], /^--config needs an id/],
    [['explore', '--config', 'a', '--large'], /^--config and --large do not go together/],
    [['explore', '--max-states', '0'], /^--max-states needs a whole number from 1 to 500000000, and got "0"$/],
    [['explore', '--max-states', '1e6'], /and got "1e6"$/],
    [['explore', '--max-states', '500000001'], /from 1 to 500000000/],
    [['explore', '--jobs', '0'], /^--jobs needs a whole number/],
    [['explore', '--json', '--list'], /^--json needs a path/],
    [['explore', '--traces', '-'], /^--traces needs a path/],
  ])('%j is told in one line', (argv, expected) => {
    const message = complaint(argv);
    expect(message).toMatch(expected);
    expect(message).not.toMatch(/[\n\r]/);
  });

  it.each([['sk-123456'], ['=sk-123456'], ['--sk-123456'], ['']])('--env %j is told without its value', (value) => {
    const message = complaint(['check', '--env', value, ...SERVER]);
    expect(message).toBe('--env needs NAME=VALUE');
  });
});

function complaint(argv: readonly string[]): string {
  try {
    return `taken: ${JSON.stringify(parseCommandLine(argv))}`;
  } catch (error) {
    if (error instanceof Error && error.name === 'UsageError') return error.message;
    throw error;
  }
}

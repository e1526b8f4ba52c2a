import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/command-line.ts';
import type { ImportInvocation } from '../../src/invocation.ts';

const PLAIN: ImportInvocation = {
  kind: 'import',
  file: 'host.log',
  output: '-',
  logOf: null,
  pattern: null,
  session: null,
  server: null,
  hasExactTimes: false,
  isComplete: false,
  maxEvents: 50_000,
};

describe('importing a log', () => {
  it.each<[string, string[], Partial<ImportInvocation>]>([
    ['needs no option', [], {}],
    ['takes a file for the trace', ['-o', 'a.jsonl'], { output: 'a.jsonl' }],
    ['takes it by its long name', ['--output', 'a.jsonl'], { output: 'a.jsonl' }],
    ['takes an owner', ['--log-of', 'server'], { logOf: 'server' }],
    ['takes a number of a session', ['--session', '12'], { session: 12 }],
    ['takes the last session', ['--session', 'last'], { session: 'last' }],
    ['takes all sessions', ['--session', 'all'], { session: 'all' }],
    ['takes a server', ['--server', 'files'], { server: 'files' }],
    ['takes a promise about times', ['--exact-times'], { hasExactTimes: true }],
    ['takes a promise about messages', ['--complete'], { isComplete: true }],
    ['takes a bound', ['--max-events', '7'], { maxEvents: 7 }],
    ['takes a pattern', ['--pattern', '(?<dir>.) (?<json>.*)'], { pattern: /(?<dir>.) (?<json>.*)/u }],
  ])('%s', (_, options, expected) => {
    expect(parseCommandLine(['import', 'host.log', ...options])).toEqual({ ...PLAIN, ...expected });
  });

  it('has every option in its help, and says what is not covered', () => {
    const help = parseCommandLine(['import', '--help']);
    const text = help.kind === 'text' ? help.text : '';
    const options = [
      'output',
      'log-of',
      'pattern',
      'session',
      'server',
      'exact-times',
      'complete',
      'max-events',
      'help',
    ];
    for (const option of options) expect(text).toContain(`--${option} `);
    expect(text).toContain('others are not: look at the trace');
  });

  it.each<[string[], RegExp]>([
    [[], /^missing required argument 'LOG'/],
    [[''], /^import needs a log/],
    [['a', 'b'], /^too many arguments/],
    [['a', '--', 'node'], /^import starts no server/],
    [['a', '--log-of', 'host'], /^--log-of "host" is not known; it is one of client, server$/],
    [['a', '--pattern', '('], /^--pattern: Invalid regular expression/],
    [['a', '--pattern', '(?<json>.*)'], /^--pattern needs the groups json and dir, or json, client and server/],
    [['a', '--pattern', '(?<json>.*)(?<client>x)'], /^--pattern needs the groups/],
    [['a', '--session', '0'], /^--session needs a number from 1 on, last, or all, and got "0"$/],
    [['a', '--session', 'first'], /^--session needs a number/],
    [['a', '--server', ''], /^--server needs the name of a server$/],
    [['a', '-o', ''], /^-o needs a path$/],
    [['a', '--max-events', 'x'], /^--max-events needs a whole number/],
  ])('is told in one line what is wrong with %j', (args, message) => {
    expect(() => parseCommandLine(['import', ...args])).toThrow(message);
  });
});

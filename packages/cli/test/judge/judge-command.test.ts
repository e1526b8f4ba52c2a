import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/command-line.ts';
import type { JudgeInvocation } from '../../src/invocation.ts';

const PLAIN: JudgeInvocation = {
  kind: 'judge',
  file: 'session.jsonl',
  role: null,
  revision: null,
  only: null,
  strict: false,
  json: null,
  junit: null,
  maxEvents: 50_000,
};

describe('judging a recording', () => {
  it.each<[string, string[], Partial<JudgeInvocation>]>([
    ['needs no option', [], {}],
    ['takes a role', ['--role', 'client'], { role: 'client' }],
    ['takes both roles', ['--role=both'], { role: 'both' }],
    ['takes a revision', ['--revision', '2025-06-18'], { revision: '2025-06-18' }],
    ['takes an id', ['--only', 'client.rpc.batch'], { only: ['client.rpc.batch'] }],
    ['takes families', ['--only', 'client.ping,ping'], { only: ['ping.ready', 'ping.busy', 'client.ping.pong'] }],
    ['takes --strict', ['--strict'], { strict: true }],
    ['takes stdout for the report', ['--json', '-'], { json: '-' }],
    ['takes a file for the JUnit report', ['--junit', 'a.xml'], { junit: 'a.xml' }],
    ['takes a bound', ['--max-events', '7'], { maxEvents: 7 }],
  ])('%s', (_, options, expected) => {
    expect(parseCommandLine(['judge', 'session.jsonl', ...options])).toEqual({ ...PLAIN, ...expected });
  });

  it('takes standard input', () => {
    expect(parseCommandLine(['judge', '-'])).toEqual({ ...PLAIN, file: '-' });
  });

  it('has every option and every exit code in its help', () => {
    const help = parseCommandLine(['judge', '--help']);
    const text = help.kind === 'text' ? help.text : '';
    const options = ['role', 'revision', 'only', 'strict', 'json', 'junit', 'max-events', 'help'];
    for (const option of options) expect(text).toContain(`  --${option} `);
    for (const code of ['0', '1', '2', '3', '4']) expect(text).toContain(` ${code}  `);
  });

  it.each<[string[], RegExp]>([
    [[], /^missing required argument 'TRACE'/],
    [[''], /^judge needs a trace/],
    [['a', 'b'], /^too many arguments/],
    [['a', '--', 'node'], /^judge starts no server/],
    [['a', '--role', 'host'], /^--role "host" is not known; it is one of server, client, both$/],
    [['a', '--revision', 'all'], /^--revision "all" is not known/],
    [['a', '--only', 'version.echo'], /^--only: no invariant is called "version.echo"; the nearest is /],
    [['a', '--json', '-', '--junit', '-'], /cannot both go to stdout/],
    [['a', '--max-events', '0'], /^--max-events needs a whole number from 1 to 1000000, and got "0"$/],
  ])('is told in one line what is wrong with %j', (args, message) => {
    expect(() => parseCommandLine(['judge', ...args])).toThrow(message);
  });
});

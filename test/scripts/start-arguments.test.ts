import { describe, expect, it } from 'vitest';
import { startArguments } from '../../scripts/bootstrap/start-arguments.mjs';

describe('the arguments of npm start', () => {
  it.each<[given: string, args: string, bundled: boolean]>([
    ['', 'check', true],
    ['node server.js', 'check -- node server.js', false],
    ['npx -y some-server --flag', 'check -- npx -y some-server --flag', false],
    ['-- node server.js', 'check -- node server.js', false],
    ['--json out.json -- node server.js', 'check --json out.json -- node server.js', false],
    ['--url http://127.0.0.1:1/mcp', 'check --url http://127.0.0.1:1/mcp', false],
    ['--url=http://127.0.0.1:1/mcp --strict', 'check --url=http://127.0.0.1:1/mcp --strict', false],
    ['--json out.json', 'check --json out.json', true],
    ['--strict --help', 'check --strict --help', false],
    ['--help', '--help', false],
    ['-V', '-V', false],
    ['check -- node server.js', 'check -- node server.js', false],
    ['check', 'check', false],
    ['judge trace.jsonl', 'judge trace.jsonl', false],
    ['clauses', 'clauses', false],
  ])('"%s" asks for "%s"', (given, args, bundled) => {
    const split = (text: string) => text.split(' ').filter((word) => word !== '');
    expect(startArguments(split(given))).toEqual({ args: split(args), bundled });
  });

  it('looks for flags only before the command', () => {
    expect(startArguments(['--strict', '--', 'server', '--help'])).toEqual({
      args: ['check', '--strict', '--', 'server', '--help'],
      bundled: false,
    });
  });
});

import { execFileSync } from 'node:child_process';
import { formatCase } from '@mcp-lifeline/fuzz';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/command-line.ts';
import { replayLine } from '../../src/fuzz/replay-line.ts';
import { madeViolation } from './made-result.ts';

const { case: CASE } = madeViolation();
const PLAIN = { command: ['node', 'server.js'], cwd: null, env: {}, slowTool: null, timeoutScale: 1 } as const;

describe('the line that shows a fault again', () => {
  it('is a whole command, with nothing in it that need not be there', () => {
    expect(replayLine(CASE, PLAIN)).toBe(`mcp-lifeline fuzz --replay ${formatCase(CASE)} -- node server.js`);
  });

  it('means the same to a shell and to the command itself, whatever stands in it', () => {
    const setting = {
      command: ['./a server', "it's", '$HOME', '"*"', ''],
      cwd: '/tmp/a b',
      env: {},
      slowTool: { name: 'sleep', args: { text: "a 'b'" } },
      timeoutScale: 2.5,
    } as const;
    const line = replayLine(CASE, setting).replace(/^mcp-lifeline /, 'printf "%s\\0" ');
    const words = execFileSync('/bin/sh', ['-c', line], { encoding: 'utf8' }).split('\0').slice(0, -1);
    expect(parseCommandLine(words)).toMatchObject({ ...setting, kind: 'fuzz', replay: CASE });
  });

  it('names the variables that it takes, and no value of theirs', () => {
    const line = replayLine(CASE, { ...PLAIN, env: { TOKEN: 'secret', B: '2' } });
    expect(line).toContain(' --env TOKEN=… --env B=… -- node server.js');
    expect(line).not.toContain('secret');
  });
});

import { connectStdio } from '@mcp-lifeline/node';
import { MARK_VARIABLE } from '@mcp-lifeline/peer';
import { afterEach, describe, expect, it } from 'vitest';
import { leaveNothing, newMark, programFile } from './programs.js';

afterEach(leaveNothing);

const STEPS = 500;
const CALLS = 150;
const ALL_STEPS = Array.from({ length: STEPS }, (_, index) => index + 1);

describe('500 notices of progress right before a result, 300 times', () => {
  it.each(['telling-server.mjs', 'telling-script.mjs'])('all come before it, and in order: %s', async (file) => {
    const client = await connectStdio({
      command: process.execPath,
      args: [programFile(file)],
      env: { [MARK_VARIABLE]: newMark() },
      info: { name: 'listener', version: '1.0.0' },
      onReport: (fault) => reports.push(fault),
    });
    const reports: unknown[] = [];
    for (const name of ['tell', 'tellInTurn']) {
      for (let call = 0; call < CALLS; call += 1) {
        const told: number[] = [];
        const onProgress = ({ progress }: { readonly progress: number }) => told.push(progress);
        const params = { name, arguments: { steps: STEPS } };
        const result = await client.request('tools/call', params, { onProgress });
        // Looked at once: what came after the result is not among it.
        expect(told).toEqual(ALL_STEPS);
        expect(result).toEqual({ content: [{ type: 'text', text: 'told' }] });
      }
    }
    expect(reports).toEqual([]);
    expect(await client.close()).toMatchObject({ why: 'asked' });
  });
});

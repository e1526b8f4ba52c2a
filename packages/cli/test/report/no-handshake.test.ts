import type { Run } from '@mcp-lifeline/check';
import type { EventData } from '@mcp-lifeline/trace';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/expect/outcome.ts';
import { createStyle } from '../../src/report/style.ts';
import { terminalReport } from '../../src/report/terminal.ts';
import { madeResult, madeRun } from '../made-result.ts';

const INITIALIZE: EventData = {
  plane: 'wire',
  kind: 'sent',
  message: { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25' } },
  bytes: 100,
};

describe('no handshake', () => {
  it('since the program is not there', () => {
    const spawnError = { code: 'ENOENT', message: 'spawn nothing ENOENT' };
    expect(shown([], { spawnError }, ['nothing', 'x y'])).toMatchInlineSnapshot(`
      "nothing "x y"

      ✗ no handshake: it could not be started: ENOENT; is nothing installed and on the PATH?

      verdict no-handshake · 12.3 s
      "
    `);
  });

  it.each([
    ['./server', 'ENOENT', 'does ./server exist, seen from the folder it is started in?'],
    ['./server', 'EACCES', 'is ./server an executable file?'],
    ['./server', 'EAGAIN', 'could not be started: EAGAIN'],
  ])('since %s gives %s', (program, code, told) => {
    expect(shown([], { spawnError: { code, message: 'spawn' } }, [program])).toContain(told);
  });

  it('since it exited first', () => {
    const stderrTail = `${Array.from({ length: 10 }, (_, line) => `line ${line}\u001b[31m`).join('\n')}\n`;
    const events: EventData[] = [
      INITIALIZE,
      { plane: 'process', kind: 'exited', code: 1, signal: null },
      { plane: 'process', kind: 'outputEnded' },
    ];
    expect(shown(events, { stderrTail })).toMatchInlineSnapshot(`
      "node server.js

      ✗ no handshake: it exited with code 1 before it answered initialize

        the end of its stderr:
          line 2
          line 3
          line 4
          line 5
          line 6
          line 7
          line 8
          line 9

        --env NAME=VALUE sets a variable that it may need, --cwd DIR the folder it starts in.

      verdict no-handshake · 12.3 s
      "
    `);
  });

  it('since it was killed by someone', () => {
    const events: EventData[] = [INITIALIZE, { plane: 'process', kind: 'exited', code: null, signal: 'SIGSEGV' }];
    expect(shown(events)).toContain('no handshake: it was ended by SIGSEGV before it answered initialize\n');
  });

  it('since it is silent, after a banner for people', () => {
    const events: EventData[] = [
      { plane: 'wire', kind: 'garbled', why: 'notJson', text: 'Welcome!', bytes: 8 },
      INITIALIZE,
      { plane: 'note', kind: 'waited', for: 'the answer to initialize', ms: 30_000, lagMs: 0 },
      { plane: 'process', kind: 'signalled', signal: 'SIGTERM', by: 'ladder' },
      { plane: 'process', kind: 'exited', code: null, signal: 'SIGTERM' },
    ];
    expect(shown(events)).toMatchInlineSnapshot(`
      "node server.js

      ✗ no handshake: no answer to initialize within 30.0 s

        Its stdout begins with something else than a message: "Welcome!"
        Is it a server that speaks over stdio? --timeout-scale 4 waits four times as long.

      verdict no-handshake · 12.3 s
      "
    `);
  });

  it('since it wrote without end and was stopped', () => {
    const why = 'a line of more than 67108864 bytes';
    const events: EventData[] = [
      INITIALIZE,
      { plane: 'note', kind: 'absent', need: 'wholeRun', why },
      { plane: 'process', kind: 'exited', code: null, signal: 'SIGKILL' },
    ];
    expect(shown(events)).toContain(`no handshake: it wrote ${why} before it answered initialize\n`);
  });

  it('since it refused', () => {
    const answer = { jsonrpc: '2.0', id: 1, error: { code: -32602, message: 'Unsupported protocol version' } };
    const events: EventData[] = [INITIALIZE, { plane: 'wire', kind: 'received', message: answer, bytes: 100 }];
    expect(shown(events)).toContain(
      'no handshake: it refused initialize with error -32602 "Unsupported protocol version"\n',
    );
  });

  it('in the revision that was asked for, though there is one in another', () => {
    const result = madeResult({
      verdict: 'no-handshake',
      why: 'it does not speak 2025-03-26',
      counted: ['2025-03-26'],
    });
    expect(report(result)).toMatchInlineSnapshot(`
      "node server.js
      made-up 1.2.3 · speaks 2025-06-18, 2025-11-25

      ✗ no handshake: it does not speak 2025-03-26

      verdict no-handshake · 12.3 s
      "
    `);
  });
});

function shown(events: readonly EventData[], run: Partial<Run> = {}, command = ['node', 'server.js']): string {
  const runs = [madeRun('handshake@2025-11-25', events, run)];
  const nothing = { serverInfo: null, revisions: [], preferred: null, counted: [] };
  return report(madeResult({ verdict: 'no-handshake', why: 'no answer', ...nothing, command, runs }));
}

function report(result: Outcome): string {
  return terminalReport(result, { style: createStyle(false, 100), strict: false, traceOf: () => undefined });
}

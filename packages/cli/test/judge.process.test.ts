import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLIENT_INVARIANTS, INVARIANTS } from '@mcp-lifeline/specs';
import type { Trace } from '@mcp-lifeline/trace';
import { parseTrace } from '@mcp-lifeline/trace/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonJudgement } from '../src/judge/json.ts';
import type { JsonReport } from '../src/report/json.ts';
import { run } from '../src/run.ts';
import { fakeIo } from './fake-io.ts';
import { cli, type Ended, peer, piped } from './spawn-cli.ts';

const ECHO_SERVER = fileURLToPath(new URL('../../../examples/echo-server/server.mjs', import.meta.url));

/** Each with the row that it breaks. */
const SERVERS: readonly (readonly [name: string, command: readonly string[], breaks: string | null])[] = [
  ['the echo server', [process.execPath, ECHO_SERVER], null],
  ['a server that answers twice', peer('rpc.one-response'), 'rpc.one-response fail'],
  ['a server that answers what was cancelled', peer('cancel.stops-response'), 'cancel.stops-response warn'],
  ['a server that asks too early', peer('handshake.no-early-requests'), 'handshake.no-early-requests warn'],
];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcp-lifeline-judge-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(SERVERS)('what a check recorded of %s', (name, command, breaks) => {
  let report: JsonReport;
  let files: readonly string[] = [];
  const at = (): string => join(folder, name.replaceAll(' ', '-'));

  beforeAll(async () => {
    const options = [
      '--timeout-scale',
      '0.5',
      '--revision',
      '2025-11-25',
      '--jobs',
      '4',
      '--traces',
      at(),
      '--json',
      '-',
    ];
    report = JSON.parse((await cli(['check', ...options, '--', ...command])).stdout);
    files = readdirSync(at());
  });

  it('is judged as the check judged it, row by row', async () => {
    const rows = report.checks.filter(({ id, status }) => isInvariant(id) && SEEN.includes(status));
    expect(rows.length).toBeGreaterThan(35);
    for (const { id, trace, status, observed, revision } of rows) {
      // As the report names it: from where the check was made.
      const { checks } = await judged(resolve(trace ?? ''));
      const row = checks.find((one) => one.id === id && one.revision === revision);
      expect({ id, status: row?.status, observed: row?.observed }).toEqual({ id, status, observed });
    }
  });

  it('shows no fault that the check does not tell of', async () => {
    const found = new Set<string>();
    for (const file of files) {
      const { checks, verdict } = await judged(join(at(), file));
      expect(['pass', 'fail', 'no-handshake'], file).toContain(verdict);
      for (const { id, status } of checks) if (FAULTS.includes(status)) found.add(`${id} ${status}`);
    }
    expect([...found]).toEqual(breaks === null ? [] : [breaks]);
  });

  it('is judged the same when it comes back from a plain log', async () => {
    let compared = 0;
    for (const file of files) {
      const text = readFileSync(join(at(), file), 'utf8');
      const trace = parseTrace(text);
      if (!isPlain(trace)) continue;
      const form = [toArrows, toJson, toNames][compared % 3] ?? toArrows;
      const imported = await ran(['import', '-', '--exact-times', '--session', 'all'], form(trace));
      expect({ file, code: imported.code }).toEqual({ file, code: 0 });
      expect(messagesIn(parseTrace(imported.stdout))).toEqual(messagesIn(trace));
      const own = await judgedText(text);
      const theirs = await judgedText(imported.stdout, '--role', 'server');
      for (const { id, status, observed } of theirs.checks) {
        if (status === 'unobserved') continue;
        const row = own.checks.find((one) => one.id === id);
        expect({ file, id, status, observed }).toEqual({ file, id, status: row?.status, observed: row?.observed });
      }
      compared += 1;
    }
    expect(compared).toBeGreaterThan(15);
  });

  it('shows its fault in a plain log as well, and no other', async () => {
    const found = new Set<string>();
    for (const file of files) {
      const trace = parseTrace(readFileSync(join(at(), file), 'utf8'));
      if (!isPlain(trace)) continue;
      const { stdout } = await ran(['import', '-', '--session', 'all'], toNames(trace));
      const { checks } = await judgedText(stdout, '--role', 'server');
      for (const { id, status } of checks) if (FAULTS.includes(status)) found.add(`${id} ${status}`);
    }
    expect([...found]).toEqual(breaks === null ? [] : [breaks]);
  });
});

describe('the command', () => {
  it('judges what is piped into it, and what it makes out of a log', async () => {
    const log = `--> ${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: {} })}\n`;
    const imported = await piped(['import', '-'], log);
    expect(imported).toMatchObject({
      code: 0,
      stderr: '1 message, logged by the client: 1 of the client, 0 of the server\n',
    });
    const { code, stdout } = await piped(['judge', '-'], imported.stdout);
    expect(code).toBe(3);
    expect(stdout).toContain('✗ no handshake: it holds no answer to initialize\n');
  });

  it('is told so when it is no trace', async () => {
    expect(await piped(['judge', '-'], 'hello\n')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^mcp-lifeline: judge: standard input is no trace: line 1: not JSON; .*\n$/),
    });
  });
});

const SEEN: readonly string[] = ['pass', 'fail', 'warn', 'note'];
const FAULTS: readonly string[] = ['fail', 'warn', 'error'];

function isInvariant(id: string): boolean {
  return [...INVARIANTS, ...CLIENT_INVARIANTS].some((one) => one.id === id);
}

/** Whether all that crossed is in a log of messages: nothing but JSON, in the plainest writing, and well-formed. */
function isPlain({ events }: Trace): boolean {
  const hasMessages = events.some(({ plane }) => plane === 'wire');
  return (
    hasMessages &&
    events.every((event) => {
      if (event.plane === 'note') return event.kind !== 'framed';
      if (event.plane !== 'wire') return true;
      if (event.kind !== 'sent' && event.kind !== 'received') return false;
      const text = JSON.stringify(event.message);
      return text.includes('"jsonrpc":"2.0"') && !text.includes('"id":null');
    })
  );
}

function lines(trace: Trace, line: (from: 'client' | 'server', json: string, time: string) => string): string {
  const startedAt = Date.parse(trace.header.clock.startedAt);
  return messagesIn(trace)
    .map(([kind, message, t]) => {
      const from = kind === 'sent' ? 'client' : 'server';
      return `${line(from, JSON.stringify(message), new Date(startedAt + t).toISOString())}\n`;
    })
    .join('');
}

function toArrows(trace: Trace): string {
  return lines(trace, (from, json, time) => `${time} ${from === 'client' ? '-->' : '<--'} ${json}`);
}

function toNames(trace: Trace): string {
  return lines(trace, (from, json, time) => `${time} [x] [info] Message from ${from}: ${json} { metadata: undefined }`);
}

function toJson(trace: Trace): string {
  return lines(trace, (from, json, time) => JSON.stringify({ ts: time, direction: from, message: JSON.parse(json) }));
}

type Crossed = readonly [kind: 'sent' | 'received', message: unknown, t: number];

/** Times to the millisecond: a log has no finer ones. */
function messagesIn({ events }: Trace): readonly Crossed[] {
  const [first] = events.filter(({ plane }) => plane === 'wire');
  return events.flatMap((event): readonly Crossed[] => {
    if (event.plane !== 'wire' || (event.kind !== 'sent' && event.kind !== 'received')) return [];
    return [[event.kind, event.message, Math.floor(event.t) - Math.floor(first?.t ?? 0)]];
  });
}

async function judged(file: string): Promise<JsonJudgement> {
  const { code, stdout } = await ran(['judge', file, '--json', '-'], '');
  expect([0, 1, 3], file).toContain(code);
  return JSON.parse(stdout);
}

async function judgedText(text: string, ...options: readonly string[]): Promise<JsonJudgement> {
  return JSON.parse((await ran(['judge', '-', ...options, '--json', '-'], text)).stdout);
}

async function ran(args: readonly string[], stdin: string): Promise<Omit<Ended, 'signal'>> {
  const io = fakeIo({ stdin });
  const code = await run(args, io);
  return { code, stdout: io.out(), stderr: io.err() };
}

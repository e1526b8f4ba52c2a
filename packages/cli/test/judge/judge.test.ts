import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonJudgement } from '../../src/judge/json.ts';
import { run } from '../../src/run.ts';
import { fakeIo } from '../fake-io.ts';
import { jsonReportSchema } from '../json-report-schema.ts';
import { client, fences, handshake, type Other, server, traceText } from '../made-session.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcp-lifeline-judge-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SECOND_ANSWER = [
  ...handshake(),
  client({ id: 1, method: 'tools/list' }),
  server({ id: 1, result: { tools: [] } }),
  server({ id: 1, result: { tools: [] } }),
  ...fences(),
];
const UNANSWERED_PING = [...handshake(), server({ id: 'p', method: 'ping' }), ...serverFences()];
const LEAVING: readonly Other[] = [
  { plane: 'process', kind: 'inputEnded' },
  { plane: 'process', kind: 'outputEnded' },
  { plane: 'process', kind: 'exited', code: 0, signal: null },
];

describe('a recording', () => {
  it('of a session without a fault passes', async () => {
    const { code, report } = await judged(traceText([...handshake(), ...fences(), ...LEAVING]));
    expect({ code, verdict: report.verdict }).toEqual({ code: 0, verdict: 'pass' });
    expect(statuses(report)).toMatchObject({
      'ping.ready': 'pass',
      'shutdown.eof-idle': 'pass',
      'stdout.clean': 'pass',
    });
  });

  it('that shows a broken MUST fails', async () => {
    const { code, report } = await judged(traceText(SECOND_ANSWER));
    expect({ code, verdict: report.verdict }).toEqual({ code: 1, verdict: 'fail' });
    const rows = report.checks.filter(({ status }) => status === 'fail');
    expect(rows.map(({ id, observed }) => [id, observed])).toEqual([
      ['rpc.one-response', 'a second response with id 1'],
    ]);
  });

  it('that shows a warning fails with --strict alone', async () => {
    const early = [...handshake().slice(0, 2), server({ id: 'r', method: 'roots/list' }), ...handshake().slice(2)];
    expect((await judged(traceText(early))).code).toBe(1);
    const declared = traceText(early.map((said, index) => (index === 0 ? declaringRoots() : said)));
    expect((await judged(declared, '--only', 'handshake')).code).toBe(0);
    expect((await judged(declared, '--only', 'handshake', '--strict')).code).toBe(1);
  });

  it('is judged by the revision that was agreed on, whatever its header says', async () => {
    const batch = [...handshake('2025-06-18'), ...fences()];
    const { report } = await judged(traceText(batch, { revision: '2025-03-26' }));
    expect(report.counted).toEqual(['2025-06-18']);
    expect(report.target).toMatchObject({ revisions: ['2025-06-18'], preferred: null, era: 'legacy' });
  });

  it('is judged by that of its header where the answer names none', async () => {
    const nameless = [...handshake().slice(0, 1), server({ id: 0, result: { capabilities: {} } }), ...fences()];
    const { code, report } = await judged(traceText(nameless, { revision: '2025-06-18' }));
    expect({ code, counted: report.counted }).toEqual({ code: 1, counted: ['2025-06-18'] });
    expect(statuses(report)['handshake.result']).toBe('fail');
  });

  it('is judged by another revision where that is asked for', async () => {
    const { report } = await judged(traceText([...handshake('2030-01-01'), ...fences()]), '--revision', '2025-06-18');
    expect(report).toMatchObject({ verdict: 'pass', counted: ['2025-06-18'] });
  });

  it('of an id that came back as another type still has a handshake', async () => {
    const mangled = [...handshake().slice(0, 1), ...handshake().slice(1, 2).map(withTextId), ...handshake().slice(2)];
    const { report } = await judged(traceText([...mangled, ...fences()]));
    expect(report.counted).toEqual(['2025-11-25']);
    expect(statuses(report)['rpc.id-echo']).toBe('fail');
  });

  it('of a client that was refused and tried again is judged by what was agreed on then', async () => {
    const refused = [
      ...handshake().slice(0, 1),
      server({ id: 0, error: { code: -32602, message: 'no', data: { supported: ['2025-06-18'] } } }),
      ...handshake('2025-06-18').map(([from, message]) => [from, withId(message, 7)] as const),
    ];
    const { report } = await judged(traceText([...refused, ...fences()]));
    expect(report.counted).toEqual(['2025-06-18']);
  });
});

describe('what a recording does not show', () => {
  it('is unobserved, and says what is wanting', async () => {
    const { report } = await judged(traceText([...handshake(), ...fences(), ...LEAVING]));
    const row = report.checks.find(({ id }) => id === 'rpc.server-request-ids');
    expect(row).toMatchObject({
      status: 'unobserved',
      why: 'the recording does not hold a request of the server: the server asked for nothing',
    });
    expect(report.counts.error).toBe(0);
  });

  it('is told in the words of who recorded it, where those are there', async () => {
    const why = 'the server sent no request of its own';
    const absent: Other = { plane: 'note', kind: 'absent', need: 'serverRequest', why };
    const { report } = await judged(traceText([...handshake(), ...fences(), absent]));
    expect(report.checks.find(({ id }) => id === 'rpc.server-request-ids')?.why).toBe(why);
  });

  it('is no silence: without a process nothing is said of its standard error', async () => {
    const { report } = await judged(traceText([...handshake(), ...fences()]));
    const row = report.checks.find(({ id }) => id === 'stderr.noise');
    expect(row).toMatchObject({
      status: 'unobserved',
      why: 'the recording does not hold what became of the process: nothing of a process was recorded',
    });
    expect(report.recording.lacks).toContainEqual({ what: 'process', why: 'nothing of a process was recorded' });
  });

  it('leaves no verdict where it is everything', async () => {
    const { code, report } = await judged(traceText(handshake()), '--only', 'cancel');
    expect({ code, verdict: report.verdict, why: report.why }).toEqual({
      code: 4,
      verdict: 'error',
      why: 'nothing can be judged by this recording',
    });
  });

  it('leaves no verdict where the revision has none of what was asked for', async () => {
    const { code, report } = await judged(traceText(handshake()), '--only', 'rpc.batch');
    expect({ code, why: report.why }).toEqual({
      code: 4,
      why: 'none of the invariants asked for has a row in 2025-11-25',
    });
  });

  it('is what a clock would have to tell, where the times of a recording are none', async () => {
    const slow = [
      ...handshake(),
      client({ id: 5, method: 'tools/call', params: { name: 'x' } }),
      client({ method: 'notifications/cancelled', params: { requestId: 5 } }),
      ...fences(),
      server({ id: 5, result: { content: [] } }),
    ];
    const absent: Other = { plane: 'note', kind: 'absent', need: 'times', why: 'a log' };
    const timed = await judged(traceText(slow), '--only', 'cancel.stops-response');
    expect(statuses(timed.report)).toEqual({ 'cancel.stops-response': 'note' });
    const untimed = await judged(traceText([absent, ...slow]), '--only', 'cancel.stops-response');
    expect(statuses(untimed.report)).toEqual({ 'cancel.stops-response': 'unobserved' });
  });
});

describe('who is judged', () => {
  it('is whoever the recording can judge', async () => {
    const { report } = await judged(traceText(UNANSWERED_PING));
    expect(report.recording.judged).toEqual(['server', 'client']);
    expect(statuses(report)).toMatchObject({ 'ping.ready': 'unobserved', 'client.ping.pong': 'fail' });
  });

  it('is the server alone where a script played the client, unless one asks', async () => {
    const scripted = traceText(UNANSWERED_PING, { scenario: 'ready' });
    const { code, report } = await judged(scripted);
    expect({ code, judged: report.recording.judged }).toEqual({ code: 0, judged: ['server'] });
    expect((await judged(scripted, '--role', 'both')).code).toBe(1);
    expect((await judged(scripted, '--role', 'client')).report.recording.judged).toEqual(['client']);
  });

  it('is the client alone where it was recorded at the server', async () => {
    const { code, report } = await judged(traceText(UNANSWERED_PING, { tap: 'server' }));
    expect({ code, judged: report.recording.judged, seenAt: report.recording.seenAt }).toEqual({
      code: 1,
      judged: ['client'],
      seenAt: 'server',
    });
    const io = fakeIo({ stdin: traceText(UNANSWERED_PING, { tap: 'server' }) });
    expect(await run(['judge', '-', '--role', 'server'], io)).toBe(2);
    expect(io.err()).toMatch(/^mcp-lifeline: --role server: this was recorded at the server.*\n$/);
  });

  it('by what the application saw is whoever has the application', async () => {
    const unsettled: Other[] = [
      { plane: 'app', kind: 'called', data: { key: 1, method: 'tools/list' } },
      { plane: 'app', kind: 'closed', data: { why: 'asked', graceful: true } },
    ];
    const own = await judged(traceText([...handshake(), ...unsettled], { scenario: 'drive' }), '--role', 'client');
    expect(statuses(own.report)['app.settles-once']).toBe('warn');
    const theirs = await judged(traceText([...handshake(), ...unsettled], { tap: 'server' }), '--role', 'client');
    expect(statuses(theirs.report)).not.toHaveProperty('app.settles-once');
    const both = await judged(traceText([...handshake(), ...unsettled], { tap: 'server' }));
    expect(both.report.recording.judged).toEqual(['server', 'client']);
    expect(statuses(both.report)['app.settles-once']).toBe('warn');
  });
});

describe('no handshake', () => {
  it.each<[string, Parameters<typeof traceText>[0], string]>([
    ['where nothing was said', [], 'no handshake: it holds no initialize'],
    ['where no answer came', handshake().slice(0, 1), 'no handshake: it holds no answer to initialize'],
    [
      'where it was refused',
      [...handshake().slice(0, 1), server({ id: 0, error: { code: -32602, message: 'no' } })],
      'no handshake: initialize was refused with error -32602 "no"',
    ],
    [
      'in a revision that is known here',
      handshake('2030-01-01'),
      '2030-01-01 was agreed on, and --revision names no other',
    ],
  ])('%s', async (_, events, why) => {
    const { code, report, text } = await judged(traceText(events));
    expect({ code, verdict: report.verdict, why: report.why }).toEqual({ code: 3, verdict: 'no-handshake', why });
    expect(report.checks).toEqual([]);
    expect(text).toContain(`✗ ${why}\n`);
  });
});

describe('what is no trace', () => {
  it.each([
    ['an empty file', '', 'line 1: the file is empty; mcp-lifeline import makes a trace out of a log'],
    ['a log', '--> {"jsonrpc":"2.0"}\n', 'line 1: not JSON; mcp-lifeline import makes a trace out of a log'],
    [
      'an event of no kind',
      `${traceText([]).split('\n')[0]}\n{"seq":0}\n`,
      "line 2: plane: Invalid discriminator value. Expected 'wire' | 'process' | 'note' | 'app' | 'http'",
    ],
    ['depths', `${traceText([]).split('\n')[0]}\n${'['.repeat(100_000)}\n`, 'line 2: nested too deeply'],
    ['a gap', traceText(handshake()).replace('"seq":2', '"seq":3'), 'line 4: seq is 3, expected 2'],
  ])('is bad usage: %s', async (_, text, complaint) => {
    const io = fakeIo({ stdin: text });
    expect(await run(['judge', '-'], io)).toBe(2);
    expect(io.err()).toBe(`mcp-lifeline: judge: standard input is no trace: ${complaint}\n`);
  });

  it('is bad usage: bytes that are no text', async () => {
    const file = write('latin-1.jsonl', Buffer.from([0xe4, 0x0a]));
    const io = fakeIo({ cwd: folder });
    expect(await run(['judge', file], io)).toBe(2);
    expect(io.err()).toContain('latin-1.jsonl is no trace: line 1: not UTF-8');
  });

  it('is bad usage: a file that is not there, or a folder', async () => {
    for (const [file, why] of [
      ['no-such.jsonl', 'it does not exist'],
      ['.', 'it is a folder'],
    ]) {
      const io = fakeIo({ cwd: folder });
      expect(await run(['judge', file ?? ''], io)).toBe(2);
      expect(io.err()).toBe(`mcp-lifeline: judge: ${file} cannot be read: ${why}\n`);
    }
  });
});

describe('a trace that is cut', () => {
  it('is judged as far as it goes', async () => {
    const whole = traceText([...SECOND_ANSWER, ...LEAVING]);
    const { code, report } = await judged(whole.slice(0, whole.lastIndexOf('"outputEnded"')));
    expect(code).toBe(1);
    expect(statuses(report)['stdout.clean']).toBe('unobserved');
  });

  it('is judged by its first events where there are more than one wants to wait for', async () => {
    const io = fakeIo({ stdin: traceText(SECOND_ANSWER) });
    expect(await run(['judge', '-', '--max-events', '5', '--json', '-'], io)).toBe(0);
    const report: JsonJudgement = JSON.parse(io.out());
    expect(report.recording).toMatchObject({ cutShort: true, events: 6 });
    expect(io.err()).toBe('standard input is judged by its first 5 events (--max-events)\n');
  });
});

describe('a report', () => {
  it('goes to stdout and nothing else does, or into a file that names the trace as seen from there', async () => {
    write('session.jsonl', traceText(SECOND_ANSWER));
    const io = fakeIo({ cwd: folder });
    expect(await run(['judge', 'session.jsonl', '--json', 'report.json', '--junit', '-'], io)).toBe(1);
    expect(XMLValidator.validate(io.out())).toBe(true);
    expect(io.out()).toContain('trace: session.jsonl</system-out>');
    const report = jsonReportSchema.parse(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')));
    expect(report.checks.map(({ trace }) => trace)).toEqual(report.checks.map(() => 'session.jsonl'));
    expect(report.recording?.file).toBe('session.jsonl');
  });

  it('never takes the place of the recording', async () => {
    write('kept.jsonl', traceText(SECOND_ANSWER));
    const io = fakeIo({ cwd: folder });
    expect(await run(['judge', 'kept.jsonl', '--junit', './kept.jsonl'], io)).toBe(2);
    expect(io.err()).toBe('mcp-lifeline: --junit would overwrite kept.jsonl\n');
  });

  it('for people shows what was judged first, then what is wrong, and then what is not held', async () => {
    const { text } = await judged(traceText([...SECOND_ANSWER, ...LEAVING]));
    const lines = text.split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'standard input',
      'node server.js',
      'made-up 1.2.3 · agreed on 2025-11-25 · seen at the client · 16 events in 1.5 s',
    ]);
    const at = (part: string): number => lines.findIndex((line) => line.includes(part));
    expect(at('the server, 2025-11-25')).toBeGreaterThan(0);
    expect(at('the client, 2025-11-25')).toBeGreaterThan(at('the server, 2025-11-25'));
    expect(at('✗ fail rpc.one-response 2025-11-25 MUST')).toBeGreaterThan(at('the client, 2025-11-25'));
    expect(at('what this recording does not hold')).toBeGreaterThan(at('✗ fail rpc.one-response'));
    expect(lines.at(-2)).toMatch(/^verdict fail · counted 2025-11-25 · 1 fail, \d+ pass, .* unobserved · \d\.\d s$/);
  });

  it('for people tells each want once, with all that is unobserved for it', async () => {
    const { text, report } = await judged(traceText([...handshake(), ...fences(), ...LEAVING]));
    const told = text.split('what this recording does not hold')[1] ?? '';
    for (const { id, status } of report.checks) expect(told.includes(` ${id}`), id).toBe(status === 'unobserved');
    expect(told.match(/\? a request of the server\n/g)).toHaveLength(1);
  });

  it('shows nothing of a recording that would move the cursor', async () => {
    const evil = [...handshake(), server({ id: 'a\u001b[2J', method: 'sampling/createMessage' }), ...fences()];
    const { text } = await judged(traceText(evil));
    expect(text).toContain('sampling/createMessage without sampling');
    expect(text).not.toContain('\u001b');
  });
});

async function judged(stdin: string, ...options: readonly string[]) {
  const io = fakeIo({ stdin });
  const code = await run(['judge', '-', ...options, '--json', '-'], io);
  const report = JSON.parse(io.out()) as JsonJudgement;
  jsonReportSchema.parse(report);
  const forPeople = fakeIo({ stdin });
  await run(['judge', '-', ...options], forPeople);
  return { code, report, text: forPeople.out() };
}

function statuses(report: JsonJudgement): Record<string, string> {
  return Object.fromEntries(report.checks.map(({ id, status }) => [id, status]));
}

function write(name: string, text: string | Uint8Array): string {
  writeFileSync(join(folder, name), text);
  return name;
}

function serverFences() {
  return ['x', 'y', 'z'].flatMap((id) => [server({ id, method: 'ping' }), client({ id, result: {} })]);
}

function declaringRoots() {
  const [[, first] = []] = handshake();
  const message = first as { readonly params: object };
  return ['client', { ...message, params: { ...message.params, capabilities: { roots: {} } } }] as never;
}

function withId(message: unknown, id: number): never {
  return (typeof message === 'object' && message !== null && 'id' in message ? { ...message, id } : message) as never;
}

function withTextId([from, message]: readonly [unknown, unknown]): never {
  return [from, { ...(message as object), id: '0' }] as never;
}

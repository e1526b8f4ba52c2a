import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Trace } from '@mcp-lifeline/trace';
import { parseTrace } from '@mcp-lifeline/trace/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/run.ts';
import { fakeIo } from '../fake-io.ts';
import { client, fences, handshake, logText, type Said, server, traceText } from '../made-session.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcp-lifeline-import-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SESSION = [...handshake(), ...fences()];

describe('a log', () => {
  it.each<[string, Parameters<typeof logText>[1]]>([
    ['by arrows', (from, json) => `${from === 'client' ? '-->' : '<--'} ${json}`],
    ['of the server, by arrows', (from, json) => `${from === 'server' ? '>>>' : '<<<'} ${json}`],
    ['by words', (from, json) => `${from === 'client' ? 'send' : 'recv'}: ${json}`],
    ['by names', (from, json) => `[${from}] ${json}`],
    [
      'as an editor writes it',
      (from, json) => `[debug] [${from === 'client' ? 'editor -> server' : 'server -> editor'}] ${json}`,
    ],
    [
      'as a desktop host writes it',
      (from, json) => `${AT}Z [x] [info] Message from ${from}: ${json} { metadata: undefined }`,
    ],
    ['as JSON', (from, json) => `{"direction":"${from}","message":${json}}`],
    [
      'as JSON of text',
      (from, json) => JSON.stringify({ dir: from === 'client' ? 'out' : 'in', raw: json, time: `${AT}Z` }),
    ],
  ])('becomes a trace with the same messages, %s', async (_, line) => {
    const { code, trace } = await imported(logText(SESSION, line));
    expect(code).toBe(0);
    expect(messagesIn(trace)).toEqual(SESSION);
  });

  it('becomes a trace that says what the log does not hold', async () => {
    const { trace } = await imported(logText(SESSION, named));
    const absent = trace.events.flatMap((event) =>
      event.plane === 'note' && event.kind === 'absent' ? event.need : [],
    );
    expect(absent).toEqual(['process', 'bytes', 'times', 'tap']);
    expect(trace.events.at(-1)).toMatchObject({ kind: 'end', why: 'cut' });
    expect(trace.header).toMatchObject({ target: { command: [] }, revision: null });
  });

  it('keeps its times, and never goes back', async () => {
    const times = ['00.000', '00.250', '00.100', '02.000', '02.000', '02.000', '02.000', '02.000', '02.000'];
    const line = (from: string, json: string, index: number): string =>
      `2026-01-01T00:00:${times[index]}Z [${from}] ${json}`;
    const { trace } = await imported(logText(SESSION, line));
    expect(trace.header.clock.startedAt).toBe('2026-01-01T00:00:00.000Z');
    const t = trace.events.flatMap((event) => (event.plane === 'wire' ? event.t : []));
    expect(t.slice(0, 4)).toEqual([0, 250, 250, 2000]);
  });

  it('is judged by its times only where somebody vouches for them', async () => {
    const line = (from: string, json: string, index: number): string =>
      `2026-01-01T00:00:0${index}.000Z [${from}] ${json}`;
    const { trace } = await imported(logText(SESSION, line), '--exact-times');
    expect(
      trace.events.some((event) => event.plane === 'note' && event.kind === 'absent' && event.need === 'times'),
    ).toBe(false);
    const coarse = logText(SESSION, (from, json, index) => `2026-01-01T00:00:0${index}Z [${from}] ${json}`);
    expect((await imported(coarse, '--exact-times')).err).toMatch(
      /--exact-times: line 1 has no time in milliseconds\n$/,
    );
    const back = logText(SESSION, (from, json, index) => `2026-01-01T00:00:0${9 - index}.000Z [${from}] ${json}`);
    expect((await imported(back, '--exact-times')).err).toMatch(/line 2 is earlier than the one before it\n$/);
  });

  it('tells on stderr what was read, and how many lines hold no message', async () => {
    const { err } = await imported(`started\n${logText(SESSION, named)}\nbye\n`);
    expect(err).toBe('9 messages: 5 of the client, 4 of the server\n3 lines of the log hold no message\n');
  });

  it('goes into a file where one is named', async () => {
    writeFileSync(join(folder, 'host.log'), logText(SESSION, named));
    const io = fakeIo({ cwd: folder });
    expect(await run(['import', 'host.log', '-o', 'session.jsonl'], io)).toBe(0);
    expect(io.out()).toBe('');
    expect(messagesIn(parseTrace(readFileSync(join(folder, 'session.jsonl'), 'utf8')))).toEqual(SESSION);
  });

  it('shows no secret that has the form of one', async () => {
    const secret = client({ id: 5, method: 'tools/call', params: { name: 'x', _meta: { authToken: 'hush-hush-1' } } });
    const { out } = await imported(logText([...SESSION, secret], named));
    expect(out).not.toContain('hush-hush-1');
    expect(out).toContain('"kind":"secret"');
  });

  it('may have a form of its own', async () => {
    const text = logText(SESSION, (from, json, index) => `${index}|${from === 'client' ? 'Q' : 'A'}|${json}`);
    expect((await imported(text)).code).toBe(2);
    const { trace } = await imported(text, '--pattern', '^\\d+\\|(?:(?<client>Q)|(?<server>A))\\|(?<json>.*)$');
    expect(messagesIn(trace)).toEqual(SESSION);
  });
});

describe('whose log it is', () => {
  const mute = [client({ id: 1, method: 'ping' }), server({ id: 1, result: {} })];
  const arrows = (from: string, json: string): string => `${from === 'server' ? '-->' : '<--'} ${json}`;

  it('is told by initialize, or by who imports it, and never guessed', async () => {
    expect((await imported(logText(SESSION, arrows))).err).toContain('9 messages, logged by the server: ');
    const { code, err } = await imported(logText(mute, arrows));
    expect(code).toBe(2);
    expect(err).toMatch(/no message tells by whom: --log-of client, or server\n$/);
    const { trace } = await imported(logText(mute, arrows), '--log-of', 'server');
    expect(messagesIn(trace)).toEqual(mute);
  });

  it('cannot be both', async () => {
    const mixed = `${logText(SESSION.slice(0, 2), arrows)}${logText(SESSION.slice(2), (_, json) => `--> ${json}`)}`;
    expect((await imported(mixed)).err).toContain(
      'by the lines 3 and 1 the client both sends and receives its own messages',
    );
  });
});

describe('a log of several sessions', () => {
  const other = [...handshake('2025-06-18'), ...fences(7)];
  const both = logText([...SESSION, ...other], named);

  it('is bad usage where nobody says which', async () => {
    const { code, err } = await imported(both);
    expect(code).toBe(2);
    expect(err).toBe(
      'mcp-lifeline: import: it holds 2 sessions, which begin at the lines 1, 10; --session takes a number, last, or all\n',
    );
  });

  it.each([
    ['1', SESSION],
    ['2', other],
    ['last', other],
    ['all', [...SESSION, ...other]],
  ])('gives the one that is asked for: %s', async (which, expected) => {
    expect(messagesIn((await imported(both, '--session', which)).trace)).toEqual(expected);
  });

  it('is bad usage where there is none of that number', async () => {
    expect((await imported(both, '--session', '3')).err).toContain('--session 3: the log holds 2');
  });

  it('has one more where it begins in the middle of one', async () => {
    const middle = [client({ id: 4, method: 'tools/list' }), server({ id: 4, result: { tools: [] } })];
    const text = logText([...middle, ...SESSION], named);
    expect((await imported(text)).err).toContain('it holds 2 sessions, which begin at the lines 1, 3');
    const early = [client({ id: 4, method: 'ping' }), server({ id: 4, result: {} })];
    expect(messagesIn((await imported(logText([...early, ...SESSION], named))).trace)).toEqual([...early, ...SESSION]);
  });

  it('has no more where a refused initialize is followed by another', async () => {
    const refused = [SESSION[0], server({ id: 0, error: { code: -32602, message: 'no' } })] as Said[];
    const again = [...refused, ...SESSION];
    expect(messagesIn((await imported(logText(again, named))).trace)).toEqual(again);
  });

  it('is told from one that has each message twice', async () => {
    const twice = logText(SESSION, (from, json) => `[${from}] ${json}\nforwarding [${from}] ${json}`);
    expect((await imported(twice)).err).toContain(
      'the lines 1 and 2 hold the same initialize: it has each message twice',
    );
  });
});

describe('a log of several servers', () => {
  const line = (name: string) => (from: string, json: string) =>
    `${AT}Z [${name}] [info] Message from ${from}: ${json}`;
  const both = `${logText(SESSION, line('a'))}${logText(SESSION, line('b'))}`;

  it('is bad usage where nobody says which, and gives the one that is asked for', async () => {
    expect((await imported(both)).err).toContain('it holds messages of a, b; --server NAME picks one');
    expect(messagesIn((await imported(both, '--server', 'b')).trace)).toEqual(SESSION);
    expect((await imported(both, '--server', 'c')).err).toContain('there is no "c" in it; there are a, b');
  });
});

describe('a log that does not hold everything', () => {
  it('ends where a message cannot be read: what follows might be judged wrongly', async () => {
    const text = `${logText(SESSION.slice(0, 5), named)}[server] {"jsonrpc":"2.0","method":"x","par\n${logText(SESSION.slice(5), named)}`;
    const { code, trace, err } = await imported(text);
    expect(code).toBe(0);
    expect(messagesIn(trace)).toEqual(SESSION.slice(0, 5));
    expect(err).toContain('left out: all from line 6 on, which holds a message that is not whole\n');
    expect(trace.events).toContainEqual(expect.objectContaining({ kind: 'absent', need: 'wholeRun' }));
  });

  it('goes on where it is only the inside of a result that is missing', async () => {
    const cut = '[server] {"jsonrpc":"2.0","id":3,"result":{"tools":[{"na...[99 chars truncated]..."}]}}\n';
    const asked = logText([client({ id: 3, method: 'tools/list' })], named);
    const { trace, err } = await imported(`${logText(SESSION, named)}${asked}${cut}`);
    expect(messagesIn(trace)).toHaveLength(SESSION.length + 2);
    expect(err).toContain('1 result logged with a part left out\n');
  });

  it('does not go on where the answer to initialize is cut too short', async () => {
    const cut =
      '[server] {"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-11-25","capab...[99 chars truncated]..."}}\n';
    const { trace, err } = await imported(
      `${logText(SESSION.slice(0, 1), named)}${cut}${logText(SESSION.slice(2), named)}`,
    );
    expect(messagesIn(trace)).toEqual(SESSION.slice(0, 1));
    expect(err).toContain('line 2 on, which holds too little of the answer to initialize');
  });

  it('leaves out errors without an id: what they answer was no message, and is not there', async () => {
    const stray = server({ id: null, error: { code: -32700, message: 'Parse error' } });
    const { trace, err } = await imported(logText([...SESSION, stray], named));
    expect(messagesIn(trace)).toEqual(SESSION);
    expect(err).toContain('left out: 1 response without an id, to what the log does not hold\n');
  });

  it('is bad usage where it keeps no notification, unless somebody vouches for it', async () => {
    const requests = [
      ...SESSION.filter(([, message]) => 'id' in (message as object)),
      client({ id: 4, method: 'tools/list' }),
    ];
    const text = logText(requests, named);
    expect((await imported(text)).err).toContain('the log holds no notification, not even initialized');
    expect(messagesIn((await imported(text, '--complete')).trace)).toEqual(requests);
  });

  it('ends where a message is nested too deeply to be walked through', async () => {
    const deep = `[server] {"jsonrpc":"2.0","method":"x","params":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}\n`;
    const { trace, err } = await imported(`${logText(SESSION, named)}${deep}`);
    expect(messagesIn(trace)).toEqual(SESSION);
    expect(err).toContain('line 10 on, which is nested too deeply');
  });

  it('is read to the bound', async () => {
    const { trace, err } = await imported(logText(SESSION, named), '--max-events', '4');
    expect(messagesIn(trace)).toEqual(SESSION.slice(0, 4));
    expect(err).toContain('left out: all from line 5 on, which comes after 4 messages (--max-events)');
  });
});

describe('what is no log of messages', () => {
  it.each([
    ['nothing', '', /standard input holds no message that can be read; a line is to be JSON with a direction/],
    ['text', 'hello\nworld\n', /holds no message that can be read; .*--pattern reads others\n$/],
    [
      'messages without a direction',
      '{"jsonrpc":"2.0","id":1,"method":"ping"}\n',
      /line 1 holds a message, and nothing tells who sent it/,
    ],
    [
      'messages that lost their form',
      '[client] {"id":1,"method":"ping"}\n',
      /no message of standard input has the member jsonrpc/,
    ],
    ['a trace', traceText(SESSION), /is a trace already: mcp-lifeline judge standard input\n$/],
  ])('is bad usage: %s', async (_, text, message) => {
    const { code, out, err } = await imported(text);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err.trimEnd()).not.toContain('\n');
  });

  it('is never written over', async () => {
    writeFileSync(join(folder, 'kept.log'), logText(SESSION, named));
    const io = fakeIo({ cwd: folder });
    expect(await run(['import', 'kept.log', '-o', './kept.log'], io)).toBe(2);
    expect(io.err()).toBe('mcp-lifeline: -o would overwrite kept.log\n');
  });

  it('is a file that is not there, or a place that cannot be written', async () => {
    const io = fakeIo({ cwd: folder });
    expect(await run(['import', 'no-such.log'], io)).toBe(2);
    expect(await run(['import', '-', '-o', 'no/such/place'], io)).toBe(2);
    expect(io.err()).toBe(
      `mcp-lifeline: import: no-such.log cannot be read: it does not exist\nmcp-lifeline: -o: ${join(folder, 'no/such/place')} cannot be written: its folder does not exist\n`,
    );
  });
});

const AT = '2026-01-01T00:00:00.000';

function named(from: string, json: string): string {
  return `[${from}] ${json}`;
}

async function imported(stdin: string, ...options: readonly string[]) {
  const io = fakeIo({ stdin });
  const code = await run(['import', '-', ...options], io);
  const trace: Trace = io.out() === '' ? NO_TRACE : parseTrace(io.out());
  return { code, trace, out: io.out(), err: io.err() };
}

const NO_TRACE = { header: {}, events: [] } as unknown as Trace;

function messagesIn({ events }: Trace): readonly Said[] {
  return events.flatMap((event): readonly Said[] => {
    if (event.plane !== 'wire' || (event.kind !== 'sent' && event.kind !== 'received')) return [];
    return [[event.kind === 'sent' ? 'client' : 'server', event.message]];
  });
}

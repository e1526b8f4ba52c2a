import { describe, expect, it } from 'vitest';
import { type LogLine, readByPattern, readLogLine } from '../../src/import/log-line.ts';

const PING = { jsonrpc: '2.0', id: 1, method: 'ping' };
const JSON_PING = JSON.stringify(PING);

describe('a line of JSON', () => {
  it.each([
    [{ direction: 'client->server', message: PING }, { from: 'client' }],
    [{ dir: 'in', msg: PING }, { way: 'in' }],
    [{ from: 'server', data: JSON_PING }, { from: 'server' }],
    [{ type: 'sent', payload: JSON_PING }, { way: 'out' }],
    [{ type: 'jsonrpc', direction: 'outgoing', json: PING }, { way: 'out' }],
    [{ direction: 'recv', raw: `${JSON_PING}\n` }, { way: 'in' }],
    [{ level: 30, msg: 'received', direction: 's2c', data: PING }, { from: 'server' }],
    [{ direction: '<-', message: [PING, PING] }, { way: 'in' }],
  ])('%j is read', (line, side) => {
    expect(readLogLine(JSON.stringify(line))).toMatchObject({ is: 'message', side, time: null, isElided: false });
  });

  it('tells its message and its time', () => {
    const line = { ts: 1767323045000, dir: 'out', message: PING };
    expect(readLogLine(JSON.stringify(line))).toMatchObject({
      message: PING,
      time: { ms: 1767323045000, isExact: true },
    });
  });

  it.each([{}, { direction: 'in', message: 'connected' }, { message: { a: 1 }, direction: 'in' }, { level: 'info' }])(
    '%j holds no message',
    (line) => {
      expect(readLogLine(JSON.stringify(line))).toEqual({ is: 'other' });
    },
  );

  it.each([
    ['whose direction is not told', { message: PING }],
    ['whose direction is not known', { direction: 'sideways', message: PING }],
    ['that stands there on its own', PING],
    ['that is not whole', { direction: 'in', message: '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{' }],
  ])('is a hole where it holds a message %s', (_, line) => {
    expect(readLogLine(JSON.stringify(line)).is).toBe('hole');
  });
});

describe('a line of text', () => {
  it.each([
    [`2026-01-01T00:00:00Z [client->server] ${JSON_PING}`, { from: 'client' }],
    [`--> ${JSON_PING}`, { way: 'out' }],
    [`<<<${JSON_PING}`, { way: 'in' }],
    [`recv: ${JSON_PING}`, { way: 'in' }],
    [`Message from server: ${JSON_PING} { metadata: undefined }`, { from: 'server' }],
    [`  [server -> editor] ${JSON_PING} (12 ms)  `, { from: 'server' }],
    [`<-- [${JSON_PING}]`, { way: 'in' }],
  ])('%s', (line, side) => {
    const read = readLogLine(line);
    expect(read).toMatchObject({ is: 'message', side });
    expect(messageOf(read)).toEqual(line.includes('[{') ? [PING] : PING);
  });

  it('names the server where hosts write it', () => {
    const line = `2026-01-01T00:00:00.000Z [files] [info] Message from client: ${JSON_PING} { metadata: undefined }`;
    expect(readLogLine(line)).toMatchObject({ server: 'files', time: { ms: Date.UTC(2026, 0, 1), isExact: true } });
  });

  it.each([
    '',
    'Server started { metadata: undefined }',
    '--> {"a":1}',
    'listening on {"port":1}',
    'from client: hello',
    '{"jso',
  ])('%j holds no message', (line) => {
    expect(readLogLine(line)).toEqual({ is: 'other' });
  });

  it.each([
    ['nobody knows whose', `DEBUG ${JSON_PING}`],
    ['that is cut', '--> {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x'],
    ['that is named and missing', '2026-01-01T00:00:00.000Z [files] [info] Message from server:'],
  ])('is a hole where it holds a message %s', (_, line) => {
    expect(readLogLine(line).is).toBe('hole');
  });

  it('holds a result that was cut, as far as that helps', () => {
    const line = 'Message from server: {"jsonrpc":"2.0","id":1,"result":{"tools":[{"na...[9 chars truncated]...}]}}';
    expect(readLogLine(line)).toMatchObject({ is: 'message', isElided: true, message: { id: 1 } });
  });
});

describe('a pattern of one’s own', () => {
  it('tells the direction by a word', () => {
    const pattern = /^(?<time>\S+) (?<dir>\w+)\| (?<json>.*)$/u;
    const read = readByPattern(`2026-01-01T00:00:00.000Z rx| ${JSON_PING}`, pattern);
    expect(read).toMatchObject({ is: 'message', side: { way: 'in' }, time: { ms: Date.UTC(2026, 0, 1) } });
  });

  it('tells the sender by which of two groups took part', () => {
    const pattern = /^(?:(?<client>C)|(?<server>S)): (?<json>.*)$/u;
    expect(readByPattern(`C: ${JSON_PING}`, pattern)).toMatchObject({ side: { from: 'client' } });
    expect(readByPattern(`S: ${JSON_PING}`, pattern)).toMatchObject({ side: { from: 'server' } });
  });

  it('leaves out what it does not match, and guesses at no word that it does not know', () => {
    const pattern = /^(?<dir>\w+) (?<json>.*)$/u;
    expect(readByPattern(`${JSON_PING}`, pattern)).toEqual({ is: 'other' });
    expect(readByPattern(`zig ${JSON_PING}`, pattern)).toMatchObject({ is: 'hole' });
  });
});

function messageOf(line: LogLine): unknown {
  return line.is === 'message' ? line.message : undefined;
}

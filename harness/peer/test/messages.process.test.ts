import { isJsonObject, type Json, type Trace } from '@mcp-lifeline/trace';
import { afterEach, describe, expect, it } from 'vitest';
import { fence, type RawPeer, requestMessage } from '../src/index.js';
import { absences, leaveNothing, ofKind, SURE_MS, serve } from './scripted-server.js';

afterEach(leaveNothing);

describe('a request of the raw peer', () => {
  it('gets its answer, and both are recorded as they crossed', async () => {
    const peer = serve(ECHO);
    const exchange = peer.request('tools/list', { cursor: 'ключ' });
    expect(await peer.answered(exchange, SURE_MS)).toBe('met');
    expect(exchange.answer).toEqual({ jsonrpc: '2.0', id: 1, result: { cursor: 'ключ' } });
    const trace = await peer.finish();
    const asked = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { cursor: 'ключ' } };
    expect(trace.events.filter(({ plane }) => plane === 'wire')).toMatchObject([
      { at: 'client', kind: 'sent', message: asked, bytes: Buffer.byteLength(JSON.stringify(asked)) },
      {
        at: 'client',
        kind: 'received',
        message: exchange.answer,
        bytes: Buffer.byteLength(JSON.stringify(exchange.answer)),
      },
    ]);
    expect(ofKind(trace, 'end')).toMatchObject([{ why: 'quiet' }]);
  });

  it('is answered by type first, then by value', async () => {
    const peer = serve(
      `const heard = []; const hear = (m) => { heard.push(m.id); if (heard.length === 2) for (const id of ['0', 0]) say({ id, result: typeof id }) }`,
    );
    const number = peer.request('ping', undefined, 0);
    const string = peer.request('ping', undefined, '0');
    await peer.answered(number, SURE_MS);
    expect([number.answer?.result, string.answer?.result]).toEqual(['number', 'string']);
  });

  it('is answered also by a server that turns its id into a string', async () => {
    const peer = serve('const hear = (m) => say({ id: String(m.id), result: {} })');
    expect(await peer.answered(peer.request('ping'), SURE_MS)).toBe('met');
    expect(await peer.answered(peer.request('ping'), SURE_MS)).toBe('met');
  });

  it('may be joined with others in one write, and answered in a batch', async () => {
    const peer = serve(
      `const all = []; const hear = (m) => { all.push(m); if (all.length === 3) say(all.map(({ id }) => ({ id, result: {} }))) }`,
    );
    const exchanges = [peer.prepare('ping'), peer.prepare('ping', 'own'), peer.prepare('ping')];
    peer.send(...exchanges.map((exchange) => requestMessage(exchange)));
    for (const exchange of exchanges) expect(await peer.answered(exchange, SURE_MS)).toBe('met');
    const trace = await peer.finish();
    expect(ofKind(trace, 'sent')).toHaveLength(3);
    expect(ofKind(trace, 'received')).toHaveLength(1);
  });

  it('may be a batch itself, which is one message', async () => {
    const peer = serve('const hear = (m) => say({ id: 1, result: Array.isArray(m) })');
    const exchange = peer.prepare('ping');
    peer.send([requestMessage(exchange), { jsonrpc: '2.0', method: 'notifications/initialized' }]);
    await peer.answered(exchange, SURE_MS);
    expect(exchange.answer?.result).toBe(true);
    expect(ofKind(await peer.finish(), 'sent')).toHaveLength(1);
  });

  it('is late when its answer does not come, and the wait is recorded', async () => {
    const peer = serve('const hear = () => {}');
    expect(await peer.answered(peer.request('ping'), 20)).toBe('late');
    const [waited] = ofKind(await peer.finish(), 'waited');
    expect(waited).toMatchObject({ plane: 'note', for: 'the answer to ping' });
    expect(waited?.ms).toBeGreaterThanOrEqual(19);
  });

  it('is gone when its server ends, and no wait is recorded', async () => {
    const peer = serve('const hear = () => process.exit(3)');
    expect(await peer.answered(peer.request('ping'), SURE_MS)).toBe('gone');
    expect(ofKind(await peer.finish(), 'waited')).toEqual([]);
  });

  it('is not recorded as sent where the input is closed: that is recorded as absent', async () => {
    const peer = serve('const hear = () => {}; setInterval(() => {}, 1000)');
    peer.endInput();
    peer.request('ping');
    peer.notify('notifications/initialized');
    const trace = await peer.finish('kill');
    expect(ofKind(trace, 'sent')).toEqual([]);
    expect(absences(trace)).toMatchObject([{ need: 'alive' }, { need: 'alive' }]);
  });
});

describe('what a server says', () => {
  it('is recorded when it is no message, and what follows counts', async () => {
    const peer = serve(
      `say('Listening'); say(''); say('"a'); say('[1'); process.stdout.write(Buffer.from([0x22, 0xff, 0x22, 10])); ${ECHO}`,
    );
    expect(await peer.answered(peer.request('ping'), SURE_MS)).toBe('met');
    expect(ofKind(await peer.finish(), 'garbled').map(({ why, text, bytes }) => [why, text, bytes])).toEqual([
      ['notJson', 'Listening', 9],
      ['blank', '', 0],
      ['notJson', '"a', 2],
      ['notJson', '[1', 2],
      ['notUtf8', '"\ufffd"', 3],
    ]);
  });

  it('is recorded also when it is JSON and nothing else', async () => {
    const peer = serve(
      `for (const odd of [42, null, 'text', [], [[]], {}, { id: 1 }]) say(JSON.stringify(odd)); ${ECHO}`,
    );
    const exchange = peer.request('ping', {});
    await peer.answered(exchange, SURE_MS);
    expect(
      ofKind(await peer.finish(), 'received')
        .slice(0, 6)
        .map(({ message }) => message),
    ).toEqual([42, null, 'text', [], [[]], {}]);
  });

  it('is cut off when its output ends in the middle of a line', async () => {
    const peer = serve(
      "process.stdout.write('{\"half\":'); process.stdin.on('end', () => process.exit()); const hear = () => {}",
    );
    await peer.until(() => peer.outputBytes > 0, SURE_MS, 'the first half');
    const trace = await peer.finish();
    expect(ofKind(trace, 'garbled')).toMatchObject([{ why: 'cutOff', text: '{"half":', bytes: 8 }]);
    const kinds = trace.events.map(({ kind }) => kind);
    expect(kinds.indexOf('garbled')).toBeLessThan(kinds.indexOf('outputEnded'));
  });
});

describe('a request of the server', () => {
  it('is answered as a client would, by default', async () => {
    const [first, second] = await repliesTo(serve(asking(2)));
    expect(first).toEqual({ jsonrpc: '2.0', id: 'q1', result: { roots: [] } });
    expect(second).toMatchObject({ id: 2, error: { code: -32601 } });
  });

  it('is answered by the script, where it has something to say', async () => {
    const reply = (method: string, params: unknown) => (method === 'roots/list' ? { result: [params as Json] } : null);
    expect(await repliesTo(serve(asking(1), { reply }))).toEqual([{ jsonrpc: '2.0', id: 'q1', result: [{ a: 1 }] }]);
  });

  it('is left unanswered when the script wants that', async () => {
    expect(await repliesTo(serve(asking(0), { reply: null }))).toEqual([]);
  });

  it('is answered one by one when it comes in a batch, and what asks for nothing is not', async () => {
    const batch =
      "[{ id: 'q1', method: 'ping' }, { method: 'm' }, { id: null, method: 'ping' }, { id: 2, method: 'ping' }]";
    const replies = await repliesTo(serve(asking(2, batch)));
    expect(replies).toMatchObject([{ id: 'q1' }, { id: 2 }]);
  });
});

describe('a fence', () => {
  it('stands when three later requests were answered', async () => {
    const peer = serve(ECHO);
    expect(await fence(peer, SURE_MS)).toBe(true);
    const trace = await peer.finish();
    expect(methods(trace)).toEqual(['ping', 'tools/list', 'ping']);
    expect(absences(trace)).toEqual([]);
  });

  it('stands also when one of its two methods is never answered, and asks for that only once', async () => {
    const peer = serve("const hear = ({ id, method }) => { if (method !== 'tools/list') say({ id, result: {} }) }");
    await peer.answered(peer.request('warm-up'), SURE_MS);
    expect(await fence(peer, 500)).toBe(true);
    expect(methods(await peer.finish()).slice(1)).toEqual(['ping', 'tools/list', 'ping', 'ping']);
  });

  it('is given up when neither method was answered, after two waits, and recorded as absent', async () => {
    const peer = serve('let left = 3; const hear = ({ id }) => { if (left-- > 0) say({ id, result: {} }) }');
    await peer.answered(peer.request('warm-up'), SURE_MS);
    expect(await fence(peer, 500)).toBe(false);
    const trace = await peer.finish();
    expect(methods(trace).slice(1)).toEqual(['ping', 'tools/list', 'ping', 'tools/list']);
    expect(absences(trace)).toMatchObject([{ need: 'fences', why: 'only 2 of 3 later requests were answered' }]);
  });

  it('is given up when the server is gone, and recorded as absent', async () => {
    const peer = serve('const hear = () => process.exit()');
    expect(await fence(peer, SURE_MS)).toBe(false);
    const trace = await peer.finish();
    expect(methods(trace)).toEqual(['ping']);
    expect(absences(trace)).toMatchObject([{ need: 'fences' }]);
  });
});

/** Answers each request with its own params. */
const ECHO =
  "const hear = ({ id, params }) => { if (id !== undefined) say({ jsonrpc: '2.0', id, result: params ?? {} }) };";

/** Asks; answers a request of ours only once it has heard so many replies. */
function asking(replies: number, ...questions: string[]): string {
  const asked =
    questions.length > 0
      ? questions
      : ["{ id: 'q1', method: 'roots/list', params: { a: 1 } }", "{ id: 2, method: 'x' }"];
  return `${asked.map((question) => `say(${question});`).join(' ')}
    let open; let heard = 0;
    const hear = (m) => {
      if (m.method === undefined) heard += 1; else open = m;
      if (open && heard === ${replies}) say({ id: open.id, result: {} });
    }`;
}

/** What the peer sent in reply, until the server had heard enough. */
async function repliesTo(peer: RawPeer): Promise<readonly Json[]> {
  await peer.answered(peer.request('ping'), SURE_MS);
  const sent = ofKind(await peer.finish(), 'sent').map(({ message }) => message);
  return sent.filter((message) => isJsonObject(message) && message.method === undefined);
}

function methods(trace: Trace): readonly unknown[] {
  return ofKind(trace, 'sent').map(({ message }) => isJsonObject(message) && message.method);
}

import { describe, expect, it } from 'vitest';
import { elidedResponse, isWholeHandshake, LEFT_OUT } from '../../src/import/elided.ts';

const CUT = '...[1234 chars truncated]...';

describe('a response whose middle a log left out', () => {
  it.each([
    ['its id first', `{"jsonrpc":"2.0","id":7,"result":{"tools":[{"name":"a","descr${CUT}]}}}`],
    ['its id last', `{"result":{"tools":[{"name":"a","descr${CUT}ing"}}]},"jsonrpc":"2.0","id":7}`],
    ['its id before its version', `{"result":{"tools":[{"name":"a","descr${CUT}ing"}}]},"id":7,"jsonrpc":"2.0"}`],
    ['nothing but its beginning', '{"jsonrpc": "2.0", "id": 7, "result": {"tools": [{"na'],
    ['a remark behind it', `{"result":{"tools":[{"name${CUT}"}}]},"jsonrpc":"2.0","id":7} { metadata: undefined }`],
  ])('is read by what is left: %s', (_, text) => {
    expect(elidedResponse(text)).toEqual({ jsonrpc: '2.0', id: 7, result: { [LEFT_OUT]: true } });
  });

  it('keeps what is whole of its result', () => {
    const head =
      '{"jsonrpc":"2.0","id":"a","result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"instr';
    const message = elidedResponse(`${head}${CUT}"}}`);
    expect(message).toEqual({
      jsonrpc: '2.0',
      id: 'a',
      result: { protocolVersion: '2025-06-18', capabilities: { tools: {} }, [LEFT_OUT]: true },
    });
    expect(isWholeHandshake(message?.result)).toBe(false);
    const whole = elidedResponse(`${head.slice(0, -7)},"serverInfo":{"name":"x","version":"1"},"instr${CUT}"}}`);
    expect(isWholeHandshake(whole?.result)).toBe(true);
  });

  it.each([
    [
      'a request: its progress token may be in what is missing',
      `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"a":"${CUT}`,
    ],
    ['a notification', `{"jsonrpc":"2.0","method":"notifications/progress","params":{"${CUT}`],
    ['an error: its code may be in what is missing', `{"jsonrpc":"2.0","id":7,"error":{"mess${CUT}`],
    ['a response without its id', '{"result":{"tools":[{"name":"a","descr'],
    ['a response without its version', '{"id":7,"result":{"tools":[{"name":"a","descr'],
    ['a response of another version', '{"jsonrpc":"1.0","id":7,"result":{"tools":[{"name":"a","descr'],
    ['an id that may go on', '{"jsonrpc":"2.0","result":{"a":1},"id":12'],
    ['a result that is no object', `{"jsonrpc":"2.0","id":7,"result":["${CUT}`],
    ['a text', 'nothing of the kind'],
  ])('is made up of nothing else: %s', (_, text) => {
    expect(elidedResponse(text)).toBeNull();
  });

  it('takes no id from within a text', () => {
    const text = `{"jsonrpc":"2.0","result":{"text":"\\",\\"jsonrpc\\":\\"2.0\\",\\"id\\":7}${CUT}`;
    expect(elidedResponse(text)).toBeNull();
  });

  it('is read in a moment, however long it is', () => {
    const long = `{"jsonrpc":"2.0","id":7,"result":{"text":"${'x\\"{['.repeat(1_000_000)}`;
    expect(elidedResponse(long)).toMatchObject({ id: 7 });
  });
});

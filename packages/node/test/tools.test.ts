import type { Params } from '@mcp-lifeline/core';
import { type RequestContext, RequestError } from '@mcp-lifeline/driver';
import { describe, expect, it } from 'vitest';
import { type Tool, tools } from '../src/tools.js';

describe('the list of tools', () => {
  it('names each with its description and schema', () => {
    const { list } = serving();
    expect(list()).toEqual({
      tools: [
        { name: 'echo', description: 'Gives back its text', inputSchema: ECHO_SCHEMA },
        { name: 'fail', inputSchema: { type: 'object' } },
        { name: 'refuse', inputSchema: { type: 'object' } },
        { name: 'add', inputSchema: { type: 'object' } },
      ],
    });
  });

  it('has one page: a cursor is none that we gave', () => {
    const { list } = serving();
    expect(() => list({ cursor: 'x' })).toThrow(expect.objectContaining({ code: -32602 }));
  });
});

describe('a tool that is added, or taken away, while the server runs', () => {
  it('is listed and called as it then is', async () => {
    const all: Record<string, Tool> = { old: { run: () => 'old' } };
    const handlers = tools(all);
    const context = { signal: new AbortController().signal } as RequestContext;
    all['new'] = { run: () => 'new' };
    delete all['old'];
    expect(handlers['tools/list']({}, context)).toEqual({ tools: [{ name: 'new', inputSchema: { type: 'object' } }] });
    expect(await handlers['tools/call']({ name: 'new' }, context)).toEqual({
      content: [{ type: 'text', text: 'new' }],
    });
    await expect(handlers['tools/call']({ name: 'old' }, context)).rejects.toMatchObject({ code: -32602 });
  });

  it('is none that every object has', async () => {
    const { call } = serving();
    await expect(call({ name: 'toString' })).rejects.toMatchObject({ code: -32602 });
  });
});

describe('the call of a tool', () => {
  it('gives back a text as a result with that text', async () => {
    const { call } = serving();
    expect(await call({ name: 'echo', arguments: { text: 'hello' } })).toEqual({
      content: [{ type: 'text', text: 'hello' }],
    });
  });

  it('gives back a result as it is', async () => {
    const { call } = serving();
    expect(await call({ name: 'add', arguments: { a: 1, b: 2 } })).toEqual({ structuredContent: { sum: 3 } });
  });

  it('is a result with a short text when the tool throws, and the log gets the rest', async () => {
    const { call, logged } = serving();
    expect(await call({ name: 'fail' })).toEqual({ content: [{ type: 'text', text: 'no disk' }], isError: true });
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatch(/^tool fail failed: Error: no disk\n {4}at /);
  });

  it.each([
    ['a string', { thrown: 'secret stack' }, 'The tool failed'],
    ['a long error', { long: 2_000 }, `${'x'.repeat(500)}...`],
  ])('says no more than a client needs when the tool throws %s', async (_, given, text) => {
    const { call } = serving();
    expect(await call({ name: 'fail', arguments: given })).toEqual({
      content: [{ type: 'text', text }],
      isError: true,
    });
  });

  it('is not logged when it failed because it was cancelled', async () => {
    const { call, logged } = serving();
    await call({ name: 'fail' }, AbortSignal.abort());
    expect(logged).toEqual([]);
  });

  it('is refused as the tool refuses it', async () => {
    const { call } = serving();
    await expect(call({ name: 'refuse' })).rejects.toMatchObject({ code: -32042, message: 'not here' });
  });

  it.each([
    ['a tool that there is not', { name: 'other' }, 'Unknown tool: other'],
    ['what every object has', { name: 'constructor' }, 'Unknown tool: constructor'],
    ['no name', {}, 'The name of a tool must be a string'],
    ['arguments that are no object', { name: 'echo', arguments: [1] }, 'The arguments of a tool must be an object'],
  ])('is refused with -32602 for %s', async (_, params, message) => {
    const { call } = serving();
    await expect(call(params)).rejects.toMatchObject({ name: 'RequestError', code: -32602, message });
  });
});

const ECHO_SCHEMA = { type: 'object', properties: { text: { type: 'string' } } };

function serving() {
  const logged: string[] = [];
  const handlers = tools(
    {
      echo: { description: 'Gives back its text', inputSchema: ECHO_SCHEMA, run: ({ text }) => String(text) },
      fail: {
        run: async ({ thrown, long }) => {
          throw thrown ?? new Error(typeof long === 'number' ? 'x'.repeat(long) : 'no disk');
        },
      },
      refuse: {
        run: () => {
          throw new RequestError(-32042, 'not here');
        },
      },
      add: { run: ({ a, b }) => ({ structuredContent: { sum: Number(a) + Number(b) } }) },
    },
    (text) => logged.push(text),
  );
  const contextOf = (signal: AbortSignal) => ({ signal }) as RequestContext;
  return {
    logged,
    list: (params: Params = {}) => handlers['tools/list'](params, contextOf(new AbortController().signal)),
    call: async (params: Params, signal = new AbortController().signal) =>
      handlers['tools/call'](params, contextOf(signal)),
  };
}

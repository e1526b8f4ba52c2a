// A server on the official SDK, release line 1, with a tool that is quick, one that is slow and one that asks the client back.
import { setTimeout as sleep } from 'node:timers/promises';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const number = { type: 'number' };
const tools = [
  { name: 'echo', inputSchema: { type: 'object', properties: { text: { type: 'string' } } } },
  { name: 'slow', inputSchema: { type: 'object', properties: { ms: number, steps: number } } },
  { name: 'ask', inputSchema: { type: 'object' } },
];

const server = new Server({ name: 'interop-server', version: '1.0.0' }, { capabilities: { tools: {} } });

server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }));

server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal, sendNotification }) => {
  const { name, arguments: given = {}, _meta } = params;
  if (name === 'echo') return text(given.text);
  if (name === 'ask') return text(await ask());
  for (let progress = 1; progress <= given.steps; progress += 1) {
    // Rejects as soon as the call is cancelled.
    await sleep(given.ms / given.steps, undefined, { signal });
    const told = { progressToken: _meta.progressToken, progress, total: given.steps };
    await sendNotification({ method: 'notifications/progress', params: told });
  }
  return text('done');
});

/** Everything that a client may be asked, one after the other. */
async function ask() {
  await server.ping();
  const { roots } = await server.listRoots();
  const content = { type: 'text', text: 'Are you there?' };
  const { model } = await server.createMessage({ messages: [{ role: 'user', content }], maxTokens: 16 });
  return `${roots.length} roots, and ${model}`;
}

function text(said) {
  return { content: [{ type: 'text', text: said }] };
}

await server.connect(new StdioServerTransport());

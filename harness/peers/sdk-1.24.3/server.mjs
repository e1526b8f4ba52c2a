// The smallest server with a tool that takes its time, on the official SDK, release line 1: all it shows is the SDK's doing.
import { setTimeout as sleep } from 'node:timers/promises';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const slow = {
  name: 'slow',
  description: 'Answers after `ms` milliseconds, and reports progress `steps` times on the way.',
  inputSchema: { type: 'object', properties: { ms: { type: 'number' }, steps: { type: 'integer' } } },
};

const server = new Server({ name: 'slow-server', version: '1.0.0' }, { capabilities: { tools: {} } });

server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [slow] }));

server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal, sendNotification }) => {
  if (params.name !== slow.name) throw new Error(`no tool ${params.name}`);
  const { ms = 1000, steps = 5 } = params.arguments ?? {};
  const progressToken = params._meta?.progressToken;
  for (let progress = 1; progress <= steps; progress += 1) {
    // Rejects as soon as the request is cancelled.
    await sleep(ms / steps, undefined, { signal });
    if (progressToken === undefined) continue;
    await sendNotification({ method: 'notifications/progress', params: { progressToken, progress, total: steps } });
  }
  return { content: [{ type: 'text', text: `took ${ms} ms` }] };
});

await server.connect(new StdioServerTransport());

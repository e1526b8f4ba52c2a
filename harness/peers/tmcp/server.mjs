// The smallest server with a tool that takes its time, on tmcp and its stdio transport: all it shows is their doing.
import { setTimeout as sleep } from 'node:timers/promises';
import { StdioTransport } from '@tmcp/transport-stdio';
import { McpServer } from 'tmcp';

/** Of the arguments tmcp wants a Standard Schema, and an adapter that gives the JSON Schema for it. */
const schema = { '~standard': { version: 1, vendor: 'none', validate: (value) => ({ value }) } };
const adapter = {
  toJsonSchema: async () => ({
    type: 'object',
    properties: { ms: { type: 'number' }, steps: { type: 'integer' } },
  }),
};

const server = new McpServer(
  { name: 'slow-server', version: '1.0.0', description: 'Has one slow tool' },
  { adapter, capabilities: { tools: {} } },
);

server.tool(
  {
    name: 'slow',
    description: 'Answers after `ms` milliseconds, and reports progress `steps` times on the way.',
    schema,
  },
  async ({ ms = 1000, steps = 5 }) => {
    for (let progress = 1; progress <= steps; progress += 1) {
      // Nothing tells a tool of this version, over stdio, that its request was cancelled.
      await sleep(ms / steps);
      // Sends nothing unless the request brought a token.
      server.progress(progress, steps);
    }
    return { content: [{ type: 'text', text: `took ${ms} ms` }] };
  },
);

new StdioTransport(server).listen();

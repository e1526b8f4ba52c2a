// The server that the bench measures, on the official SDK, release line 2: no work of its own beyond what a workload asks for.
import { Server } from '@modelcontextprotocol/server';

const object = (properties) => ({ type: 'object', properties });
const tools = [
  { name: 'echo', inputSchema: object({ text: { type: 'string' } }) },
  { name: 'flood', inputSchema: object({ count: { type: 'integer' } }) },
  { name: 'usage', inputSchema: object({}) },
];

const text = (said) => ({ content: [{ type: 'text', text: said }] });

/** A server that is not connected yet, with the tools of every subject of the bench: echo, flood, usage. */
export function createServer() {
  const server = new Server({ name: 'bench-server', version: '1.0.0' }, { capabilities: { tools: {} } });

  server.setRequestHandler('tools/list', () => ({ tools }));

  server.setRequestHandler('tools/call', async ({ params }, { mcpReq }) => {
    const { name, arguments: given } = params;
    if (name === 'echo') return text(given.text);
    if (name === 'usage') return text(JSON.stringify({ cpu: process.cpuUsage(), rss: process.memoryUsage().rss }));
    const { progressToken } = params._meta;
    for (let progress = 1; progress <= given.count; progress += 1) {
      await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress } });
    }
    return text('done');
  });

  return server;
}

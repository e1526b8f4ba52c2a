import type { ServerOptions } from '@mcp-lifeline/driver';
import type { ServerUsage } from '../subject.js';

/** Who this is, to the other end. */
export const INFO = { name: 'bench', version: '1.0.0' };

/** The server of the bench: tools that echo, flood with progress, and tell what the server used. */
export const SERVER: ServerOptions = {
  info: INFO,
  capabilities: { tools: {} },
  requests: {
    'tools/call': async (params, context) => {
      const { name, arguments: given } = params as {
        readonly name: string;
        readonly arguments: Record<string, unknown>;
      };
      if (name === 'echo') return text(String(given['text']));
      if (name === 'usage') {
        const usage: ServerUsage = { cpu: process.cpuUsage(), rss: process.memoryUsage().rss };
        return text(JSON.stringify(usage));
      }
      for (let progress = 1; progress <= Number(given['count']); progress += 1) await context.progress(progress);
      return text('done');
    },
  },
};

function text(said: string) {
  return { content: [{ type: 'text', text: said }] };
}

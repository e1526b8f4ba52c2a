// A server of ours whose tools tell of progress as fast as they can: one that waits for none of it, and one for each.
import { serveStdio, tools } from '@mcp-lifeline/node';

serveStdio({
  info: { name: 'telling-server', version: '1.0.0' },
  capabilities: { tools: {} },
  requests: tools({
    tell: {
      run({ steps }, context) {
        for (let step = 1; step <= steps; step += 1) void context.progress(step, steps);
        return 'told';
      },
    },
    tellInTurn: {
      async run({ steps }, context) {
        for (let step = 1; step <= steps; step += 1) await context.progress(step, steps);
        return 'told';
      },
    },
  }),
});

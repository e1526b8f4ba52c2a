// The server of `calls-host.mjs` in the same process, at the other end of a linked pair.
import { linkedPair } from '@mcp-lifeline/adapter-memory';
import { connect, serve } from '@mcp-lifeline/driver';

export async function memoryPeers({ plan, ...session }) {
  const [near, far] = linkedPair();
  const [, calls, answered] = plan.server;
  let taken = 0;
  let toldAll = () => {};
  const hasAll = new Promise((resolve) => {
    toldAll = resolve;
  });
  const server = serve(far, {
    info: { name: 'memory-server', version: '1.0.0' },
    capabilities: { tools: {} },
    requests: {
      'tools/call': () => {
        taken += 1;
        if (taken === calls) toldAll();
        return taken <= answered ? { content: [] } : new Promise(() => {});
      },
    },
  });
  const client = await connect(near, { info: { name: 'calls-host', version: '1.0.0' }, ...session });
  // The server goes when its client does: a linked pair closes only when both ends did.
  void client.closed.then(() => server.kill());
  return {
    client,
    peer: {
      hasAll,
      async end() {
        if (plan.server[0] === 'eof') void server.close();
        else far.kill();
      },
    },
  };
}

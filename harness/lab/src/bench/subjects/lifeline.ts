import { fileURLToPath } from 'node:url';
import { linkedPair } from '@mcp-lifeline/adapter-memory';
import { createLineReader } from '@mcp-lifeline/adapter-stdio/framing';
import type { Params } from '@mcp-lifeline/core';
import { type Client, connect, serve } from '@mcp-lifeline/driver';
import { connectStdio } from '@mcp-lifeline/node';
import type { BenchClient, Subject } from '../subject.js';
import { INFO, SERVER } from './lifeline-tools.js';

/** mcp-lifeline itself, as an embedder uses it. */
export const subject: Subject = {
  clientModules: [import.meta.resolve('@mcp-lifeline/node')],
  serverCommand: [process.execPath, fileURLToPath(new URL('lifeline-server.js', import.meta.url))],

  async connectInMemory() {
    const [clientChannel, serverChannel] = linkedPair();
    serve(serverChannel, SERVER);
    return benchClient(await connect(clientChannel, { info: INFO }));
  },

  async connectStdio([command = '', ...args]) {
    return benchClient(await connectStdio({ command, args, info: INFO }));
  },

  readLines(onMessage) {
    const reader = createLineReader((line) => {
      if (line.kind === 'json') onMessage();
    });
    return (chunk) => reader.push(chunk);
  },
};

function benchClient(client: Client): BenchClient {
  return {
    ping: () => client.request('ping'),
    call: (name, args, onProgress) =>
      client.request('tools/call', { name, arguments: args as Params }, onProgress === undefined ? {} : { onProgress }),
    close: async () => void (await client.close()),
  };
}

// How the bench uses the official SDK, release line 1. The shape is `Subject` in harness/lab/src/bench/subject.ts.
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { ReadBuffer } from '@modelcontextprotocol/sdk/shared/stdio.js';
import { createServer } from './bench-tools.mjs';

export const subject = {
  clientModules: ['client/index.js', 'client/stdio.js'].map((path) =>
    import.meta.resolve(`@modelcontextprotocol/sdk/${path}`),
  ),

  serverCommand: [process.execPath, fileURLToPath(new URL('bench-server.mjs', import.meta.url))],

  async connectInMemory() {
    const [clientEnd, serverEnd] = InMemoryTransport.createLinkedPair();
    await createServer().connect(serverEnd);
    return await connect(clientEnd);
  },

  async connectStdio([command, ...args]) {
    return await connect(new StdioClientTransport({ command, args }));
  },

  readLines(onMessage) {
    const buffer = new ReadBuffer();
    return (chunk) => {
      buffer.append(chunk);
      while (buffer.readMessage() !== null) onMessage();
    };
  },
};

async function connect(transport) {
  const client = new Client({ name: 'bench-client', version: '1.0.0' });
  await client.connect(transport);
  return {
    ping: () => client.ping(),
    call: (name, args, onProgress) =>
      client.callTool({ name, arguments: args }, undefined, onProgress && { onprogress: onProgress }),
    close: () => client.close(),
  };
}

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Target } from '../../src/interop/session.js';

const FAULTY = fileURLToPath(new URL('../../../check/faulty/', import.meta.url));
const ECHO = fileURLToPath(new URL('../../../../examples/echo-server/server.mjs', import.meta.url));

/** A server in a file of the folder of faulty ones, such as `good` or `programs/flood`. */
export function serverIn(name: string): Target {
  return { name, command: [process.execPath, `${FAULTY}${name}.mjs`] };
}

/** Every server in that folder that breaks a check. */
export const FAULTY_SERVERS: readonly string[] = namesIn('').filter((name) => !name.startsWith('good'));

/** Every program in that folder that is hardly a server. */
export const PROGRAMS: readonly string[] = namesIn('programs/');

/** The example of a server with our own core. */
export const ECHO_SERVER: Target = { name: 'echo-server', command: [process.execPath, ECHO] };

/**
 * A good server that asks its client for all that a client may be asked, as soon as it is initialized: one request that it
 * takes back, an unknown one, several in a batch where there are batches, and pings one after the other.
 */
export const ASKING_SERVER: Target = {
  name: 'asking',
  command: [
    process.execPath,
    '--input-type=module',
    '-e',
    `import { GoodServer } from ${JSON.stringify(`file://${FAULTY}good-server.mjs`)};
    const request = (id, method) => ({ jsonrpc: '2.0', id, method });
    class AskingServer extends GoodServer {
      initializeResult() {
        return { ...super.initializeResult(), capabilities: { tools: {}, logging: {} } };
      }
      async onInitialized() {
        this.isReady = true;
        this.cancelOwn(this.ask('sampling/createMessage', { messages: [], maxTokens: 1 }));
        this.write({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'hello' } });
        this.ask('mcp-lifeline/unknown');
        if (this.revision === '2025-03-26') this.write([request('b1', 'ping'), request('b2', 'roots/list')]);
        this.pings = 5;
        this.pinged = this.ask('ping');
      }
      onMessage(message, send) {
        super.onMessage(message, send);
        if ('result' in message && message.id === this.pinged && this.pings-- > 0) this.pinged = this.ask('ping');
      }
    }
    new AskingServer().serve();`,
  ],
};

function namesIn(folder: string): readonly string[] {
  return readdirSync(`${FAULTY}${folder}`)
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => `${folder}${name.slice(0, -'.mjs'.length)}`);
}

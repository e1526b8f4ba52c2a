// A good server that tells its secret, the value of SPOKEN_SECRET, wherever it can.
import { GoodServer } from '../good-server.mjs';

const secret = process.env.SPOKEN_SECRET ?? 'no secret';

class TalkativeServer extends GoodServer {
  onStart() {
    this.writeText(`starting with ${secret}\n`);
    process.stderr.write(`my secret is ${secret}\n`);
    // Where a long line is cut, the secret is cut in two.
    for (let size = 8100; size < 8200; size += 10) process.stderr.write(`${'-'.repeat(size)}${secret}\n`);
    this.writeText(`${'-'.repeat(8185)}${secret}\n`);
    // Two writes for one line, and a last line without its end.
    process.stderr.write(secret.slice(0, 5));
    setTimeout(() => process.stderr.write(`${secret.slice(5)} and ${secret}`), 20);
  }

  initializeResult() {
    return { ...super.initializeResult(), serverInfo: { name: secret, version: `1.0.0-${secret}`, [secret]: true } };
  }

  onInitialized() {
    super.onInitialized();
    const data = { quoted: JSON.stringify({ secret }), list: [secret] };
    this.write({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data } });
  }

  onUnknownRequest(_request, reply) {
    reply({ error: { code: -32601, message: `not even with ${secret}`, data: { [secret]: secret } } });
  }
}

new TalkativeServer().serve();

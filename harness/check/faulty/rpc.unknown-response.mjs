// It dies of a response to a request that it did not send.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onMessage(message, send) {
    if (message?.method === undefined && message?.jsonrpc === '2.0' && !this.hasAsked(message.id)) process.exit(1);
    super.onMessage(message, send);
  }

  hasAsked(id) {
    return String(id).startsWith('server-');
  }
}

new FaultyServer().serve();

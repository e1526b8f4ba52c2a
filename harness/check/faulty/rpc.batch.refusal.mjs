// It refuses each request of a batch by itself.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onBatch(messages) {
    for (const { id } of messages) {
      if (id !== undefined) this.write({ jsonrpc: '2.0', id, error: { code: -32600, message: 'No batches here' } });
    }
  }
}

new FaultyServer().serve();

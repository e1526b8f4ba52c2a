// It pings the client twice, with the same id.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onInitialized() {
    super.onInitialized();
    for (let count = 0; count < 2; count += 1) this.write({ jsonrpc: '2.0', id: 'alive?', method: 'ping' });
  }
}

new FaultyServer().serve();

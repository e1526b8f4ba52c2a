// Its requests have an id of null.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onInitialized() {
    super.onInitialized();
    this.write({ jsonrpc: '2.0', id: null, method: 'ping' });
  }
}

new FaultyServer().serve();

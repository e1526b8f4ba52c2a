// It tells that its tools changed without having declared that it would.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onInitialized() {
    super.onInitialized();
    this.write({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' });
  }
}

new FaultyServer().serve();

// It tells that a resource was updated, though nobody can subscribe to it.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onInitialized() {
    super.onInitialized();
    this.write({ jsonrpc: '2.0', method: 'notifications/resources/updated', params: { uri: 'made://up' } });
  }
}

new FaultyServer().serve();

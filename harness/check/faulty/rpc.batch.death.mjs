// It dies of a batch.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onBatch() {
    process.exit(1);
  }
}

new FaultyServer().serve();

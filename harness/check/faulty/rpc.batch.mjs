// It agrees to 2025-03-26, and passes over a batch in silence.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onBatch() {}
}

new FaultyServer().serve();

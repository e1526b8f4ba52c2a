// Two requests that it has open at the same time share a progress token.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  askClient(meta) {
    super.askClient(meta);
    super.askClient(meta);
  }
}

new FaultyServer().serve();

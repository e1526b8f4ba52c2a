// It cancels a request that it never sent.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  cancelOwn(id) {
    super.cancelOwn(`${id}-of-somebody-else`);
  }
}

new FaultyServer().serve();

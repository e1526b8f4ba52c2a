// It waits for ever for a request that it never got, once that is cancelled.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  isWaiting = false;

  onCancelled(id) {
    if (typeof id === 'string') this.isWaiting = true;
    super.onCancelled(id);
  }

  onRequest(request, reply) {
    if (!this.isWaiting) super.onRequest(request, reply);
  }
}

new FaultyServer().serve();

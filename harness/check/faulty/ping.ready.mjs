// Once the client is initialized, it answers no ping any more; everything else it does.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onPing(request, reply) {
    if (!this.isReady) super.onPing(request, reply);
  }
}

new FaultyServer().serve();

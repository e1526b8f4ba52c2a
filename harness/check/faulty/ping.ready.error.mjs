// It has no ping: once initialized, it answers one like any unknown method.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onPing(request, reply) {
    if (this.isReady) this.onUnknownRequest(request, reply);
    else super.onPing(request, reply);
  }
}

new FaultyServer().serve();

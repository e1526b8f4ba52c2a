// It loses the first ping on a session that is ready.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  hasLostOne = false;

  onPing(request, reply) {
    if (!this.isReady || this.hasLostOne) super.onPing(request, reply);
    else this.hasLostOne = true;
  }
}

new FaultyServer().serve();

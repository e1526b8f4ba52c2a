// It takes a moment to answer a ping, and does not wait for that when its stdin ends.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onPing(request, reply) {
    setTimeout(() => super.onPing(request, reply), 30);
  }
}

new FaultyServer().serve();

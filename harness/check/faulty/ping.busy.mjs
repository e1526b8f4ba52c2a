// It answers a ping once no call is running any more.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onPing(request, reply) {
    if (this.running.size === 0) super.onPing(request, reply);
    else setTimeout(() => this.onPing(request, reply), 20);
  }
}

new FaultyServer().serve();

// It takes a while to answer initialize, and drops a ping that comes in the meantime.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  isStarting = false;

  onInitialize(request, reply) {
    this.isStarting = true;
    setTimeout(() => {
      this.isStarting = false;
      super.onInitialize(request, reply);
    }, 50);
  }

  onPing(request, reply) {
    if (!this.isStarting) super.onPing(request, reply);
  }
}

new FaultyServer().serve();

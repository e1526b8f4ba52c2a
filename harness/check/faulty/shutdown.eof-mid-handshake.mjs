// It stays when its stdin ends before the client is initialized; only a signal ends it then.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onEnd() {
    if (!this.isReady) setInterval(() => {}, 60_000);
    else super.onEnd();
  }
}

new FaultyServer().serve();

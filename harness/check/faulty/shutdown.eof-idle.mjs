// It stays when its stdin ends while it has nothing to do; only a signal ends it then.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onEnd() {
    if (this.isReady && this.running.size === 0 && this.owed.size === 0) setInterval(() => {}, 60_000);
    else super.onEnd();
  }
}

new FaultyServer().serve();

// It stays when its stdin ends while a call runs; only a signal ends it then.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onEnd() {
    if (this.running.size > 0) setInterval(() => {}, 60_000);
    else super.onEnd();
  }
}

new FaultyServer().serve();

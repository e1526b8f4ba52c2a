// It stays when its stdin ends; only a signal ends it.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onEnd() {
    setInterval(() => {}, 60_000);
  }
}

new FaultyServer().serve();

// It stays when its stdin ends while it waits for an answer; only a signal ends it then.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onEnd() {
    if (this.owed.size > 0) setInterval(() => {}, 60_000);
    else super.onEnd();
  }
}

new FaultyServer().serve();

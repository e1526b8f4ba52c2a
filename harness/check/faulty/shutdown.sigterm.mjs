// It ignores SIGTERM; the end of stdin still ends it.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onSignal(signal) {
    if (signal !== 'SIGTERM') super.onSignal(signal);
  }
}

new FaultyServer().serve();

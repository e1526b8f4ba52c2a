// It takes the end of its stdin for a failure, and says so by its exit code.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onEnd() {
    process.exit(3);
  }
}

new FaultyServer().serve();

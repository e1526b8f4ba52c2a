// It prints a banner on stderr, as it may.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onStart() {
    process.stderr.write('Server running on stdio\n');
  }
}

new FaultyServer().serve();

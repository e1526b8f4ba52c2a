// It prints a banner on stdout when it starts.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onStart() {
    this.writeText('Faulty server running on stdio\n');
  }
}

new FaultyServer().serve();

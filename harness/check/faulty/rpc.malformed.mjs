// It dies of a line that is no JSON.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onLine(line) {
    JSON.parse(line);
    super.onLine(line);
  }
}

new FaultyServer().serve();

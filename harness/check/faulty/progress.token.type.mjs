// It turns a progress token that is a number into a string.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  tellProgress(token, progress, total) {
    super.tellProgress(String(token), progress, total);
  }
}

new FaultyServer().serve();

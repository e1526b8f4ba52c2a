// It tells of the same progress again and again.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  tellProgress(token, _progress, total) {
    super.tellProgress(token, 1, total);
  }
}

new FaultyServer().serve();

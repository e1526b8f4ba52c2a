// It drops a line of more than 64 KiB.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onLine(line) {
    if (line.length <= 64 * 1024) super.onLine(line);
  }
}

new FaultyServer().serve();

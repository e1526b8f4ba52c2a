// It takes a carriage return for the end of something else, and drops the line.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onLine(line) {
    if (!line.endsWith('\r')) super.onLine(line);
  }
}

new FaultyServer().serve();

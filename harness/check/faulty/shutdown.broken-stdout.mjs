// It never stops trying to write when nobody reads its stdout.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onBrokenOutput() {
    const again = () => setImmediate(again);
    again();
  }
}

new FaultyServer().serve();

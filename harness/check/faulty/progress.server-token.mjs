// The progress token of its own request is a fraction.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  askClient(_meta) {
    super.askClient({ progressToken: 1.5 });
  }
}

new FaultyServer().serve();

// It asks for the roots of a client that has none to tell.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onInitialized() {
    super.onInitialized();
    if (this.clientCapabilities?.roots === undefined) this.ask('roots/list');
  }
}

new FaultyServer().serve();

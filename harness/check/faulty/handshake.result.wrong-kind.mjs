// Its answer to initialize has capabilities of the wrong kind: a list of names.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  initializeResult() {
    return { ...super.initializeResult(), capabilities: ['tools'] };
  }
}

new FaultyServer().serve();

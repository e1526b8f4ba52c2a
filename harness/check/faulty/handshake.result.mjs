// Its answer to initialize has no capabilities, and a name without a version.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  initializeResult() {
    return { protocolVersion: this.revision, serverInfo: { name: 'faulty-server' } };
  }
}

new FaultyServer().serve();

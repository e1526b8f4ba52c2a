// It asks for the roots 200 ms after its answer to initialize, whether or not the client is initialized.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onInitialize(request, reply) {
    super.onInitialize(request, reply);
    if (this.clientCapabilities.roots !== undefined) setTimeout(() => this.ask('roots/list'), 200);
  }
}

new FaultyServer().serve();

// It answers an unknown method with an empty result.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onUnknownRequest(_request, reply) {
    reply({ result: {} });
  }
}

new FaultyServer().serve();

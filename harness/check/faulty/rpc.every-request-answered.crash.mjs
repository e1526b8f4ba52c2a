// It dies of a resource that it does not know.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onRequest(request, reply) {
    if (request.method === 'resources/read') process.exit(1);
    super.onRequest(request, reply);
  }
}

new FaultyServer().serve();

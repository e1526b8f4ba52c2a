// It answers a list of its prompts twice.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onRequest(request, reply) {
    super.onRequest(request, reply);
    if (request.method === 'prompts/list') super.onRequest(request, reply);
  }
}

new FaultyServer().serve();

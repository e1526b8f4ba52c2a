// It tells of its progress a second time, and names the id of the request instead of the token.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onSlowCall(request, reply) {
    this.tellProgress(request.id, 0, 4);
    super.onSlowCall(request, reply);
  }
}

new FaultyServer().serve();

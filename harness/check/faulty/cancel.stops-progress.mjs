// It leaves a cancelled call unanswered, and works on and tells of it.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  cancelled = new Set();

  onSlowCall(request, reply) {
    super.onSlowCall(request, (body) => {
      if (!this.cancelled.has(request.id)) reply(body);
    });
  }

  onCancelled(id) {
    this.cancelled.add(id);
  }
}

new FaultyServer().serve();

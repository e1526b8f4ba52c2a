// A ping between a call and its cancellation costs the next request its answer.
import { GoodServer } from '@mcp-lifeline/check/good-server';

class FaultyServer extends GoodServer {
  wasPinged = false;
  isLost = false;

  onPing(request, reply) {
    this.wasPinged = this.running.size > 0;
    super.onPing(request, reply);
  }

  onCancelled(id) {
    this.isLost = this.wasPinged && this.running.has(id);
    super.onCancelled(id);
  }

  onRequest(request, reply) {
    if (!this.isLost) return super.onRequest(request, reply);
    this.isLost = false;
  }
}

new FaultyServer().serve();

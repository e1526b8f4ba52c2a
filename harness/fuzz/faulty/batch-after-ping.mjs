// A batch that comes after a ping loses the answer to its last member.
import { GoodServer } from '@mcp-lifeline/check/good-server';

class FaultyServer extends GoodServer {
  wasPinged = false;

  onPing(request, reply) {
    this.wasPinged = true;
    super.onPing(request, reply);
  }

  onBatch(messages) {
    super.onBatch(this.wasPinged ? messages.slice(0, -1) : messages);
  }
}

new FaultyServer().serve();

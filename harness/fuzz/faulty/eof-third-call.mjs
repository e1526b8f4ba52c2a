// It stays when its stdin ends while three calls run; fewer are stopped.
import { GoodServer } from '@mcp-lifeline/check/good-server';

class FaultyServer extends GoodServer {
  onEnd() {
    if (this.running.size < 3) super.onEnd();
  }

  onSlowCall(request, reply) {
    super.onSlowCall(request, reply);
    if (this.running.size === 3) setInterval(() => {}, 60_000);
  }
}

new FaultyServer().serve();

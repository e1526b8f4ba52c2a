// Once a call was cancelled, the second ping from there on is never answered.
import { GoodServer } from '@mcp-lifeline/check/good-server';

class FaultyServer extends GoodServer {
  pingsSinceCancel = Number.NaN;

  onCancelled(id) {
    if (this.running.has(id)) this.pingsSinceCancel = 0;
    super.onCancelled(id);
  }

  onPing(request, reply) {
    this.pingsSinceCancel += 1;
    if (this.pingsSinceCancel !== 2) super.onPing(request, reply);
  }
}

new FaultyServer().serve();

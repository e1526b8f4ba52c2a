// It takes a moment to list its tools, and dies when that is cancelled in the meantime.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  listing = new Set();

  onRequest(request, reply) {
    if (request.method !== 'tools/list') return super.onRequest(request, reply);
    this.listing.add(request.id);
    queueMicrotask(() => {
      this.listing.delete(request.id);
      super.onRequest(request, reply);
    });
  }

  onCancelled(id) {
    if (this.listing.has(id)) process.exit(1);
    super.onCancelled(id);
  }
}

new FaultyServer().serve();

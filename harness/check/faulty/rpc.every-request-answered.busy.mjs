// It takes a moment for a list of its tools, and forgets whoever asks while three others wait for theirs.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  waiting = 0;

  onRequest(request, reply) {
    if (request.method !== 'tools/list') return super.onRequest(request, reply);
    if (this.waiting >= 3) return;
    this.waiting += 1;
    setTimeout(() => {
      this.waiting -= 1;
      super.onRequest(request, reply);
    }, 30);
  }

  onEnd() {
    setTimeout(() => super.onEnd(), 100);
  }
}

new FaultyServer().serve();

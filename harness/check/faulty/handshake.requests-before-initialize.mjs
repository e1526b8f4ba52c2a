// It refuses a request that comes before initialize. The text is open: no fault, but worth a note.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onRequest(request, reply) {
    const isEarly = this.revision === null && !['initialize', 'ping'].includes(request.method);
    if (isEarly) reply({ error: { code: -32600, message: 'Server not initialized' } });
    else super.onRequest(request, reply);
  }
}

new FaultyServer().serve();

// It refuses a ping that comes before initialize. The text is open: no fault, but worth a note.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onPing(request, reply) {
    if (this.revision !== null) super.onPing(request, reply);
    else reply({ error: { code: -32600, message: 'Server not initialized' } });
  }
}

new FaultyServer().serve();

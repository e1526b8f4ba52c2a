// It refuses a second initialize. The text is open: no fault, but worth a note.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onInitialize(request, reply) {
    if (this.revision === null) super.onInitialize(request, reply);
    else reply({ error: { code: -32600, message: 'Already initialized' } });
  }
}

new FaultyServer().serve();

// It stops a call that is cancelled, and answers it with an error that says so.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onCancelled(id) {
    const call = this.running.get(id);
    super.onCancelled(id);
    call?.reply({ error: { code: 0, message: 'Request cancelled' } });
  }
}

new FaultyServer().serve();

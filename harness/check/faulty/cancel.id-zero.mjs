// It takes a cancellation of the id 0 for one that names no request.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onCancelled(id) {
    if (id) super.onCancelled(id);
  }
}

new FaultyServer().serve();

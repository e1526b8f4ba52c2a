// It dies of a cancellation that names no request.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onCancelled(id) {
    if (id === undefined) process.exit(1);
    super.onCancelled(id);
  }
}

new FaultyServer().serve();

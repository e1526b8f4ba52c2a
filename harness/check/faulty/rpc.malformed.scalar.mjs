// It dies of JSON that is no object.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onMessage(message, send) {
    if ('method' in message) super.onMessage(message, send);
  }
}

new FaultyServer().serve();

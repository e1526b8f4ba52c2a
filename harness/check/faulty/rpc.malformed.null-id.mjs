// It hangs up on a request with the id null, and stays: alive, and deaf.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  isDeaf = false;

  onMessage(message, send) {
    if (message?.id === null) this.isDeaf = true;
    if (!this.isDeaf) super.onMessage(message, send);
  }
}

new FaultyServer().serve();

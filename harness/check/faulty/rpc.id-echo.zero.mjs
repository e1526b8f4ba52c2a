// It takes id 0 for no id at all, and so a request for a notification.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onMessage(message, send) {
    if (message.id || message.id === '') super.onMessage(message, send);
    else super.onMessage({ ...message, id: undefined }, send);
  }
}

new FaultyServer().serve();

// It acknowledges a notification with a result, under an id that nobody used.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onNotification(notification) {
    super.onNotification(notification);
    if (this.isReady) this.write({ jsonrpc: '2.0', id: 'ack', result: {} });
  }
}

new FaultyServer().serve();

// It answers a notification that it does not know with an error without an id.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onNotification(notification) {
    super.onNotification(notification);
    if (KNOWN.includes(notification.method)) return;
    this.write({ jsonrpc: '2.0', id: null, error: { code: -32601, message: 'Method not found' } });
  }
}

const KNOWN = ['notifications/initialized', 'notifications/cancelled', 'notifications/roots/list_changed'];

new FaultyServer().serve();

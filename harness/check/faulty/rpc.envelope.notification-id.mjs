// Its library writes an id of null into notifications.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  initializeResult() {
    const result = super.initializeResult();
    return { ...result, capabilities: { ...result.capabilities, logging: {} } };
  }

  onInitialized() {
    super.onInitialized();
    const params = { level: 'info', data: 'initialized' };
    this.write({ jsonrpc: '2.0', id: null, method: 'notifications/message', params });
  }
}

new FaultyServer().serve();

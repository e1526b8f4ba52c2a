// It sends log messages without having declared logging.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  initializeResult() {
    const { logging: _, ...capabilities } = super.initializeResult().capabilities;
    return { ...super.initializeResult(), capabilities };
  }

  onPing(request, reply) {
    super.onPing(request, reply);
    if (this.isReady) {
      this.write({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'pinged' } });
    }
  }
}

new FaultyServer().serve();

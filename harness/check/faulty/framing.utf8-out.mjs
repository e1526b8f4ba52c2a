// It writes a greeting in Latin-1.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onInitialized() {
    super.onInitialized();
    const params = { level: 'info', data: 'Gr\u00fc\u00dfe' };
    const text = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params });
    this.writeText(Buffer.from(`${text}\n`, 'latin1'));
  }
}

new FaultyServer().serve();

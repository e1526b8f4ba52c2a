// A good server that never stops talking: from its start on, it sends valid notifications without end.
import { GoodServer } from '../good-server.mjs';

const BATCH = 50;

class FloodingServer extends GoodServer {
  initializeResult() {
    return { ...super.initializeResult(), capabilities: { tools: {}, logging: {} } };
  }

  onStart() {
    const params = { level: 'info', data: 'still here' };
    for (let sent = 0; sent < BATCH; sent += 1) this.write({ jsonrpc: '2.0', method: 'notifications/message', params });
    setImmediate(() => this.onStart());
  }
}

new FloodingServer().serve();

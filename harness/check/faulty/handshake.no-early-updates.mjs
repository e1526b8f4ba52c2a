// It tells that its tools changed 50 ms after its answer to initialize. The text is open: no fault, but worth a note.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  initializeResult() {
    const result = super.initializeResult();
    return { ...result, capabilities: { ...result.capabilities, tools: { listChanged: true } } };
  }

  onInitialize(request, reply) {
    super.onInitialize(request, reply);
    setTimeout(() => this.write({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' }), 50);
  }
}

new FaultyServer().serve();

// It logs to stdout. Each line is JSON, but none of it is a message.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onInitialized() {
    super.onInitialized();
    this.writeText(`${JSON.stringify({ level: 'info', msg: 'client is initialized' })}\n`);
  }
}

new FaultyServer().serve();

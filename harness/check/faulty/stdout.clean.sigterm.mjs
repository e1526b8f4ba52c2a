// It says goodbye on stdout when it gets SIGTERM.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onSignal(signal) {
    this.writeText(`Received ${signal}, shutting down...\n`);
    super.onSignal(signal);
  }
}

new FaultyServer().serve();

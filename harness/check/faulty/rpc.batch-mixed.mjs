// It answers a batch once all of its members are answered, and waits for a notification among them for ever.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onBatch(messages) {
    if (this.revision !== '2025-03-26' || messages.every(({ id }) => id !== undefined)) super.onBatch(messages);
  }
}

new FaultyServer().serve();

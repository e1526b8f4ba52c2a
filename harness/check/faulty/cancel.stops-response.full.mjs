// It passes over every cancellation: the call goes on, and is answered.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onCancelled() {}
}

new FaultyServer().serve();

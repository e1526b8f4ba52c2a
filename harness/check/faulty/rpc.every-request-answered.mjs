// It drops a call whose arguments it cannot read.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onToolCall(request, reply) {
    if (typeof request.params?.name === 'string') super.onToolCall(request, reply);
  }
}

new FaultyServer().serve();

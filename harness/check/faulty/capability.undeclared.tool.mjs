// Its tool asks the client for a completion, whether or not the client said that it has any to give.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onAskCall(request, reply) {
    const declared = this.clientCapabilities;
    this.clientCapabilities = { sampling: {}, ...declared };
    super.onAskCall(request, reply);
    this.clientCapabilities = declared;
  }
}

new FaultyServer().serve();

// Its errors have no jsonrpc member.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  responseTo(request, body) {
    const { jsonrpc, ...response } = super.responseTo(request, body);
    return 'error' in body ? response : { jsonrpc, ...response };
  }
}

new FaultyServer().serve();

// Its results have an error of null beside them.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  responseTo(request, body) {
    return { ...super.responseTo(request, body), ...('result' in body ? { error: null } : {}) };
  }
}

new FaultyServer().serve();

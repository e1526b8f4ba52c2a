// It speaks 2025-11-25, but counter-offers 2025-06-18.
import { GoodServer, REVISIONS } from './good-server.mjs';

class FaultyServer extends GoodServer {
  chooseRevision(offered) {
    return REVISIONS.includes(offered) ? offered : '2025-06-18';
  }
}

new FaultyServer().serve();

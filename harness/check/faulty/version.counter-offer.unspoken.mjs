// It counter-offers a version that it does not agree to itself.
import { GoodServer, REVISIONS } from './good-server.mjs';

class FaultyServer extends GoodServer {
  chooseRevision(offered) {
    if (REVISIONS.includes(offered)) return offered;
    return offered === '2027-01-01' ? '2025-11-25' : '2027-01-01';
  }
}

new FaultyServer().serve();

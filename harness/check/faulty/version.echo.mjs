// It counter-offers 2025-11-25 to a version unknown to it, but does not agree to it when it is asked for.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  chooseRevision(offered) {
    return offered === '2025-11-25' ? '2025-06-18' : super.chooseRevision(offered);
  }
}

new FaultyServer().serve();

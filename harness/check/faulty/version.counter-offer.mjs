// It agrees to any version at all, also to one that never was.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  chooseRevision(offered) {
    return offered;
  }
}

new FaultyServer().serve();

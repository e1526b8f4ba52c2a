// It keeps ids in a field of 255 characters, and cuts longer ones.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  responseTo({ id }, body) {
    return super.responseTo({ id: typeof id === 'string' ? id.slice(0, 255) : id }, body);
  }
}

new FaultyServer().serve();

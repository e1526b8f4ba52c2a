// It reads and writes Latin-1, so that an id beyond ASCII comes back as something else.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  responseTo({ id }, body) {
    const mangled = typeof id === 'string' ? id.replace(/[^\x20-\x7e]/g, '?') : id;
    return super.responseTo({ id: mangled }, body);
  }
}

new FaultyServer().serve();

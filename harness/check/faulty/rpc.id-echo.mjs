// It takes ids for text: zero and negative ones come back as strings.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  responseTo(request, body) {
    const { id } = request;
    return super.responseTo({ id: id <= 0 ? String(id) : id }, body);
  }
}

new FaultyServer().serve();

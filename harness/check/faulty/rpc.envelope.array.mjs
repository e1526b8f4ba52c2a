// It sends its answers in arrays, whatever the revision.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  responseTo(request, body) {
    const response = super.responseTo(request, body);
    return request.method === 'tools/list' && this.isReady ? [response] : response;
  }
}

new FaultyServer().serve();

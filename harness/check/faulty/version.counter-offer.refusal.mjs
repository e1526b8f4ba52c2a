// It refuses a version unknown to it with an error that does not tell which ones it speaks.
import { GoodServer, REVISIONS } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onInitialize(request, reply) {
    if (REVISIONS.includes(request.params?.protocolVersion)) super.onInitialize(request, reply);
    else reply({ error: { code: -32602, message: 'Unsupported protocol version' } });
  }
}

new FaultyServer().serve();

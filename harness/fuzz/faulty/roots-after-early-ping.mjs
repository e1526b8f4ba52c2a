// It asks for the roots as soon as it has answered initialize, if it was pinged before that.
import { GoodServer } from '@mcp-lifeline/check/good-server';

class FaultyServer extends GoodServer {
  wasPinged = false;

  onPing(request, reply) {
    this.wasPinged = true;
    super.onPing(request, reply);
  }

  onInitialize(request, reply) {
    super.onInitialize(request, reply);
    if (this.wasPinged && this.clientCapabilities.roots !== undefined) this.ask('roots/list');
  }
}

new FaultyServer().serve();

// It answers a tool that it does not know with an error, and a moment later with a result.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onToolCall(request, reply) {
    super.onToolCall(request, reply);
    if (this.tools().some(({ name }) => name === request.params?.name)) return;
    setImmediate(() => reply({ result: { content: [] } }));
  }
}

new FaultyServer().serve();

// It tells of its progress once more soon after the answer.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onSlowCall(request, reply) {
    const token = request.params._meta?.progressToken;
    super.onSlowCall(request, (body) => {
      reply(body);
      if (token !== undefined) setTimeout(() => this.tellProgress(token, 5, 5), 50);
    });
  }
}

new FaultyServer().serve();

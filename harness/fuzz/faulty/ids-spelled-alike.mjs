// It keeps its running calls by the text of their ids: of two that are spelled alike, such as 7 and "7", one is lost.
import { GoodServer } from '@mcp-lifeline/check/good-server';

class FaultyServer extends GoodServer {
  latest = new Map();

  onSlowCall(request, reply) {
    const name = String(request.id);
    this.latest.set(name, request);
    super.onSlowCall(request, (body) => {
      if (this.latest.get(name) === request) reply(body);
    });
  }
}

new FaultyServer().serve();

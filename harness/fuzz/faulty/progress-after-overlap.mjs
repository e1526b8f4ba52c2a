// Once two calls have run at the same time, each call tells of its progress once more right after its answer.
import { GoodServer } from '@mcp-lifeline/check/good-server';

class FaultyServer extends GoodServer {
  hasOverlapped = false;

  onSlowCall(request, reply) {
    const token = request.params._meta?.progressToken;
    super.onSlowCall(request, (body) => {
      reply(body);
      if (this.hasOverlapped && token !== undefined) this.tellProgress(token, 9, 9);
    });
    this.hasOverlapped ||= this.running.size > 1;
  }
}

new FaultyServer().serve();

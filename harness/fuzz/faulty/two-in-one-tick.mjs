// Of calls that finish in one tick, each is answered twice.
import { GoodServer } from '@mcp-lifeline/check/good-server';

class FaultyServer extends GoodServer {
  finished = [];

  onSlowCall(request, reply) {
    super.onSlowCall(request, (body) => {
      this.finished.push(() => reply(body));
      if (this.finished.length === 1) setImmediate(() => this.flush());
    });
  }

  flush() {
    const answers = this.finished.splice(0);
    for (const answer of answers) answer();
    if (answers.length > 1) for (const answer of answers) answer();
  }
}

new FaultyServer().serve();

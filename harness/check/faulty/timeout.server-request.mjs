// It waits a moment for the answer to its own request, and cancels it then.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  ask(method, params) {
    const id = super.ask(method, params);
    setTimeout(() => {
      if (this.owed.has(id)) this.cancelOwn(id);
    }, 300);
    return id;
  }
}

new FaultyServer().serve();

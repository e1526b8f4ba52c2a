// It takes each chunk of its input for whole messages, and passes over what is none.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onText(chunk) {
    for (const line of chunk.split('\n')) if (/^{.*}\r?$/.test(line)) this.onLine(line);
  }
}

new FaultyServer().serve();

// It takes at most sixteen messages out of one chunk, and loses the others.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onText(chunk) {
    const lines = chunk.split('\n');
    super.onText(lines.length > 16 ? `${lines.slice(0, 16).join('\n')}\n` : chunk);
  }
}

new FaultyServer().serve();

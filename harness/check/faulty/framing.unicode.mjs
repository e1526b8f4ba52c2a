// It decodes each chunk by itself, so that a character in two chunks is lost.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  serve() {
    super.serve();
    process.stdin.setEncoding('latin1');
  }

  onText(bytes) {
    super.onText(Buffer.from(bytes, 'latin1').toString());
  }
}

new FaultyServer().serve();

// It dies of a line of more than 64 KiB, before that has ended.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  length = 0;

  onText(text) {
    this.length = text.includes('\n') ? 0 : this.length + text.length;
    if (this.length > 64 * 1024) process.exit(1);
    super.onText(text);
  }
}

new FaultyServer().serve();

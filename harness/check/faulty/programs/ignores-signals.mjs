// A good server that will not go: it ignores every signal that can be ignored, and the end of its input.
import { GoodServer } from '../good-server.mjs';

class StubbornServer extends GoodServer {
  onEnd() {
    setInterval(() => {}, 60_000);
  }

  onSignal() {}
}

new StubbornServer().serve();

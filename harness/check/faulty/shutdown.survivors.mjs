// It starts a process in a group of its own, and leaves it behind.
import { spawn } from 'node:child_process';
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onInitialized() {
    super.onInitialized();
    spawn('sleep', ['600'], { detached: true, stdio: 'ignore' }).unref();
  }
}

new FaultyServer().serve();

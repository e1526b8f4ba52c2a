// It starts a process in its own group, and leaves it behind.
import { spawn } from 'node:child_process';
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  onInitialized() {
    super.onInitialized();
    spawn('sleep', ['600'], { detached: false, stdio: 'ignore' }).unref();
  }
}

new FaultyServer().serve();

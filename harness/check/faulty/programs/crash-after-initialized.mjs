// It dies as soon as the client is initialized.
import { GoodServer } from '../good-server.mjs';

class CrashingServer extends GoodServer {
  onInitialized() {
    process.stderr.write('fatal: cannot open the database\n');
    process.exit(3);
  }
}

new CrashingServer().serve();

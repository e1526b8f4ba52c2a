// A good server that needs 3 s before it listens.
import { GoodServer } from '../good-server.mjs';

setTimeout(() => new GoodServer().serve(), 3000);

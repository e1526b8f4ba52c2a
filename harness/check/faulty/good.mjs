// Nothing is wrong with it: what the faulty peers are compared with.
import { GoodServer } from './good-server.mjs';

new GoodServer().serve();

// A good server that leaves two processes behind: one in a session of its own, one that stays in the group and holds stdout.
import { spawn } from 'node:child_process';
import { GoodServer } from '../good-server.mjs';

spawn('sleep', ['600'], { detached: true, stdio: 'ignore' }).unref();
spawn('sleep', ['600'], { stdio: ['ignore', 'inherit', 'ignore'] }).unref();

new GoodServer().serve();

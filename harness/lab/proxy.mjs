#!/usr/bin/env node
// Records a session over stdio from in between. usage: node proxy.mjs TRACE COMMAND [ARGS...]      (after a build)
import { runProxy } from './dist/interop/proxy.js';

const [file, command, ...args] = process.argv.slice(2);
if (command === undefined) {
  process.stderr.write('usage: proxy.mjs TRACE COMMAND [ARGS...]\n');
  process.exit(2);
}
process.exitCode = await runProxy(file, [command, ...args]);
process.stdin.destroy();

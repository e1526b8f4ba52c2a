#!/usr/bin/env node
// Syntax that old versions of Node can read: they shall get the line below, not a stack.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MAJOR = 20;
const MINOR = 19;
const BAD_USAGE = 2;

const [major, minor] = process.versions.node.split('.').map(Number);
const entry = fileURLToPath(new URL('../dist/main.js', import.meta.url));

if (major < MAJOR || (major === MAJOR && minor < MINOR)) {
  refuse(`needs Node ${MAJOR}.${MINOR} or newer; this is ${process.versions.node}`);
} else if (!existsSync(entry)) {
  refuse('is not built yet: run `npm start` or `npm run build` at the root of the checkout');
} else {
  import('../dist/main.js').then(({ main }) => main());
}

function refuse(why) {
  process.stderr.write(`mcp-lifeline ${why}\n`);
  process.exitCode = BAD_USAGE;
}

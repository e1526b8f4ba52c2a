#!/usr/bin/env node
// Installs published servers into the cache and prints how each is started: one line of JSON a server.
// usage: node harness/peers/install.mjs NAME...      (after a build)
import { installPeer, PEERS } from './dist/index.js';

const names = process.argv.slice(2);
const known = PEERS.map((peer) => peer.name);
const unknown = names.filter((name) => !known.includes(name));
if (names.length === 0 || unknown.length > 0) {
  const complaint = unknown.length > 0 ? `no such peer: ${unknown.join(', ')}` : 'no peer was named';
  process.stderr.write(`${complaint}; usage: install.mjs NAME... with names out of: ${known.join(', ')}\n`);
  process.exit(2);
}
const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => stopped.abort(new Error(`stopped by ${signal}`)));
const onProgress = (line) => process.stderr.write(`${line}\n`);
try {
  for (const name of names) {
    const installed = await installPeer(name, { onProgress, signal: stopped.signal });
    process.stdout.write(`${JSON.stringify({ name, ...installed })}\n`);
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

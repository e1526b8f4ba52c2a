import { readFileSync } from 'node:fs';

/**
 * Ends the process with one clear line and exit code 2 when this Node is older than the workspace allows.
 * Written so that old versions of Node can still read it.
 */
export function requireNode(running = process.versions.node) {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const needed = manifest.engines.node.replace('>=', '');
  if (isAtLeast(running, needed)) return;
  process.stderr.write(`mcp-lifeline needs Node ${needed} or newer; this is ${running} (${process.execPath})\n`);
  process.exit(2);
}

/** Compares versions such as `20.19.0`, number by number. */
export function isAtLeast(version, needed) {
  const [have, want] = [version, needed].map((text) => text.split('-')[0].split('.').map(Number));
  for (let place = 0; place < want.length; place += 1) {
    if (have[place] !== want[place]) return have[place] > want[place];
  }
  return true;
}

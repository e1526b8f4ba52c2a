#!/usr/bin/env node
// pnpm verify: what takes longer than `npm test` may. It writes results into docs/; look at what changed, and commit it.
import { root, tool } from './bootstrap/commands.mjs';
import { build, install } from './bootstrap/prepare.mjs';
import { requireNode } from './bootstrap/require-node.mjs';
import { run } from './bootstrap/run.mjs';

requireNode();
process.exitCode = await verify();

async function verify() {
  for (const step of [install, build]) {
    const { code } = await step();
    if (code !== 0) return code;
  }
  const { code } = await run([...tool('vitest'), 'run', '--project', 'verify', '--update', ...process.argv.slice(2)], {
    cwd: root,
  });
  return code;
}

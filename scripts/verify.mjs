#!/usr/bin/env node
// pnpm verify: what takes longer than `npm test` may, and properties with fresh seeds. It writes results
// into docs/; look at what changed, and commit it.
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
  const chosen = process.argv.slice(2);
  if (chosen.length === 0) {
    const { code } = await vitest(['--project', 'unit'], { ...process.env, MCP_LIFELINE_SEED: 'fresh' });
    if (code !== 0) return code;
  }
  // What is chosen comes first: behind --update it would be taken for a value of that.
  const { code } = await vitest([...chosen, '--project', 'verify', '--update'], process.env);
  return code;
}

function vitest(args, env) {
  return run([...tool('vitest'), 'run', ...args], { cwd: root, env });
}

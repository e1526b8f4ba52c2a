#!/usr/bin/env node
// npm start [-- ARGS]: installs and builds what is missing, then checks a server: a bundled one, or the one that ARGS name.
import { join } from 'node:path';
import { root } from './bootstrap/commands.mjs';
import { build, install } from './bootstrap/prepare.mjs';
import { requireNode } from './bootstrap/require-node.mjs';
import { run } from './bootstrap/run.mjs';
import { startArguments } from './bootstrap/start-arguments.mjs';

/** What the command line exits with when the fault is ours: a failed build must not look like a verdict. */
const OUR_FAULT = 4;
const BUNDLED = 'server-everything';

requireNode();
process.exitCode = await start(process.argv.slice(2));

async function start(given) {
  for (const step of [install, build]) {
    const { code, interrupted } = await step();
    if (code !== 0) return interrupted ? code : OUR_FAULT;
  }
  const { args, bundled } = startArguments(given);
  const target = bundled ? await bundledServer() : { args: [], env: {} };
  if (target.code !== undefined) return target.code;
  const command = [process.execPath, join(root, 'packages/cli/bin/mcp-lifeline.mjs'), ...args, ...target.args];
  // The user's own folder: npm runs scripts at the root of the checkout.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  const { code } = await run(command, { cwd, env: { ...process.env, ...target.env } });
  return code;
}

/** Finds the bundled server in the cache, or installs it there. */
async function bundledServer() {
  process.stderr.write(`checking the bundled ${BUNDLED}; \`npm start -- node server.js\` checks yours\n`);
  const command = [process.execPath, join(root, 'harness/peers/install.mjs'), BUNDLED];
  const { code, output, interrupted } = await run(command, { quiet: 'stdout' });
  if (code !== 0) return { code: interrupted ? code : OUR_FAULT };
  const installed = JSON.parse(output);
  return { args: ['--', ...installed.command], env: installed.env };
}

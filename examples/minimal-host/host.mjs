#!/usr/bin/env node
// The smallest useful host: starts a server, lists its tools, calls one of them, and leaves nothing behind.
// usage: node host.mjs [--tool NAME [--args JSON]] -- COMMAND ARGS...
import { parseArgs } from 'node:util';
import { ConnectError, connectStdio, LifelineError } from '@mcp-lifeline/node';

const USAGE = 'usage: host.mjs [--tool NAME [--args JSON]] -- COMMAND [ARGS...]';

/** @returns what the command line asks for; says what is wrong with it and exits 2 otherwise */
function readCommandLine() {
  try {
    const { values, positionals } = parseArgs({
      options: { tool: { type: 'string' }, args: { type: 'string', default: '{}' }, help: { type: 'boolean' } },
      allowPositionals: true,
    });
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      process.exit(0);
    }
    const [command, ...args] = positionals;
    if (command === undefined) throw new Error('no command was given');
    return { command, args, tool: values.tool, given: JSON.parse(values.args) };
  } catch (error) {
    process.stderr.write(`${error.message}; ${USAGE}\n`);
    process.exit(2);
  }
}

const { command, args, tool, given } = readCommandLine();
const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => stopped.abort());

try {
  const client = await connectStdio({
    command,
    args,
    info: { name: 'minimal-host', version: '1.0.0' },
    signal: stopped.signal,
    onReport: (fault) => process.stderr.write(`${fault.blame}: expected ${fault.expected}, got ${fault.got}\n`),
    onStderr: (chunk) => process.stderr.write(chunk),
  });
  // Whatever happens from here on, the server ends with us.
  stopped.signal.addEventListener('abort', () => client.close());
  try {
    const { revision, info } = client.peer;
    process.stdout.write(`connected to ${info.name} ${info.version} in ${revision}\n`);
    const { tools } = await client.request('tools/list');
    for (const { name, description = '' } of tools) process.stdout.write(`- ${name}: ${description}\n`);
    if (tool !== undefined) {
      const onProgress = ({ progress, total = '?' }) => process.stdout.write(`  ${progress}/${total}\n`);
      const result = await client.request('tools/call', { name: tool, arguments: given }, { onProgress });
      process.stdout.write(`${JSON.stringify(result)}\n`);
    }
  } finally {
    // Not `close`: whoever asks for that a second time wants a kill.
    await client[Symbol.asyncDispose]();
  }
} catch (error) {
  if (!(error instanceof LifelineError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof ConnectError ? 3 : 1;
}

// A host that holds a session, with a call that never ends or without one, until it is killed. It says `ready`.
// usage: idle-host.mjs TOOL ARGS -- COMMAND ARGS...; an empty TOOL is no call
import { connectStdio } from '@mcp-lifeline/node';

const [tool, given, , command, ...args] = process.argv.slice(2);
const client = await connectStdio({ command, args, info: { name: 'idle-host', version: '1.0.0' } });
const ready = () => process.stdout.write('ready\n');
if (tool === '') ready();
else void client.request('tools/call', { name: tool, arguments: JSON.parse(given) }, { onProgress: ready });
setInterval(() => {}, 1_000);

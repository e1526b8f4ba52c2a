// A client on the official SDK, release line 2, that drives the echo server and prints how each step went, as JSON.
// usage: node interop-client.mjs COMMAND ARGS...
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const [command, ...args] = process.argv.slice(2);
const asked = process.env.INTEROP_ASKED === 'roots' ? { roots: { listChanged: true } } : { sampling: {} };
const client = new Client({ name: 'interop-client', version: '1.0.0' }, { capabilities: asked });
if (asked.roots) client.setRequestHandler('roots/list', () => ({ roots: [{ uri: 'file:///tmp' }] }));
else {
  const content = { type: 'text', text: 'Yes' };
  client.setRequestHandler('sampling/createMessage', () => ({ role: 'assistant', model: 'none', content }));
}
let changes = 0;
client.setNotificationHandler('notifications/tools/list_changed', () => {
  changes += 1;
});

const told = {};
await client.connect(new StdioClientTransport({ command, args, stderr: 'inherit' }));
told.server = client.getServerVersion();
told.tools = (await client.listTools()).tools.map(({ name }) => name);
await client.ping();
told.echo = await call('echo', { text: 'hello' });
const progress = [];
told.slow = await call('slow', { ms: 200, steps: 4 }, { onprogress: (one) => progress.push(one.progress) });
told.progress = progress;
const cancelling = new AbortController();
const giveUp = { signal: cancelling.signal, onprogress: () => cancelling.abort() };
told.cancelled = await call('slow', { ms: 5000, steps: 100 }, giveUp);
told.timedOut = await call('slow', { ms: 5000, steps: 1 }, { timeout: 100 });
told.fail = await call('fail', {});
told.unknown = await call('nothing', {});
told.asked = await call('ask', {});
told.learn = await call('learn', { name: 'greet' });
told.greet = await call('greet', {});
told.changes = changes;
if (asked.roots) await client.sendRootsListChanged();
// More than a cancellation may take to be passed over.
await sleep(300);
for (let count = 0; count < 3; count += 1) await client.ping();
await client.close();
process.stdout.write(`${JSON.stringify(told)}\n`);

/** The text of the answer, or the name of what went wrong. */
async function call(name, given, options) {
  try {
    return (await client.callTool({ name, arguments: given }, options)).content[0].text;
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
}

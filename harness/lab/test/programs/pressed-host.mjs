// A host whose server does not read, with a small bound on what is queued for it. Run with --expose-gc. Prints one line of
// JSON, and exits by itself.
// usage: pressed-host.mjs SCENE
import { fileURLToPath } from 'node:url';
import { childChannel } from '@mcp-lifeline/adapter-stdio';
import { connect } from '@mcp-lifeline/driver';

const KIB = 1024;
const CALLS = 400;
const MAX_QUEUED_BYTES = 256 * KIB;
const text = 'x'.repeat(64 * KIB);
const ladder = { drainMs: 250, graceMs: 50, termMs: 500, reapMs: 2_000 };

const SCENES = {
  patient,
  impatient,
  flooded: () => flooded(['ping', 'id']),
  asked: () => flooded(['roots/list', 'id']),
  told,
};
const seen = await SCENES[process.argv[2]]();
process.stdout.write(`${JSON.stringify(seen)}\n`);

/** Calls wait while the server is stopped, and are answered in order when it goes on. */
async function patient() {
  const { client, channel, most } = await start(['counting-server.mjs']);
  const before = memory();
  process.kill(channel.pid, 'SIGSTOP');
  const order = [];
  const calls = callAll(client, undefined, (number) => order.push(number));
  await idle(channel);
  const grownBytes = memory() - before;
  const settledMeanwhile = order.length;
  process.kill(channel.pid, 'SIGCONT');
  await Promise.all(calls);
  return { most: most(), grownBytes, settledMeanwhile, order, closed: await client.close() };
}

/** Calls give up while the server is stopped; when it goes on it got those that say so, and no other. */
async function impatient() {
  const { client, channel, most } = await start(['counting-server.mjs']);
  process.kill(channel.pid, 'SIGSTOP');
  const settled = await Promise.allSettled(callAll(client, { timeoutMs: 200 }));
  process.kill(channel.pid, 'SIGCONT');
  const { calls, cancellations } = await client.request('tools/call', { name: 'report' });
  const names = settled.map(({ reason }) => `${reason?.name} ${reason?.sent}`);
  return { most: most(), names, calls, cancellations, closed: await client.close() };
}

/** The server asks and asks, and reads no answer. */
async function flooded(args) {
  const before = memory();
  const handled = { count: 0, aborted: 0 };
  const { client, most } = await start(['flooding-server.mjs', ...args], {
    capabilities: { roots: {} },
    maxPeerRequests: 100,
    requests: {
      'roots/list': (_, { signal }) => {
        handled.count += 1;
        signal.addEventListener('abort', () => {
          handled.aborted += 1;
        });
        return new Promise(() => {});
      },
    },
  });
  const call = client.request('tools/call', { name: 'any' }).catch((error) => `${error.name} ${error.sent}`);
  const closed = await client.closed;
  return { most: most(), call: await call, handled, closed, grownBytes: memory() - before };
}

/** The server tells and tells; timers fire all the same, and so does a close. */
async function told() {
  const before = memory();
  let heard = 0;
  const { client, most } = await start(['flooding-server.mjs', 'notifications/message'], {
    notifications: {
      'notifications/message': () => {
        heard += 1;
      },
    },
  });
  const call = await client.request('tools/call', { name: 'any' }, { timeoutMs: 200 }).catch(({ name }) => name);
  const heardBefore = heard;
  const grownBytes = memory() - before;
  return { most: most(), call, heard: heardBefore, grownBytes, closed: await client.close() };
}

async function start([file, ...args], options = {}) {
  const channel = childChannel({
    command: process.execPath,
    args: [fileURLToPath(new URL(file, import.meta.url)), ...args],
    env: process.env,
    ladder,
    maxQueuedBytes: MAX_QUEUED_BYTES,
  });
  let most = 0;
  const send = channel.send.bind(channel);
  channel.send = (message) => {
    send(message);
    most = Math.max(most, channel.queued);
  };
  const client = await connect(channel, { info: { name: 'pressed-host', version: '1.0.0' }, ...options });
  return { client, channel, most: () => most };
}

function callAll(client, options, done = () => {}) {
  return Array.from({ length: CALLS }, (_, number) => {
    const call = client.request('tools/call', { name: 'any', arguments: { number, text } }, options);
    call.then(
      () => done(number),
      () => {},
    );
    return call;
  });
}

/** Until nothing more is taken from the queue, for a number of looks. */
async function idle(channel) {
  for (let same = 0, last = -1; same < 5; ) {
    same = channel.queued === last ? same + 1 : 0;
    last = channel.queued;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function memory() {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

// A host with many calls in flight when its session ends. Run with --expose-gc --unhandled-rejections=strict: half of its
// calls are dropped by whoever made them. Its plan is a JSON text; it prints one line of JSON, and exits by itself.
// usage: calls-host.mjs '{"server": ["hold", ...], "calls": 10000, "ending": "close", "rounds": 3}'
import { fileURLToPath } from 'node:url';
import { memoryPeers } from './memory-peers.mjs';
import { stdioServer } from './stdio-server.mjs';

const plan = JSON.parse(process.argv[2]);
const SERVER = fileURLToPath(new URL('taking-server.mjs', import.meta.url));
const connectTo = plan.transport === 'memory' ? memoryPeers : stdioServer;

// The streams of a process are made when they are first used, and stay. Loading modules leaves handles for a turn or two.
const streams = [process.stdout, process.stderr];
for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
const baseline = process.getActiveResourcesInfo();
const rounds = [];
const heapUsed = [];
for (let round = 0; round < plan.rounds; round += 1) {
  rounds.push(await play());
  heapUsed.push(await heapInUse());
}
streams[0].write(`${JSON.stringify({ baseline, rounds, heapUsed })}\n`);

/** One session, from its first byte to its end; gives back what was seen of it. */
async function play() {
  const seen = { told: {}, toldTwice: 0, handled: 0, handledAfterClosed: 0, phases: [], reports: 0 };
  const keys = new Set();
  const taps = {
    app({ kind, data }) {
      if (kind !== 'settled' || seen.closed !== undefined) return;
      if (keys.has(data.key)) seen.toldTwice += 1;
      keys.add(data.key);
      count(seen.told, `${data.outcome} ${data.sent}`);
    },
  };
  const { client, peer } = await connectTo({
    server: SERVER,
    plan,
    taps,
    onPhase: (phase) => seen.phases.push(`${phase} ${keys.size}`),
    onReport: () => {
      seen.reports += 1;
    },
  });
  let isClosed = false;
  const handled = () => {
    seen.handled += 1;
    if (isClosed) seen.handledAfterClosed += 1;
  };
  const closed = client.closed.then((how) => {
    isClosed = true;
    seen.toldAtClosed = keys.size;
    return how;
  });
  const calls = [];
  for (let number = 0; number < plan.calls; number += 1) {
    const call = client.request('tools/call', { name: 'wait', arguments: { number } });
    if (number % 2 === 0) call.then(handled, handled);
    calls.push(call);
  }
  await peer.hasAll;
  await end(client, peer, seen, () => keys.size);
  const { why, detail } = await closed;
  seen.closed = { why, detail };
  seen.settled = await tally(calls);
  seen.afterClosed = await tally([client.request('tools/call', { name: 'late' })]);
  seen.resources = await resourcesLeft();
  return seen;
}

/** Ends the session as the plan says, and notes what has settled before any turn of the event loop. */
async function end(client, peer, seen, told) {
  if (plan.ending === 'peer') {
    await peer.end();
    return;
  }
  const ends = [plan.ending === 'kill' ? client.kill() : client.close()];
  seen.toldInSameStep = told();
  // What settled in that step is handed on in one microtask: nothing of it may wait for IO.
  await null;
  seen.handledInSameTurn = seen.handled;
  if (plan.ending === 'closeTwice') ends.push(client.close());
  if (plan.ending === 'closeThenKill') ends.push(client.kill());
  const hows = await Promise.all(ends);
  seen.endsAgree = hows.every((how) => how === hows[0]);
}

/** How the promises of calls ended, by class and `sent`. */
async function tally(calls) {
  const counts = {};
  for (const { status, reason } of await Promise.allSettled(calls)) {
    count(counts, status === 'fulfilled' ? 'result' : `${reason.name} ${reason.sent}`);
  }
  return counts;
}

function count(counts, name) {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** What is active beside the baseline, once closing handles had some turns of the event loop; bounded. */
async function resourcesLeft() {
  let left = [];
  for (let turn = 0; turn < 200; turn += 1) {
    left = process.getActiveResourcesInfo().filter((name) => name !== 'Immediate');
    for (const name of baseline) if (left.includes(name)) left.splice(left.indexOf(name), 1);
    if (left.length === 0) return [];
    await new Promise((resolve) => setImmediate(resolve));
  }
  return left;
}

async function heapInUse() {
  for (let time = 0; time < 3; time += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}

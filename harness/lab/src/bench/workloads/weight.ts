import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { median } from '../statistics.js';
import { type BenchClient, readUsage } from '../subject.js';
import { scaled, type Workload } from '../workload.js';

/** Fewer drown in what else changes in a heap. */
const PAIRS = 300;
/** A server counts as idle this long after its handshake. */
const SETTLED_MS = 300;

const IMPORT_TIMER = fileURLToPath(new URL('import-timer.js', import.meta.url));

/** What it costs to have one at all, used or not. */
export const WEIGHT_WORKLOADS: readonly Workload[] = [importing(), idlePair(), idleServer()];

/** In a process of its own, what a stdio client imports. */
function importing(): Workload {
  return {
    id: 'weight.import',
    title: 'import of a client',
    figures: [
      { key: 'wall', unit: 'wall ms', better: 'less', goal: 18 },
      { key: 'cpu', unit: 'CPU ms', better: 'less' },
    ],
    async prepare({ clientModules }, size) {
      const once = (): { wall: number; cpu: number } =>
        JSON.parse(execFileSync(process.execPath, [IMPORT_TIMER, ...clientModules], { encoding: 'utf8' }));
      // The first reads the files from the disk.
      once();
      return {
        async sample() {
          const runs = Array.from({ length: scaled(3, size) }, once);
          return { wall: median(runs.map(({ wall }) => wall)), cpu: median(runs.map(({ cpu }) => cpu)) };
        },
        close: () => Promise.resolve(),
      };
    },
  };
}

function idlePair(): Workload {
  return {
    id: 'weight.pair',
    title: 'heap of an idle session, client and server in memory',
    figures: [{ key: 'kb', unit: 'kB', better: 'less', goal: 10 }],
    freshProcess: true,
    async prepare(subject) {
      const clients: BenchClient[] = [];
      const open = async (count: number) => {
        for (let index = 0; index < count; index += 1) clients.push(await subject.connectInMemory());
      };
      // What is compiled and cached with the first ones is no part of a session.
      await open(20);
      return {
        async sample() {
          const pairs = PAIRS;
          const before = await heapBytes();
          await open(pairs);
          return { kb: ((await heapBytes()) - before) / pairs / 1000 };
        },
        async close() {
          for (const client of clients) await client.close();
        },
      };
    },
  };
}

async function heapBytes(): Promise<number> {
  // What is due in microtasks and at once holds on to memory too.
  await sleep(10);
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function idleServer(): Workload {
  return {
    id: 'weight.server',
    title: 'memory of an idle server process',
    figures: [{ key: 'mb', unit: 'RSS MB', better: 'less', goal: 50 }],
    freshProcess: true,
    async prepare(subject) {
      const client = await subject.connectStdio(subject.serverCommand);
      return {
        async sample() {
          await sleep(SETTLED_MS);
          return { mb: (await readUsage(client)).rss / 1_000_000 };
        },
        close: () => client.close(),
      };
    },
  };
}

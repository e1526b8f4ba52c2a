import { calibrate, inLanes, measureCalls, settle } from '../lanes.js';
import type { BenchClient } from '../subject.js';
import { scaled, type Workload } from '../workload.js';

const PING = (client: BenchClient) => () => client.ping();
const CALL = (client: BenchClient) => () => client.call('echo', ECHOED);
const ECHOED = { text: 'The quick brown fox jumps over the lazy dog.' };

/** Requests between a client and a server in one process. */
export const MEMORY_WORKLOADS: readonly Workload[] = [
  requests('ping', PING, 1, { goal: 1.0 }),
  requests('ping', PING, 100, { fullOnly: true }),
  requests('ping', PING, 10_000, { goal: 2.2 }),
  requests('call', CALL, 1, { fullOnly: true }),
  requests('call', CALL, 100, {}),
  requests('call', CALL, 10_000, { fullOnly: true }),
  garbage(3),
];

function requests(
  what: string,
  callOf: (client: BenchClient) => () => Promise<unknown>,
  inFlight: number,
  { goal, fullOnly }: { readonly goal?: number; readonly fullOnly?: true },
): Workload {
  return {
    id: `memory.${what}.${inFlight}`,
    title: `${what} in memory, ${inFlight.toLocaleString('en')} in flight`,
    ...(fullOnly && { fullOnly }),
    figures: [
      { key: 'cpu', unit: 'CPU us', better: 'less', ...(goal === undefined ? {} : { goal }) },
      { key: 'wall', unit: 'wall us', better: 'less' },
    ],
    async prepare(subject, size) {
      const client = await subject.connectInMemory();
      const call = callOf(client);
      const count = await calibrate(call, inFlight, size);
      return {
        async sample() {
          await settle();
          const { cpuUs, wallUs } = await measureCalls(call, count, inFlight);
          return { cpu: cpuUs, wall: wallUs };
        },
        close: () => client.close(),
      };
    },
  };
}

/** What a ping leaves to the collector. The young generation is made so large that it is never collected meanwhile. */
function garbage(goal: number): Workload {
  return {
    id: 'memory.garbage',
    title: 'garbage of a ping in memory',
    figures: [{ key: 'kb', unit: 'kB', better: 'less', goal }],
    nodeArgs: ['--max-semi-space-size=256', '--min-semi-space-size=256'],
    async prepare(subject, size) {
      const client = await subject.connectInMemory();
      const count = scaled(5_000, size);
      const call = PING(client);
      await calibrate(call, 1, size);
      return {
        async sample() {
          globalThis.gc?.();
          await settle();
          const before = process.memoryUsage().heapUsed;
          await inLanes(call, count, 1);
          return { kb: (process.memoryUsage().heapUsed - before) / count / 1000 };
        },
        close: () => client.close(),
      };
    },
  };
}

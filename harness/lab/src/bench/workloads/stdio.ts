import { calibrate, cpuSince, measureCalls, settle } from '../lanes.js';
import { percentile } from '../statistics.js';
import { readUsage } from '../subject.js';
import type { Workload } from '../workload.js';

const ECHOED = { text: 'The quick brown fox jumps over the lazy dog.' };

/** Requests to a child process: the subject's own client and its own server. */
export const STDIO_WORKLOADS: readonly Workload[] = [throughput('ping'), throughput('call'), roundTrip()];

function throughput(what: 'ping' | 'call'): Workload {
  const inFlight = 100;
  const isPing = what === 'ping';
  return {
    id: `stdio.${what}.${inFlight}`,
    title: `${what} over stdio, ${inFlight} in flight`,
    ...(!isPing && { fullOnly: true }),
    figures: [
      { key: 'cpu', unit: 'client + server CPU us', better: 'less', ...(isPing && { goal: 5 }) },
      { key: 'client', unit: 'client CPU us', better: 'less' },
      { key: 'rate', unit: 'requests/s', better: 'more', ...(isPing && { goal: 200_000 }) },
    ],
    async prepare(subject, size) {
      const client = await subject.connectStdio(subject.serverCommand);
      const call = isPing ? () => client.ping() : () => client.call('echo', ECHOED);
      const count = await calibrate(call, inFlight, size);
      return {
        async sample() {
          await settle();
          const before = (await readUsage(client)).cpu;
          const { cpuUs, wallUs } = await measureCalls(call, count, inFlight);
          const after = (await readUsage(client)).cpu;
          const server = (after.user + after.system - before.user - before.system) / count;
          return { cpu: cpuUs + server, client: cpuUs, rate: 1_000_000 / wallUs };
        },
        close: () => client.close(),
      };
    },
  };
}

function roundTrip(): Workload {
  return {
    id: 'stdio.ping.1',
    title: 'round trip of a ping over stdio',
    figures: [
      { key: 'p10', unit: 'wall us, p10', better: 'less', goal: 19 },
      { key: 'p50', unit: 'wall us, p50', better: 'less' },
      { key: 'cpu', unit: 'client CPU us', better: 'less' },
    ],
    async prepare(subject, size) {
      const client = await subject.connectStdio(subject.serverCommand);
      const count = await calibrate(() => client.ping(), 1, size);
      return {
        async sample() {
          const tookUs = new Float64Array(count);
          await settle();
          const cpu = process.cpuUsage();
          for (let index = 0; index < count; index += 1) {
            const began = performance.now();
            await client.ping();
            tookUs[index] = (performance.now() - began) * 1000;
          }
          const cpuUs = cpuSince(cpu) / count;
          return { p10: percentile(tookUs, 10), p50: percentile(tookUs, 50), cpu: cpuUs };
        },
        close: () => client.close(),
      };
    },
  };
}

import { cpuSince, settle } from '../lanes.js';
import { subject as floor } from '../subjects/floor.js';
import { scaled, type Workload } from '../workload.js';

/** Progress notices ahead of a result. */
export const PROGRESS_WORKLOADS: readonly Workload[] = [flood(), kept()];

/** One server for all, the floor's: it writes as fast as it can, and only the clients differ. */
function flood(): Workload {
  return {
    id: 'progress.flood',
    title: 'flood of progress over stdio',
    figures: [
      { key: 'cpu', unit: 'client CPU us a notice', better: 'less', goal: 1.7 },
      { key: 'kept', unit: '% heard before the result', better: 'more', goal: 100 },
    ],
    async prepare(subject, size) {
      const count = scaled(20_000, size);
      const client = await subject.connectStdio(floor.serverCommand);
      const sample = async () => {
        let heard = 0;
        await settle();
        const cpu = process.cpuUsage();
        await client.call('flood', { count }, () => {
          heard += 1;
        });
        return { cpu: cpuSince(cpu) / count, kept: (100 * heard) / count };
      };
      for (let warmUp = 0; warmUp < 3; warmUp += 1) await sample();
      return { sample, close: () => client.close() };
    },
  };
}

/** A short burst is where notices are lost: the result is in the same piece of the stream. */
function kept(): Workload {
  const notices = 10;
  return {
    id: 'progress.kept',
    title: `${notices} progress notices and a result, own client and server`,
    figures: [
      { key: 'kept', unit: '% heard before the result', better: 'more', goal: 100 },
      { key: 'whole', unit: '% of calls that heard all', better: 'more', goal: 100 },
    ],
    async prepare(subject, size) {
      const calls = scaled(200, size);
      const client = await subject.connectStdio(subject.serverCommand);
      return {
        async sample() {
          let heard = 0;
          let whole = 0;
          for (let call = 0; call < calls; call += 1) {
            const result = { open: true, heard: 0 };
            await client.call('flood', { count: notices }, () => {
              if (result.open) result.heard += 1;
            });
            result.open = false;
            heard += result.heard;
            if (result.heard === notices) whole += 1;
          }
          return { kept: (100 * heard) / (calls * notices), whole: (100 * whole) / calls };
        },
        close: () => client.close(),
      };
    },
  };
}

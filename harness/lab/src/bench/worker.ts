// A process that measures one workload on one subject, told what to do over IPC. It ends with its parent.
import { loadModule } from './load-module.js';
import type { Subject } from './subject.js';
import type { Order, Reply } from './worker-messages.js';
import type { Prepared } from './workload.js';
import { WORKLOADS } from './workloads/all.js';

let prepared: Prepared | undefined;

process.once('disconnect', () => process.exit());
process.on('message', async (order: Order) => {
  const reply = await obey(order).catch((error: unknown): Reply => {
    return { kind: 'failed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  });
  process.send?.(reply, () => {
    if (order.kind === 'close') process.exit();
  });
});

async function obey(order: Order): Promise<Reply> {
  if (order.kind === 'prepare') {
    const workload = WORKLOADS.find(({ id }) => id === order.workloadId);
    if (workload === undefined) throw new Error(`no such workload: ${order.workloadId}`);
    const { subject } = (await loadModule(order.subjectUrl)) as { readonly subject: Subject };
    prepared = await workload.prepare(subject, order.size);
    return { kind: 'done' };
  }
  if (order.kind === 'sample') {
    if (prepared === undefined) throw new Error('nothing is prepared');
    return { kind: 'sample', sample: await prepared.sample() };
  }
  await prepared?.close();
  return { kind: 'done' };
}

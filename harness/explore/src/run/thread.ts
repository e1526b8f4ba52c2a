import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { ExploreProgress } from '../engine/explore.js';
import type { Configuration } from '../exploration.js';
import type { Tool } from './account.js';
import { exploreConfiguration } from './explore-configuration.js';
import type { ConfigurationReport } from './report.js';
import type { ExploreOne } from './run-explorations.js';

/** What a thread is asked for: a configuration by its name, since functions cannot be handed over. */
interface Order {
  readonly id: string;
  readonly tool: Tool;
  readonly maxStates: number | undefined;
}

type Message =
  | { readonly kind: 'progress'; readonly progress: ExploreProgress }
  | { readonly kind: 'report'; readonly report: ConfigurationReport };

/**
 * Explores each configuration in a thread of its own, and its memory goes with the thread.
 *
 * @param entry a module that calls {@link serveThread} with the configurations it is asked for
 */
export function inThread(entry: URL): ExploreOne {
  return ({ id }, { tool, maxStates, onProgress }) =>
    new Promise((resolve, reject) => {
      // Without the options of this process: it may run on sources, which a thread cannot.
      const thread = new Worker(entry, { workerData: { id, tool, maxStates } satisfies Order, execArgv: [] });
      thread.on('message', (message: Message) => {
        if (message.kind === 'progress') onProgress?.(id, message.progress);
        else resolve(message.report);
      });
      thread.on('error', reject);
      thread.on('exit', (code) => reject(new Error(`its thread ended with ${code} and told nothing`)));
    });
}

/** Explores each of our own configurations in a thread of its own. It has to be built: threads know nothing but JavaScript. */
export const inOwnThread: ExploreOne = inThread(new URL('./worker.js', import.meta.url));

/** Does what this thread was started for. @throws Error for a configuration that is not there */
export function serveThread(configurations: readonly Configuration[]): void {
  const { id, tool, maxStates } = workerData as Order;
  const configuration = configurations.find((one) => one.id === id);
  if (configuration === undefined) throw new Error(`no such configuration: ${id}`);
  const send = (message: Message): void => parentPort?.postMessage(message);
  const report = exploreConfiguration(configuration, tool, {
    onProgress: (progress) => send({ kind: 'progress', progress }),
    ...(maxStates === undefined ? {} : { maxStates }),
  });
  send({ kind: 'report', report });
}

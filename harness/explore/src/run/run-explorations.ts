import type { ExploreProgress } from '../engine/explore.js';
import type { Configuration } from '../exploration.js';
import type { Tool } from './account.js';
import { failedReport } from './explore-configuration.js';
import type { ConfigurationReport } from './report.js';

/** How several configurations are explored. */
export interface RunOptions {
  readonly tool: Tool;
  /** How many are explored side by side. */
  readonly jobs: number;
  /** Where one stops that has not come to an end; the last state that it looks at may add a few. */
  readonly maxStates?: number;
  readonly onStart?: (id: string) => void;
  readonly onProgress?: (id: string, progress: ExploreProgress) => void;
  /** Called as soon as one is done, in the order of the configurations. */
  readonly onReport?: (report: ConfigurationReport) => void;
}

/** Explores one configuration, wherever that is. What goes wrong there is told by rejecting. */
export type ExploreOne = (configuration: Configuration, options: RunOptions) => Promise<ConfigurationReport>;

/**
 * Explores configurations, some of them side by side.
 *
 * @returns what each showed, in their order; one that cannot be explored is reported as failed
 */
export async function runExplorations(
  configurations: readonly Configuration[],
  options: RunOptions,
  exploreOne: ExploreOne,
): Promise<readonly ConfigurationReport[]> {
  const done = new Map<Configuration, ConfigurationReport>();
  const told: ConfigurationReport[] = [];
  const waiting = [...configurations];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      options.onStart?.(next.id);
      done.set(next, await attempt(next, options, exploreOne));
      tellInOrder();
    }
  };
  const tellInOrder = (): void => {
    for (const next of configurations.slice(told.length)) {
      const report = done.get(next);
      if (report === undefined) return;
      told.push(report);
      options.onReport?.(report);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, work));
  return told;
}

async function attempt(
  configuration: Configuration,
  options: RunOptions,
  exploreOne: ExploreOne,
): Promise<ConfigurationReport> {
  try {
    return await exploreOne(configuration, options);
  } catch (error) {
    return failedReport(configuration, error);
  }
}

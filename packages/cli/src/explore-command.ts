import type { Command } from 'commander';
import type { ExploreInvocation, ExploreListInvocation } from './invocation.js';
import { configValue, jobsValue, maxStatesValue, pathValue } from './option-values.js';
import { UsageError } from './usage-error.js';

/** How many configurations are explored side by side unless one says otherwise. */
const JOBS = 2;

const EXAMPLES = `
Examples:
  mcp-lifeline explore --list
  mcp-lifeline explore
  mcp-lifeline explore --config handshake --traces traces

Exit codes:
  0  everything was explored, and all of it holds      2  bad usage
  1  a property is violated, or has no witness in      4  nothing was found, but not everything was explored
     any configuration (without --config)                 (--max-states), or an error of mcp-lifeline's own
`;

interface ExploreOptions {
  readonly config?: readonly string[];
  readonly large?: true;
  readonly list?: true;
  readonly maxStates?: number;
  readonly json?: string;
  readonly traces?: string;
  readonly jobs: number;
}

/**
 * Adds `explore` to the program.
 * @param command what stands behind `--`, or null
 * @param settle called with what was asked for
 */
export function addExploreCommand(
  program: Command,
  command: readonly string[] | null,
  settle: (invocation: ExploreInvocation | ExploreListInvocation) => void,
): void {
  program
    .command('explore')
    .summary('model-check the core itself')
    .description(
      'Walks through every state that the core of mcp-lifeline can come into within stated bounds, and tells what holds in all of them.',
    )
    .option(
      '--config <IDS>',
      'explore these configurations alone: ids, separated by commas; --list shows them',
      configValue,
    )
    .option(
      '--large',
      'explore the configurations with larger bounds, which takes long, and memory: --max-states stops them',
    )
    .option('--list', 'show the configurations and their bounds, and explore nothing')
    .option('--max-states <N>', 'stop a configuration that has more states; nothing is proven then', maxStatesValue)
    .option('--jobs <N>', 'explore N configurations side by side', jobsValue, JOBS)
    .option('--json <FILE>', 'write the JSON report; - is stdout, and nothing else goes there', (value) =>
      pathValue('--json', value, true),
    )
    .option('--traces <DIR>', 'write a trace of each violation (JSON Lines)', (value) => pathValue('--traces', value))
    .helpOption('--help', 'print this')
    .addHelpText('after', EXAMPLES)
    .action((options: ExploreOptions) => {
      if (command !== null) throw new UsageError('explore starts no server: leave out what begins with --');
      if (options.config !== undefined && options.large === true) {
        throw new UsageError(
          '--config and --large do not go together: name the configurations, or take all large ones',
        );
      }
      settle(options.list === true ? listInvocation(options) : exploreInvocation(options));
    });
}

function listInvocation({ config, large, json }: ExploreOptions): ExploreListInvocation {
  return { kind: 'exploreList', configs: config ?? null, isLarge: large === true, json: json ?? null };
}

function exploreInvocation({ config, large, maxStates, json, traces, jobs }: ExploreOptions): ExploreInvocation {
  return {
    kind: 'explore',
    configs: config ?? null,
    isLarge: large === true,
    maxStates: maxStates ?? null,
    json: json ?? null,
    traces: traces ?? null,
    jobs,
  };
}

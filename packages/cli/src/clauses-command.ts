import type { Revision } from '@mcp-lifeline/specs';
import type { Command } from 'commander';
import type { ClausesInvocation, DifferenceInvocation } from './invocation.js';
import { diffValue, oneRevisionValue, pathValue } from './option-values.js';
import { UsageError } from './usage-error.js';

interface ClausesOptions {
  readonly revision?: Revision;
  readonly unjudged?: true;
  readonly json?: string;
  readonly summary?: true;
  readonly diff?: readonly Revision[];
}

/**
 * Adds `clauses [ID]` to the program.
 * @param command what stands behind `--`, or null
 * @param settle called with what was asked for
 */
export function addClausesCommand(
  program: Command,
  command: readonly string[] | null,
  settle: (invocation: ClausesInvocation | DifferenceInvocation) => void,
): void {
  program
    .command('clauses')
    .summary('show the clauses and what judges each')
    .description(
      'Shows the clauses of the specification, paraphrased, and what judges each of them, or why nothing does: checks of servers, and invariants over the trace of a client.',
    )
    .argument('[ID]', 'a clause (2025-11-25/ping/respond), its name in every revision (ping/respond), or a revision')
    .option('--revision <DATE>', 'the clauses of this revision alone', oneRevisionValue)
    .option('--unjudged', 'only the clauses that nothing judges')
    .option('--json <FILE>', 'write them as JSON; - is stdout, and nothing else goes there', (value) =>
      pathValue('--json', value, true),
    )
    .option('--summary', 'only how many there are of each page, judged, excluded, and neither')
    .option('--diff <REVISION...>', 'how the second revision differs from the first', diffValue)
    .helpOption('--help', 'print this')
    .action((of: string | undefined, options: ClausesOptions) => {
      if (command !== null) throw new UsageError('clauses starts no server: leave out what begins with --');
      if (of !== undefined && of.trim() === '') throw new UsageError('clauses needs an id or a revision, or nothing');
      settle(options.diff === undefined ? clausesInvocation(of, options) : differenceInvocation(of, options));
    });
}

function clausesInvocation(of: string | undefined, options: ClausesOptions): ClausesInvocation {
  const { revision, unjudged, json, summary } = options;
  if (summary === true && json !== undefined) throw new UsageError('--summary and --json do not go together');
  if (summary === true && unjudged === true) throw new UsageError('--summary and --unjudged do not go together');
  return {
    kind: 'clauses',
    of: of ?? null,
    revision: revision ?? null,
    unjudged: unjudged === true,
    json: json ?? null,
    isSummary: summary === true,
  };
}

function differenceInvocation(of: string | undefined, options: ClausesOptions): DifferenceInvocation {
  const { diff = [], revision, unjudged, json, summary } = options;
  const isAlone = [of, revision, unjudged, json, summary].every((other) => other === undefined);
  if (!isAlone) throw new UsageError('--diff goes with no other option, and with no id');
  const [from, to, ...others] = diff;
  if (from === undefined || to === undefined || others.length > 0) {
    throw new UsageError('--diff needs two revisions: clauses --diff 2025-06-18 2025-11-25');
  }
  return { kind: 'difference', from, to };
}

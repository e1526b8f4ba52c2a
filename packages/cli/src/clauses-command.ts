import type { Revision } from '@mcp-lifeline/specs';
import type { Command } from 'commander';
import type { ClausesInvocation } from './invocation.js';
import { oneRevisionValue } from './option-values.js';
import { UsageError } from './usage-error.js';

interface ClausesOptions {
  readonly revision?: Revision;
  readonly unjudged?: true;
}

/**
 * Adds `clauses [ID]` to the program.
 * @param command what stands behind `--`, or null
 * @param settle called with what was asked for
 */
export function addClausesCommand(
  program: Command,
  command: readonly string[] | null,
  settle: (invocation: ClausesInvocation) => void,
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
    .helpOption('--help', 'print this')
    .action((of: string | undefined, { revision, unjudged }: ClausesOptions) => {
      if (command !== null) throw new UsageError('clauses starts no server: leave out what begins with --');
      if (of !== undefined && of.trim() === '') throw new UsageError('clauses needs an id or a revision, or nothing');
      settle({ kind: 'clauses', of: of ?? null, revision: revision ?? null, unjudged: unjudged === true });
    });
}

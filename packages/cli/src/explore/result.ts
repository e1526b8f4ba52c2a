import type { ConfigurationReport, Status } from '@mcp-lifeline/explore';

/** What a run of the command came to. */
export interface Result {
  readonly reports: readonly ConfigurationReport[];
  readonly seconds: number;
  /** Whether all configurations of a size were explored: only then is a witness missing that none of them has. */
  readonly areAll: boolean;
}

/** All figures together. A property counts once, however many configurations it is judged in. */
export interface Totals {
  readonly states: number;
  readonly edges: number;
  readonly properties: number;
  /** Those that hold wherever they were judged, and that were seen to apply somewhere. */
  readonly holding: number;
  /** Those that are violated anywhere. */
  readonly violated: number;
  /** Configurations that were not explored to their end. */
  readonly unfinished: number;
}

/** Adds up what all configurations came to. */
export function totalsOf(reports: readonly ConfigurationReport[]): Totals {
  const statuses = statusesOf(reports);
  const isHolding = (seen: ReadonlySet<Status>): boolean =>
    seen.has('holds') && !seen.has('violated') && !seen.has('undecided');
  return {
    states: reports.reduce((sum, { size }) => sum + size.states, 0),
    edges: reports.reduce((sum, { size }) => sum + size.edges, 0),
    properties: statuses.length,
    holding: statuses.filter(isHolding).length,
    violated: statuses.filter((seen) => seen.has('violated')).length,
    unfinished: reports.filter(({ ending }) => ending !== 'fixpoint').length,
  };
}

/** What was found of each property, in any configuration. */
function statusesOf(reports: readonly ConfigurationReport[]): readonly ReadonlySet<Status>[] {
  const all = new Map<string, Set<Status>>();
  for (const { kind, id, status } of reports.flatMap(({ properties }) => properties)) {
    const key = `${kind} ${id}`;
    const seen = all.get(key) ?? new Set();
    all.set(key, seen.add(status));
  }
  return [...all.values()];
}

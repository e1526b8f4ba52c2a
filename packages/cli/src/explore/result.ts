import type { ConfigurationReport } from '@mcp-lifeline/explore';

/** What a run of the command came to. */
export interface Result {
  readonly reports: readonly ConfigurationReport[];
  readonly seconds: number;
  /** Whether all configurations of a size were explored: only then is a witness missing that none of them has. */
  readonly areAll: boolean;
}

/** All figures together. A property counts once for each configuration that it is judged in. */
export interface Totals {
  readonly states: number;
  readonly edges: number;
  readonly properties: number;
  readonly holding: number;
  readonly violated: number;
  /** Configurations that were not explored to their end. */
  readonly unfinished: number;
}

/** Adds up what all configurations came to. */
export function totalsOf(reports: readonly ConfigurationReport[]): Totals {
  const properties = reports.flatMap((report) => report.properties);
  return {
    states: reports.reduce((sum, { size }) => sum + size.states, 0),
    edges: reports.reduce((sum, { size }) => sum + size.edges, 0),
    properties: properties.length,
    holding: properties.filter(({ status }) => status === 'holds').length,
    violated: properties.filter(({ status }) => status === 'violated').length,
    unfinished: reports.filter(({ ending }) => ending !== 'fixpoint').length,
  };
}

import type { ConfigurationReport, PropertyReport } from './report.js';

/**
 * `fail`: something is violated or threw, or has no witness in anything that was explored. `error`: nothing of that, but
 * something was not explored to its end, so that nothing is proven.
 */
export type Verdict = 'pass' | 'fail' | 'error';

/**
 * What the configurations that were explored come to.
 *
 * @param areAll whether they are all there are: only then is a witness missing that none of them has
 */
export function verdictOf(reports: readonly ConfigurationReport[], areAll: boolean): Verdict {
  const isBroken = ({ ending, properties }: ConfigurationReport): boolean =>
    ending === 'thrown' || properties.some(({ status }) => status === 'violated');
  if (reports.some(isBroken) || (areAll && unwitnessed(reports).length > 0)) return 'fail';
  return reports.length > 0 && reports.every(({ ending }) => ending === 'fixpoint') ? 'pass' : 'error';
}

/**
 * The properties that what they are about was never seen of, in no configuration.
 *
 * One may be out of reach within the bounds of one configuration; then another must show it. Where one was not explored to its
 * end, it might have.
 */
export function unwitnessed(reports: readonly ConfigurationReport[]): readonly PropertyReport[] {
  const all = reports.flatMap(({ properties }) => properties);
  const others = new Set(all.filter(({ status }) => status !== 'unwitnessed').map(keyOf));
  const first = new Map(all.filter((one) => !others.has(keyOf(one))).map((one) => [keyOf(one), one]));
  return [...first.values()];
}

function keyOf({ kind, id }: PropertyReport): string {
  return `${kind} ${id}`;
}

import { countRows, type Status } from '@mcp-lifeline/check';
import { isRevision } from '@mcp-lifeline/specs';
import type { Outcome, OutcomeRow } from '../expect/outcome.js';
import { labelOf, paintOf, saidOf } from './row-lines.js';
import { GLYPHS, type Style } from './style.js';
import { clip } from './text.js';
import type { View } from './view.js';

/** The revisions beside the one that is shown in full, newest first: a line each, and one for whatever differs. */
export function otherRevisionLines(
  result: Outcome,
  main: readonly OutcomeRow[],
  others: readonly OutcomeRow[],
  view: View,
): readonly string[] {
  const revisions = [...new Set(others.map(({ revision }) => revision))].sort().reverse();
  if (revisions.length === 0) return [];
  const isCounted = revisions.some((revision) => result.counted.includes(revision));
  return [
    view.style.bold(isCounted ? 'other revisions' : 'other revisions, which do not count'),
    ...revisions.flatMap((revision) => {
      const rows = others.filter((row) => row.revision === revision);
      return revisionLines(revision, rows, result, main, view);
    }),
  ];
}

/** Whether two rows of a check say the same; how long something took is no difference. */
export function sameRow(a: OutcomeRow, b: OutcomeRow): boolean {
  return a.id === b.id && labelOf(a) === labelOf(b) && untimed(saidOf(a)) === untimed(saidOf(b));
}

/** What is wrong comes first, then what is not. */
const TOLD: readonly Status[] = ['fail', 'warn', 'error', 'pass', 'note', 'unobserved'];

/** Such as `1 fail, 2 known warn, 12 pass, 1 note`. */
export function countsText(rows: readonly OutcomeRow[]): string {
  const counts = countRows(rows.filter(({ excusedBy }) => excusedBy === undefined));
  const known = countRows(rows.filter(({ excusedBy }) => excusedBy !== undefined));
  const told = TOLD.flatMap((status) => [
    ...(counts[status] > 0 ? [`${counts[status]} ${status}`] : []),
    ...(known[status] > 0 ? [`${known[status]} known ${status}`] : []),
  ]);
  return told.length === 0 ? 'nothing to judge' : told.join(', ');
}

function revisionLines(
  revision: string,
  rows: readonly OutcomeRow[],
  result: Outcome,
  main: readonly OutcomeRow[],
  { style }: View,
): readonly string[] {
  const isSpoken = result.revisions.some((spoken) => spoken === revision);
  const [first] = rows;
  if (isRevision(revision) && !isSpoken && first !== undefined) {
    const said = saidOf(first).replace(`the server does not speak ${revision}`, 'not spoken');
    return [`  ${style.dim(clip(`${revision}  ${said}`, style.width - 2))}`];
  }
  const news = rows.filter(({ status }) => status !== 'pass').filter((row) => !isKnown(row, main));
  if (rows.length === 1 && news[0] !== undefined) return [`  ${revision}  ${oneLine(news[0], style)}`];
  const known = rows.filter((row) => row.status !== 'pass' && isKnown(row, main)).length;
  const suffix = news.length === 0 && known > 0 ? `, as in ${main[0]?.revision}` : '';
  return [
    `  ${revision}  ${style.plain(countsText(rows) + suffix)}`,
    ...news.map((row) => `${' '.repeat(INDENT)}${oneLine(row, style)}`),
  ];
}

/** Where the text behind a revision begins. */
const INDENT = 14;

function oneLine(row: OutcomeRow, style: Style): string {
  const text = clip(`${row.id}  ${labelOf(row)}: ${saidOf(row)}`, style.width - INDENT - 2);
  return paintOf(row, style)(`${GLYPHS[row.status]} ${text}`);
}

function isKnown(row: OutcomeRow, main: readonly OutcomeRow[]): boolean {
  return main.some((other) => sameRow(other, row));
}

function untimed(text: string): string {
  return text.replace(/\d+\.\d+ s\b/g, '… s');
}

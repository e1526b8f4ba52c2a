import type { Status } from '@mcp-lifeline/check';
import type { Outcome, OutcomeRow } from '../expect/outcome.js';
import { detailLines } from './details.js';
import { headerLines } from './header.js';
import { noHandshakeLines } from './no-handshake.js';
import { otherRevisionLines, sameRow } from './other-revisions.js';
import { rowLines } from './row-lines.js';
import { staleLines } from './stale-lines.js';
import { summaryLine } from './summary.js';
import type { View } from './view.js';

/** What is told about at length. */
const FAULTS: readonly Status[] = ['fail', 'warn'];

/** The whole result for people, with a newline at its end. */
export function terminalReport(result: Outcome, view: View): string {
  const main = mainRevision(result);
  const rows = result.rows.filter(({ revision }) => revision === main);
  const others = result.rows.filter(({ revision }) => revision !== main);
  const blocks =
    result.verdict === 'no-handshake'
      ? [headerLines(result, view), noHandshakeLines(result, view)]
      : [
          headerLines(result, view),
          rows.length === 0 ? [] : [view.style.bold(mainTitle(result, main)), ...rowLines(rows, view)],
          ...faultsOf(rows, others).map((row) => detailLines(row, result, view)),
          otherRevisionLines(result, rows, others, view),
          staleLines(result, view),
          hintLines(result, view),
        ];
  const lines = blocks.filter((block) => block.length > 0).flatMap((block) => [...block, '']);
  return [...lines, summaryLine(result, view), ''].join('\n');
}

/** The revision that is shown row by row: the preferred one, or the newest that counts when it does not. */
function mainRevision({ preferred, counted }: Outcome): string | undefined {
  return preferred !== null && counted.includes(preferred) ? preferred : counted.at(-1);
}

function mainTitle({ preferred }: Outcome, main: string | undefined): string {
  return main === preferred ? `${main}, the revision it prefers` : `${main}`;
}

/** What is broken, once each: another revision that shows the same is told as such. */
function faultsOf(rows: readonly OutcomeRow[], others: readonly OutcomeRow[]): readonly OutcomeRow[] {
  const faults = rows.filter(isFault);
  const newestFirst = others.filter(isFault).reverse();
  for (const row of newestFirst) if (!faults.some((known) => sameRow(known, row))) faults.push(row);
  return faults;
}

/** What is known and excused needs no telling at length. */
function isFault({ status, excusedBy }: OutcomeRow): boolean {
  return FAULTS.includes(status) && excusedBy === undefined;
}

function hintLines({ rows, runs }: Outcome, { style, traceOf }: View): readonly string[] {
  const hasFaults = rows.some(isFault);
  const keepsTraces = runs.some(({ id }) => traceOf(id) !== undefined);
  return hasFaults && !keepsTraces ? [style.dim('--traces DIR keeps every message of every run.')] : [];
}

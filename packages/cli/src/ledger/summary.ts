import type { Style } from '../report/style.js';
import { isJudged, type Standing } from './ledger.js';

/** How many clauses of a page, or of all pages of a revision, are judged, excluded, and neither. */
export interface PageCount {
  readonly revision: string;
  /** Null for all of them. */
  readonly page: string | null;
  readonly clauses: number;
  readonly judged: number;
  readonly excluded: number;
  readonly neither: number;
}

/** The counts of each revision: page by page, and then together. */
export function countPages(all: readonly Standing[]): readonly PageCount[] {
  const revisions = [...new Set(all.map(({ clause }) => clause.revision))];
  return revisions.flatMap((revision) => {
    const own = all.filter(({ clause }) => clause.revision === revision);
    const pages = [...new Set(own.map(({ clause }) => clause.page))];
    return [...pages, null].map((page) => {
      const counted = own.filter(({ clause }) => page === null || clause.page === page);
      return { revision, page, ...counts(counted) };
    });
  });
}

/** The same as a table, a line a page. */
export function summaryText(all: readonly Standing[], style: Style): string {
  const rows = countPages(all);
  const width = Math.max(...rows.map(({ page }) => (page ?? ALL).length));
  const line = (revision: string, page: string, cells: readonly string[]): string =>
    [revision.padEnd(10), page.padEnd(width), ...cells.map((cell) => cell.padStart(8))].join('  ');
  const head = style.bold(line('revision', 'page', ['clauses', 'judged', 'excluded', 'neither', 'share']));
  const body = rows.map(({ revision, page, clauses, judged, excluded, neither }) => {
    const percent = `${Math.round((judged / clauses) * 100)} %`;
    const text = line(revision, page ?? ALL, [...[clauses, judged, excluded, neither].map(String), percent]);
    return page === null ? style.bold(text) : style.plain(text);
  });
  return `${[head, ...body].join('\n')}\n`;
}

const ALL = 'all pages';

function counts(standings: readonly Standing[]): Pick<PageCount, 'clauses' | 'judged' | 'excluded' | 'neither'> {
  const judged = standings.filter(isJudged).length;
  const excluded = standings.filter((one) => !isJudged(one) && one.reason !== undefined).length;
  return { clauses: standings.length, judged, excluded, neither: standings.length - judged - excluded };
}

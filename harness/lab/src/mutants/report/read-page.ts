import type { Subject } from '../mutant.js';

/** What a page of mutants tells. */
export interface MutantsPage {
  /** Rows of the first table: what is changed, and how many mutants of it there were, were equivalent, were alive. */
  readonly counts: ReadonlyMap<
    Subject,
    { readonly mutants: number; readonly equivalent: number; readonly alive: number }
  >;
  /** The names of those that were alive. */
  readonly alive: readonly string[];
  readonly equivalent: readonly string[];
}

/** Reads the page that `mutantsPage` writes. */
export function readPage(text: string): MutantsPage {
  const [, becameOfThem = '', , alive = '', equivalent = ''] = text.split(/^## .*$/m);
  const rows = becameOfThem.split('\n').flatMap((line) => (line.startsWith('| `') ? [cellsOf(line)] : []));
  return {
    counts: new Map(
      rows.map(([subject = '', , mutants, ...rest]) => [
        subject.replaceAll('`', '') as Subject,
        { mutants: Number(mutants), equivalent: Number(rest.at(-2)), alive: Number(rest.at(-1)) },
      ]),
    ),
    alive: namesIn(alive),
    equivalent: namesIn(equivalent),
  };
}

function cellsOf(row: string): readonly string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function namesIn(section: string): readonly string[] {
  return [...section.matchAll(/^- `([^`]+)`/gm)].map(([, name = '']) => name);
}

import { type Clause, clausesOf, type Revision } from '@mcp-lifeline/specs';
import type { Style } from '../report/style.js';
import { wrap } from '../report/text.js';

/** How the clauses of one revision differ from those of another, by their names. */
interface Difference {
  readonly added: readonly Clause[];
  readonly removed: readonly Clause[];
  readonly changed: readonly { readonly before: Clause; readonly after: Clause; readonly what: readonly Changing[] }[];
}

/** What of a statement may change under its name. */
type Changing = (typeof CHANGING)[number];

const CHANGING = ['level', 'role', 'text'] as const;

/** Compares two revisions. Where a statement stands does not count. */
function differenceOf(from: Revision, to: Revision): Difference {
  const before = new Map(clausesOf(from).map((clause) => [clause.name, clause]));
  const after = new Map(clausesOf(to).map((clause) => [clause.name, clause]));
  return {
    added: [...after.values()].filter(({ name }) => !before.has(name)),
    removed: [...before.values()].filter(({ name }) => !after.has(name)),
    changed: [...after.values()].flatMap((clause) => {
      const old = before.get(clause.name);
      const what = old === undefined ? [] : CHANGING.filter((field) => old[field] !== clause[field]);
      return old === undefined || what.length === 0 ? [] : [{ before: old, after: clause, what }];
    }),
  };
}

/** The same for people. */
export function differenceText(from: Revision, to: Revision, style: Style): string {
  const { added, removed, changed } = differenceOf(from, to);
  const title = `from ${from} to ${to}: ${added.length} added, ${removed.length} removed, ${changed.length} changed`;
  const blocks = [
    [style.bold(title)],
    ...added.map((clause) => wholeLines('+', clause, style, style.good)),
    ...removed.map((clause) => wholeLines('-', clause, style, style.bad)),
    ...changed.map(({ before, after, what }) => [
      style.doubtful(`~ ${after.name}`),
      ...what.flatMap((field) => changeLines(field, before[field], after[field], style)),
    ]),
  ];
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}

function wholeLines(
  mark: string,
  { name, level, role, text }: Clause,
  style: Style,
  paint: (text: string) => string,
): readonly string[] {
  const body = wrap(text, style.width - 4).map((line) => `    ${style.plain(line)}`);
  return [`${paint(`${mark} ${name}`)}  ${level}, ${role}`, ...body];
}

function changeLines(field: Changing, before: string, after: string, style: Style): readonly string[] {
  if (field !== 'text') return [`    ${field}: ${before} -> ${after}`];
  const lines = (mark: string, text: string): readonly string[] =>
    wrap(text, style.width - 6).map((line, index) => `    ${index === 0 ? mark : ' '} ${style.plain(line)}`);
  return [...lines('-', before), ...lines('+', after)];
}

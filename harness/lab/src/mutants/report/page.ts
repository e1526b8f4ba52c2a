import { markdownTable } from '../../bench/report/markdown.js';
import { KILLERS } from '../judge.js';
import type { Subject } from '../mutant.js';
import type { Verdict } from '../run/judge-all.js';
import { SUBJECTS } from './subjects.js';

/** All verdicts as the page that is committed. */
export function mutantsPage(verdicts: readonly Verdict[]): string {
  return `# Mutants

Written by \`pnpm verify\`: change the mutants, not this page. A mutant is our core with one thing wrong. \`pnpm mutants\` judges
them anew, \`pnpm mutants --only client\` some of them.

- The mutants of the machines are made of their literals: each transition dropped, led to every other state and nowhere, and
  tried after the next; each guard dropped and negated; each action dropped, repeated, exchanged with its neighbour, given every
  other parameter; each \`after\` and each tag dropped, each two delays exchanged, each initial state changed. Those
  of the sources are edits, listed with what they would break in \`harness/lab/src/mutants/source/edits\`.
- _rejected_: refused before it lived, by the check of machines when they are loaded.
- _killed_: found out by what must hold of any core, whoever wrote it: schedules on a virtual clock; random schedules against a
  reference; long sessions, which must not grow; what can be asked of a session; the rules that the explorer carries along, over one
  core in every state that its surroundings can bring it to; the explorer itself. Neither snapshots nor unit tests count. Each
  mutant counts for the first that found it, in the order of the columns: a later one may have found it as well.
- _equivalent_: explored side by side with the original, state by state, with every input in every state, possible or not, until no
  new pair of states came up; what was asked for never differed, nor what could be read. Where nobody may count on an order of
  effects it was left out of account: reports, timers, and whether calls settle or handlers are aborted first. That is a
  proof within the inputs and bounds of \`harness/lab/src/mutants/scenes\`.
- _alive_: none of these. Each is a hole in what is checked.

## What became of them

${markdownTable(countsTable(verdicts))}

## By what was changed

${markdownTable(operatorTable(verdicts))}

## Alive

${alive(verdicts)}

## Equivalent

${equivalents(verdicts)}
`;
}

/** What \`## What became of them\` and the pins count. */
export function countOf(verdicts: readonly Verdict[], subject: Subject): Readonly<Record<string, number>> {
  const fates = verdicts.filter(({ mutant }) => mutant.subject === subject).map(({ fate }) => fate);
  const kinds = { mutants: fates.length, rejected: 0, equivalent: 0, alive: 0 };
  const killed = Object.fromEntries(KILLERS.map((name) => [name, 0]));
  for (const fate of fates) {
    if (fate.kind === 'killed') killed[fate.by] = (killed[fate.by] ?? 0) + 1;
    else kinds[fate.kind] += 1;
  }
  return { ...kinds, ...killed };
}

function countsTable(verdicts: readonly Verdict[]): readonly (readonly string[])[] {
  const columns = ['mutants', 'rejected', ...KILLERS, 'equivalent', 'alive'];
  const rows = SUBJECTS.map(({ subject, title }) => {
    const counts = countOf(verdicts, subject);
    return [`\`${subject}\``, title, ...columns.map((column) => String(counts[column] ?? 0))];
  });
  return [
    ['', 'what is changed', ...columns.map((column) => (KILLERS.includes(column) ? `killed by ${column}` : column))],
    ...rows,
  ];
}

function operatorTable(verdicts: readonly Verdict[]): readonly (readonly string[])[] {
  const rows = SUBJECTS.flatMap(({ subject }) => {
    const own = verdicts.filter(({ mutant }) => mutant.subject === subject);
    const operators = [...new Set(own.map(({ mutant }) => mutant.operator))];
    return operators.map((operator) => {
      const fates = own.filter(({ mutant }) => mutant.operator === operator).map(({ fate }) => fate.kind);
      const count = (kind: string): string => String(fates.filter((one) => one === kind).length);
      return [
        `\`${subject}\``,
        operator,
        String(fates.length),
        ...['rejected', 'killed', 'equivalent', 'alive'].map(count),
      ];
    });
  });
  return [['', 'change', 'mutants', 'rejected', 'killed', 'equivalent', 'alive'], ...rows];
}

function alive(verdicts: readonly Verdict[]): string {
  const lines = verdicts.flatMap(({ mutant, fate }) => {
    if (fate.kind !== 'alive') return [];
    const breaks =
      mutant.breaks ?? (fate.difference === null ? 'no difference was found' : `differs after: ${fate.difference}`);
    return [`- \`${mutant.name}\`: ${breaks}`];
  });
  return lines.length === 0 ? 'None.' : lines.join('\n');
}

function equivalents(verdicts: readonly Verdict[]): string {
  const lines = verdicts.flatMap(({ mutant, fate }) =>
    fate.kind === 'equivalent' ? [`- \`${mutant.name}\` (${fate.pairs} pairs of states)`] : [],
  );
  return lines.length === 0 ? 'None.' : lines.join('\n');
}

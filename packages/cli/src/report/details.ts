import type { CheckResult, Row } from '@mcp-lifeline/check';
import { clause, url } from '@mcp-lifeline/specs';
import { GLYPHS, inColourOf } from './style.js';
import { wrap } from './text.js';
import type { View } from './view.js';
import { wireLines } from './wire-lines.js';

/** The width of the words on the left. */
const LABEL = 10;

/** Everything about one fault: what demands otherwise, what was expected and seen, and the messages that show it. */
export function detailLines(row: Row, result: CheckResult, view: View): readonly string[] {
  const { style } = view;
  const run = result.runs.find(({ id }) => id === row.run);
  const trace = row.run === undefined ? undefined : view.traceOf(row.run);
  const paint = inColourOf(row.status, style);
  return [
    `${paint(`${GLYPHS[row.status]} ${row.status}`)} ${style.bold(row.id)} ${style.dim(`${row.revision} ${row.level}`)}`,
    ...labelled('', row.title, view),
    ...(row.clauses.length === 0 ? labelled('clause', 'none demands it, but users would suffer', view) : []),
    ...row.clauses.flatMap((id) => clauseLines(id, view)),
    ...labelled('expected', row.expected ?? '', view),
    ...labelled('observed', row.observed ?? '', view),
    ...(run === undefined ? [] : wireLines(run, row.evidence, style)),
    ...(trace === undefined ? [] : labelled('trace', trace, view)),
  ];
}

function clauseLines(id: string, view: View): readonly string[] {
  const cited = clause(id);
  if (cited === undefined) return labelled('clause', id, view);
  return [
    ...labelled('clause', `${id} (${cited.level})`, view),
    ...labelled('', cited.text, view),
    `${' '.repeat(LABEL + 2)}${view.style.dim(url(cited))}`,
  ];
}

function labelled(label: string, text: string, { style }: View): readonly string[] {
  return wrap(text, style.width - LABEL - 2).map((line, index) => {
    return index === 0 && label !== ''
      ? `  ${style.dim(label)}${' '.repeat(LABEL - label.length)}${line}`
      : `${' '.repeat(LABEL + 2)}${line}`;
  });
}

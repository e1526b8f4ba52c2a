import type { OutcomeRow } from '../expect/outcome.js';
import { GLYPHS, inColourOf, type Style } from './style.js';
import { clip, wrap } from './text.js';
import type { View } from './view.js';

/** A line a check; what did not pass also says what was seen, or why nothing was. */
export function rowLines(rows: readonly OutcomeRow[], { style }: View): readonly string[] {
  const idWidth = Math.max(...rows.map(({ id }) => id.length));
  const indent = ' '.repeat(idWidth + 6);
  return rows.flatMap((row) => {
    const paint = paintOf(row, style);
    const title = clip(row.title, style.width - indent.length);
    const line = `  ${paint(GLYPHS[row.status])} ${row.id.padEnd(idWidth)}  ${style.plain(title)}`;
    if (row.status === 'pass') return [line];
    const [first = '', ...rest] = wrap(`${labelOf(row)}: ${saidOf(row)}`, style.width - indent.length);
    return [line, ...[first, ...rest].map((text) => `${indent}${paint(text)}`)];
  });
}

/** What there is to say about a row in one sentence. */
export function saidOf({ status, observed, why }: OutcomeRow): string {
  const isMissing = status === 'unobserved' || status === 'error';
  return (isMissing ? why : observed) ?? why ?? observed ?? '';
}

/** The status, and whether it is known and excused. */
export function labelOf({ status, excusedBy }: OutcomeRow): string {
  if (excusedBy === undefined) return status;
  return `known ${status}${excusedBy.because === '' ? '' : ` (${excusedBy.because})`}`;
}

/** The colour of a row: what is known and excused draws no eye. */
export function paintOf({ status, excusedBy }: OutcomeRow, style: Style): (text: string) => string {
  return excusedBy === undefined ? inColourOf(status, style) : style.dim;
}

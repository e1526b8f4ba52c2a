import type { Row } from '@mcp-lifeline/check';
import { GLYPHS, inColourOf } from './style.js';
import { clip, wrap } from './text.js';
import type { View } from './view.js';

/** A line a check; what did not pass also says what was seen, or why nothing was. */
export function rowLines(rows: readonly Row[], { style }: View): readonly string[] {
  const idWidth = Math.max(...rows.map(({ id }) => id.length));
  const indent = ' '.repeat(idWidth + 6);
  return rows.flatMap((row) => {
    const paint = inColourOf(row.status, style);
    const title = clip(row.title, style.width - indent.length);
    const line = `  ${paint(GLYPHS[row.status])} ${row.id.padEnd(idWidth)}  ${style.plain(title)}`;
    if (row.status === 'pass') return [line];
    const [first = '', ...rest] = wrap(`${row.status}: ${saidOf(row)}`, style.width - indent.length);
    return [line, ...[first, ...rest].map((text) => `${indent}${paint(text)}`)];
  });
}

/** What there is to say about a row in one sentence. */
export function saidOf({ status, observed, why }: Row): string {
  const isMissing = status === 'unobserved' || status === 'error';
  return (isMissing ? why : observed) ?? why ?? observed ?? '';
}

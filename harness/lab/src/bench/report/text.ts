import { tableCells } from './cells.js';
import type { Report } from './report.js';

/** The report for a terminal. */
export function reportText(report: Report): string {
  const lines = alignColumns(tableCells(report));
  const failures = report.failures.map(({ workload, subject, error }) => `failed: ${workload}, ${subject}: ${error}`);
  return `${[...lines, ...(failures.length > 0 ? ['', ...failures] : [])].join('\n')}\n`;
}

/** Pads cells to columns: the first two to the left, the others to the right. */
function alignColumns(cells: readonly (readonly string[])[]): string[] {
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  return cells.map((row) =>
    row
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

import type { Status } from '@mcp-lifeline/check';
import pc from 'picocolors';
import type { Io } from '../io.js';
import { visible } from './text.js';

/** Colours, or none; and how wide lines may be. Whatever goes through here comes out visible, on one line. */
export interface Style {
  readonly width: number;
  readonly plain: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubtful: (text: string) => string;
}

/** The width where no terminal tells its own, and the narrowest and widest that are used. In characters. */
const PLAIN_WIDTH = 120;
const NARROWEST = 60;
const WIDEST = 160;

/** The style for what is written to stdout. */
export function styleFor({ stdout, env }: Io): Style {
  const width = Math.min(WIDEST, Math.max(NARROWEST, stdout.columns ?? PLAIN_WIDTH));
  return createStyle(wantsColour(stdout.isTTY, env), width);
}

/** A style with or without colours. */
export function createStyle(hasColour: boolean, width: number): Style {
  const colours = pc.createColors(hasColour);
  const through = (paint: (text: string) => string) => (text: string) => paint(visible(text));
  return {
    width,
    plain: visible,
    bold: through(colours.bold),
    dim: through(colours.dim),
    good: through(colours.green),
    bad: through(colours.red),
    doubtful: through(colours.yellow),
  };
}

/** The mark of a status: told apart by its shape, the colour only helps. */
export const GLYPHS: Readonly<Record<Status, string>> = {
  pass: '✓',
  fail: '✗',
  warn: '!',
  note: '·',
  unobserved: '?',
  error: '‼',
};

/** Text in the colour of a status. */
export function inColourOf(status: Status, style: Style): (text: string) => string {
  switch (status) {
    case 'pass':
      return style.good;
    case 'fail':
    case 'error':
      return style.bad;
    case 'warn':
      return style.doubtful;
    case 'note':
    case 'unobserved':
      return style.dim;
  }
}

/** The usual rules: NO_COLOR wins, FORCE_COLOR comes next, and then only a terminal that can gets colours. */
function wantsColour(isTTY: boolean, env: Io['env']): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTTY && TERM !== 'dumb';
}

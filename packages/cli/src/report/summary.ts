import type { Verdict } from '@mcp-lifeline/check';
import { hasCountedWarning } from '../exit-code.js';
import type { Outcome, OutcomeRow } from '../expect/outcome.js';
import { countsText } from './other-revisions.js';
import type { Style } from './style.js';
import { count, duration } from './text.js';
import type { View } from './view.js';

/** The last line: the verdict, and what it rests on. */
export function summaryLine(result: Outcome, { style, strict }: View): string {
  const { verdict, why, preferred, rows, counted, stale, seconds } = result;
  const own = rows.filter(({ revision }) => counted.includes(revision));
  const rest = rows.filter(({ revision }) => !counted.includes(revision));
  const parts = [
    ...(strict && verdict === 'pass' && hasCountedWarning(result) ? ['a warning counts (--strict)'] : []),
    ...(verdict === 'error' && why !== undefined ? [why] : []),
    ...(stale.length === 0 ? [] : [count(stale.length, 'stale entry', 'stale entries')]),
    ...(verdict === 'no-handshake' ? [] : [...revisionsText(preferred, counted), countsText(own)]),
    ...elsewhere(rest),
    duration(seconds),
  ];
  return [colourOf(verdict, style)(`verdict ${verdict}`), ...parts.map(style.plain)].join(' · ');
}

function revisionsText(preferred: string | null, counted: readonly string[]): readonly string[] {
  const isPreferredAlone = counted.length === 1 && counted[0] === preferred;
  return [
    ...(preferred === null ? [] : [`preferred ${preferred}`]),
    ...(isPreferredAlone || counted.length === 0 ? [] : [`counted ${counted.join(', ')}`]),
  ];
}

/** Faults that change nothing about the verdict are told all the same. */
function elsewhere(rest: readonly OutcomeRow[]): readonly string[] {
  const faults = rest.filter(({ status }) => status === 'fail' || status === 'warn');
  return faults.length === 0 ? [] : [`in other revisions ${countsText(faults)}`];
}

function colourOf(verdict: Verdict, style: Style): (text: string) => string {
  return verdict === 'pass' ? style.good : style.bad;
}

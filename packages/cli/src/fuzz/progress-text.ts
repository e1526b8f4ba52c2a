import type { FuzzProgress, Share } from '@mcp-lifeline/fuzz';
import { count } from '../report/text.js';

/** The narrowest and the widest bar. In characters. */
const NARROWEST = 8;
const WIDEST = 30;

/**
 * How far it is, as one line: a bar, the runs and how fast they are, what was reached and what was found.
 * @param columns how wide the line may be
 */
export function progressText(progress: FuzzProgress, columns: number): string {
  const { doing, runs, of, seconds, coverage, found } = progress;
  const pace = seconds > 0 && doing === 'running' ? ` · ${(runs / seconds).toFixed(0)}/s` : '';
  const facts = [
    `${of === null ? runs : `${runs}/${of}`} runs${pace}`,
    `states ${share(coverage.states)}`,
    `transitions ${share(coverage.transitions)}`,
    ...(found === 0 ? [] : [`${count(found, 'fault')} found`]),
    ...(doing === 'shrinking' ? ['making one smaller'] : []),
  ].join(' · ');
  const width = Math.min(WIDEST, columns - facts.length - 4);
  if (of === null || width < NARROWEST) return facts;
  const done = Math.min(width, Math.floor((runs / of) * width));
  return `[${'#'.repeat(done)}${'-'.repeat(width - done)}] ${facts}`;
}

/** Such as `9/10`. */
export function share({ reached, of }: Share): string {
  return `${reached}/${of}`;
}

import type { Outcome } from '../expect/outcome.js';
import { GLYPHS } from './style.js';
import { clip, count } from './text.js';
import type { View } from './view.js';

/** The known failures that are none any more: each is to be taken off the list. */
export function staleLines({ stale }: Outcome, { style }: View): readonly string[] {
  if (stale.length === 0) return [];
  const title = `${count(stale.length, 'known failure is', 'known failures are')} none any more: remove from the file`;
  return [
    style.bad(`${GLYPHS.fail} ${title}`),
    ...stale.map(({ known, now }) =>
      style.plain(clip(`    ${known.id} ${known.revision} ${known.status}: ${now}`, style.width)),
    ),
  ];
}

import type { CheckResult, Row } from '../src/index.js';
import type { FaultyPeer } from './faulty-peers.js';

/** The id of the check that a peer is named after; what follows is the name of the variant. */
export function checkOf(name: string): string {
  return name.split('.').slice(0, 2).join('.');
}

/** What the difference of a faulty peer has to be. */
export function expected({ breaks, consequences = {}, lacks = [] }: FaultyPeer) {
  return { added: [...breaks, ...Object.keys(consequences)].sort(), lacking: [...lacks].sort() };
}

/** What the rows of a faulty peer have besides those of the good server, and which of those they lack. */
export function difference(baseline: CheckResult, faulty: CheckResult, revision: string, only?: readonly string[]) {
  const isWanted = (row: Row): boolean =>
    (only?.includes(row.id) ?? true) &&
    (revision === 'preferred' || row.revision === revision || (row.level === 'NOTE' && row.revision === '2026-07-28'));
  const rows = baseline.rows.filter(isWanted);
  const known = new Set(rows.map(keyOf));
  const places = new Set(faulty.rows.map(placeOf));
  return {
    added: faulty.rows
      .map(keyOf)
      .filter((key) => !known.has(key))
      .sort(),
    lacking: rows
      .map(placeOf)
      .filter((place) => !places.has(place))
      .sort(),
  };
}

/** What a row says. What was observed counts in notes alone: elsewhere it tells times and counts. */
export function keyOf(row: Row): string {
  const { status, observed } = row;
  return `${status} ${placeOf(row)}${status === 'note' ? `: ${observed}` : ''}`;
}

function placeOf({ id, revision }: Row): string {
  return `${id}@${revision}`;
}

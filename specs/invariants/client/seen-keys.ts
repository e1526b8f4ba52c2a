/**
 * Ids or tokens that were seen, by type and value. Integers are kept as ranges, so that one who counts costs nothing,
 * however long the session.
 */
export interface SeenKeys {
  /** Disjoint ranges of integers, ends included. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
  /** Everything else, as JSON text. */
  readonly others: readonly string[];
}

/** Nothing was seen yet. */
export const NOTHING_SEEN: SeenKeys = { ranges: [], others: [] };

/** Whether this key, the JSON text of an id, was seen. */
export function isSeen({ ranges, others }: SeenKeys, key: string): boolean {
  const value = integerIn(key);
  return value === null ? others.includes(key) : ranges.some(([from, to]) => from <= value && value <= to);
}

/** The same with one more key. */
export function withKey(seen: SeenKeys, key: string): SeenKeys {
  if (isSeen(seen, key)) return seen;
  const value = integerIn(key);
  if (value === null) return { ...seen, others: [...seen.others, key] };
  const before = seen.ranges.find(([, to]) => to === value - 1);
  const after = seen.ranges.find(([from]) => from === value + 1);
  const others = seen.ranges.filter((range) => range !== before && range !== after);
  return { ...seen, ranges: [...others, [before?.[0] ?? value, after?.[1] ?? value]] };
}

function integerIn(key: string): number | null {
  const value: unknown = JSON.parse(key);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

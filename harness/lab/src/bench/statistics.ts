/** The middle value; of an even number of them, the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value below which `percent` of all lie, interpolated between neighbours; NaN of none. */
export function percentile(values: Iterable<number>, percent: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = ((sorted.length - 1) * percent) / 100;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** A number with about three digits that count: 1234, 56.7, 8.91, 0.0234. */
export function threeDigits(value: number): string {
  if (!Number.isFinite(value)) return '?';
  const size = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  const rounded = value.toFixed(Math.min(6, Math.max(0, 2 - size)));
  // 9.996 becomes 10.00: one digit too many.
  return Math.abs(Number(rounded)) >= 10 ** (size + 1) && rounded.includes('.')
    ? rounded.slice(0, -1).replace(/\.$/, '')
    : rounded;
}

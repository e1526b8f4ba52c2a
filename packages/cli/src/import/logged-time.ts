/** When a line was logged. */
export interface LoggedTime {
  /** In ms since 1970. A time without a zone is taken for UTC: only differences matter. */
  readonly ms: number;
  /** It is told to the millisecond, or finer. */
  readonly isExact: boolean;
}

const STAMP = /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?/;

/** The first time in a text; null where there is none. */
export function timeIn(text: string): LoggedTime | null {
  const [, date, time, fraction = '', zone = 'Z'] = STAMP.exec(text) ?? [];
  if (date === undefined || time === undefined) return null;
  const offset = zone === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const seconds = Date.parse(`${date}T${time}${offset}`);
  if (Number.isNaN(seconds)) return null;
  return { ms: seconds + (fraction === '' ? 0 : Number(`0.${fraction}`) * 1000), isExact: fraction.length >= 3 };
}

/** The time in a member of a JSON line: a text, or seconds or milliseconds since 1970; null for anything else. */
export function timeOf(value: unknown): LoggedTime | null {
  if (typeof value === 'string') return timeIn(value);
  if (typeof value !== 'number') return null;
  // What is far from the present in both units is in another one, or since another moment.
  if (value >= 1e12 && value < 1e13) return { ms: value, isExact: true };
  if (value >= 1e9 && value < 1e10) return { ms: value * 1000, isExact: !Number.isInteger(value) };
  return null;
}

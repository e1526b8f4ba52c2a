/** Something that must not be: what a run stops at. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

/** Stops the run. */
export function violate(what: string): never {
  throw new Violation(what);
}

/** A value in a few words, for a violation. */
export function inWords(value: unknown): string {
  const text = textOf(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** In UTF-16 units. */
const LONGEST = 300;

function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return 'a value without JSON text';
  }
}

/** A value that JSON can carry without loss. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object: the `params` of a call, a result, or capabilities. */
export type Params = { readonly [key: string]: Json };

/** Narrows to an object that is no array; what its members hold is not looked at. */
export function isJsonObject(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names the type of a value for a report, such as `an array`, and nothing of its content, which may be secret. */
export function typeName(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

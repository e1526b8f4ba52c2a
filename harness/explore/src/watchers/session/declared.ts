import type { Json } from '@mcp-lifeline/core';
import { isJsonObject } from '@mcp-lifeline/trace';

/** Members that are booleans in the schema. */
const FLAGS = ['listChanged', 'subscribe'];

/** The paths of what is declared, such as `tools.listChanged`, sorted: what is no flag is an object, and `true` is understood. */
export function namesIn(declared: Json | undefined, prefix = ''): readonly string[] {
  if (!isJsonObject(declared)) return [];
  const names = Object.entries(declared).flatMap(([name, value]) => {
    const path = `${prefix}${name}`;
    const isDeclared = value === true || (isJsonObject(value) && !FLAGS.includes(name));
    return isDeclared ? [path, ...namesIn(value, `${path}.`)] : [];
  });
  return names.sort();
}

// Reads a YAML file against a schema, and tells every problem with the entry at fault.
import { parse } from 'yaml';
import { z } from 'zod';

/** The date of a revision. */
export const revision = z.string().regex(/^\d{4}-\d\d-\d\d$/);

/** The name of a clause, without its revision. */
export const clauseName = z.string().regex(/^[a-z]+\/[a-z0-9]+(-[a-z0-9]+)*$/);

/** One sentence. */
export const sentence = z
  .string()
  .regex(/^\S.*[.?]$/, 'must be one line that ends with a full stop or a question mark');

/** Writes one problem as `file: clauses[3] lifecycle/version-echo: what is wrong`. */
export function told(file, path, id, message) {
  const where = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return [file, [where.replace(/^\./, ''), id].filter(Boolean).join(' '), message].filter(Boolean).join(': ');
}

/** Stops with every problem found, one to a line. */
export function refuse(problems) {
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

function parsed(text, file) {
  try {
    return parse(text);
  } catch (error) {
    throw new Error(`${file}: ${error.message}`, { cause: error });
  }
}

/** Parses and validates, naming the entry (of the list `list` of the document, or of the document itself) at fault. */
export function validated(schema, text, file, entriesOf) {
  const raw = parsed(text, file);
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const entries = entriesOf(raw);
  refuse(
    result.error.issues.map((issue) => {
      const index = issue.path.find((part) => typeof part === 'number');
      return told(file, issue.path, entries?.[index]?.id, issue.message);
    }),
  );
}

/** Tells of each id that occurs a second time. */
export function repeated(file, path, entries) {
  return entries.flatMap(({ id }, index) =>
    entries.findIndex((other) => other.id === id) === index ? [] : [told(file, [...path, index], id, 'id used before')],
  );
}

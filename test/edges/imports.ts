const COMMENT_OR_STRING = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

/** Statements stand at the start of a line, which the formatter sees to; so text in a template is not taken for one. */
const STATEMENT = /^(?:import|export)\b(?:[^'";]*?\bfrom)?\s*['"]([^'"]+)['"]/gm;

/** `import('x')`, as a value or as a type, wherever it stands; without a literal, the specifier is `undefined`. */
const CALL = /\bimport\s*\(\s*(?:(['"`])([^'"`$]+)\1)?/g;

/** The specifier reported for an `import()` whose argument is not a literal. */
export const COMPUTED = '(computed)';

/** The specifiers that a module imports or re-exports, types too. Comments are not read: their examples are no edges. */
export function importsOf(source: string): string[] {
  const code = source.replace(COMMENT_OR_STRING, (text) => (text.startsWith('/') ? ' ' : text));
  const statements = [...code.matchAll(STATEMENT)].map(([, specifier]) => specifier ?? COMPUTED);
  const calls = [...code.matchAll(CALL)].map(([, , specifier]) => specifier ?? COMPUTED);
  return [...statements, ...calls];
}

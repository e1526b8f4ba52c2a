/** One thing wrong in one place of the core's sources. */
export interface Edit {
  /** What is wrong, in words; unique within its file, and stable. */
  readonly name: string;
  /** Text that stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** What whoever uses such a core would suffer. */
  readonly breaks: string;
}

/** The edits of one source file, by its path from the core's `src`. */
export interface EditedFile {
  readonly file: string;
  readonly edits: readonly Edit[];
}

/** @throws {Error} unless the text stands there exactly once. */
export function applyEdit(source: string, { find, replace }: Pick<Edit, 'find' | 'replace'>): string {
  const places = source.split(find).length - 1;
  if (places !== 1) throw new Error(`the text to replace stands there ${places} times: ${find}`);
  return source.replace(find, () => replace);
}

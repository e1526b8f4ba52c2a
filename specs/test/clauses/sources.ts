import type { Ambiguity } from '../../clauses/ambiguities.js';
import type { Keyword, Role } from '../../clauses/catalogue.js';
import type { Exclusion } from '../../clauses/exclusions.js';

/** One revision's file, as written. */
export interface ClauseFile {
  readonly revision: string;
  readonly pages: Readonly<
    Record<string, { readonly keywords: number; readonly anchors: string[]; readonly leftOut: string[] }>
  >;
  readonly clauses: readonly ClauseEntry[];
}

/** One entry of such a file; `keywords` is how many bold keywords of the page it accounts for. */
export interface ClauseEntry {
  readonly id: string;
  readonly page: string;
  readonly anchor: string | null;
  readonly level: Keyword;
  readonly role: Role;
  readonly text: string;
  readonly keywords: number;
}

interface Generator {
  readonly generator: { readonly name: string; outputs(): Promise<ReadonlyMap<string, string>> };
  readSources(): Promise<{
    readonly documents: readonly ClauseFile[];
    readonly ambiguities: readonly Ambiguity[];
    readonly exclusions: readonly Exclusion[];
  }>;
  readRevision(text: string, file: string): ClauseFile;
  readAmbiguities(text: string, file: string, documents: readonly ClauseFile[]): readonly Ambiguity[];
}

interface ExclusionsReader {
  readExclusions(text: string, file: string, documents: readonly ClauseFile[]): readonly Exclusion[];
}

/** The root of the repository. */
export const root = new URL('../../../', import.meta.url);

/** The generator is a plain script without declarations: this says what the tests use of it. */
export const generator: Generator = await import(new URL('scripts/generate/clauses.mjs', root).href);

/** The part of it that reads exclusions. */
export const { readExclusions }: ExclusionsReader = await import(
  new URL('scripts/generate/clauses/exclusions.mjs', root).href
);

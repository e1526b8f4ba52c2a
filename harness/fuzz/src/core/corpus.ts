import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from './case.js';
import type { Failure } from './fuzz-core.js';

/** One file of the corpus. */
export interface CorpusEntry {
  /** The file's name, without its ending. */
  readonly name: string;
  /** What it is about, as a sentence. */
  readonly note: string;
  readonly case: Case;
}

/**
 * Reads every case of a corpus, in the order of their names. The format is told in the README beside them.
 *
 * @throws {Error} naming the file that is none.
 */
export function readCorpus(folder: string): readonly CorpusEntry[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.toSorted().map((file) => readEntry(join(folder, file), file.slice(0, -'.json'.length)));
}

/** Adds a case that failed to a corpus, and tells the path of its file. A case that is there already is written once. */
export function addToCorpus(folder: string, { seed, path, what, case: failing }: Failure): string {
  mkdirSync(folder, { recursive: true });
  const note = `drawn by the seed ${seed} (path ${path}): ${what.split('\n')[0]}`;
  const file = join(folder, `${nameOf(what)}-${seed}.json`);
  writeFileSync(file, formatEntry(note, failing));
  return file;
}

/** A case as a file: one line a move, so that a change of it reads well. */
function formatEntry(note: string, { format, world, moves }: Case): string {
  const lines = moves.map((move) => `    ${JSON.stringify(move)}`);
  const members = [
    `  "format": ${format}`,
    `  "note": ${JSON.stringify(note)}`,
    `  "world": ${JSON.stringify(world)}`,
    `  "moves": [\n${lines.join(',\n')}\n  ]`,
  ];
  return `{\n${members.join(',\n')}\n}\n`;
}

function readEntry(path: string, name: string): CorpusEntry {
  const read = JSON.parse(readFileSync(path, 'utf8')) as Partial<Case> & { readonly note?: string };
  const { format, note, world, moves } = read;
  if (format !== 1 || note === undefined || world === undefined || !Array.isArray(moves)) {
    throw new Error(`${path} is no case of format 1`);
  }
  return { name, note, case: { format, world, moves } };
}

/** The first words of what was wrong, in kebab-case. */
function nameOf(what: string): string {
  const words = what.toLowerCase().match(/[a-z]+/g) ?? ['failure'];
  return words.slice(0, 6).join('-');
}

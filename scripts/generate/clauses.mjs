// Reads specs/clauses/<revision>.yaml, specs/clauses/exclusions.yaml and specs/ambiguities.yaml, checks them, and writes
// them down as TypeScript, so that nothing has to read YAML at run time. Their form is told in docs/adr/0004-clauses.md.
import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { readExclusions } from './clauses/exclusions.mjs';
import { heading, literal, union } from './clauses/literal.mjs';
import { clauseName, refuse, repeated, revision, sentence, told, validated } from './clauses/reading.mjs';

const root = new URL('../../', import.meta.url);
const folder = 'specs/clauses';
const ambiguitiesFile = 'specs/ambiguities.yaml';
const exclusionsFile = `${folder}/exclusions.yaml`;

/** The pages that the first part of a clause's name may stand for. */
const pagesOf = {
  lifecycle: ['basic/lifecycle'],
  transports: ['basic/transports'],
  overview: ['basic/index'],
  messages: ['basic/index', 'basic/messages'],
  ping: ['basic/utilities/ping'],
  cancellation: ['basic/utilities/cancellation'],
  progress: ['basic/utilities/progress'],
};

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const page = z.string().regex(/^[a-z]+(\/[a-z]+)+$/);

const clauseSchema = z.strictObject({
  id: clauseName,
  page,
  anchor: slug.nullable(),
  level: z.enum(['MUST', 'MUST NOT', 'SHOULD', 'SHOULD NOT', 'MAY']),
  role: z.enum(['client', 'server', 'both', 'sender', 'receiver']),
  text: sentence,
  keywords: z.int().min(0).default(1),
});

const revisionSchema = z.strictObject({
  revision,
  pages: z.record(
    page,
    z.strictObject({ keywords: z.int().positive(), anchors: z.array(slug), leftOut: z.array(slug) }),
  ),
  clauses: z.array(clauseSchema).min(1),
});

const ambiguitiesSchema = z.array(
  z.strictObject({
    id: slug,
    revisions: z.array(revision).min(1),
    pages: z.array(page).min(1),
    question: sentence,
    readings: z.array(sentence).min(2),
    report: z.enum(['note', 'warn', 'nothing']),
    because: sentence,
  }),
);

/** What is wrong with where one clause says that it stands. */
function misplaced({ id, page, anchor }, pages) {
  const known = pages[page];
  if (known === undefined) return [`page ${page} is not listed under pages`];
  const [kind] = id.split('/');
  const allowed = pagesOf[kind];
  if (allowed === undefined) return [`${kind}/ is not one of ${Object.keys(pagesOf).join('/, ')}/`];
  if (!allowed.includes(page)) return [`${kind}/ does not stand for ${page}`];
  if (anchor !== null && !known.anchors.includes(anchor)) return [`anchor ${anchor} is not listed under ${page}`];
  return [];
}

/**
 * Reads the clauses of one revision.
 * @throws Error that names the file and every entry at fault
 */
export function readRevision(text, file) {
  const document = validated(revisionSchema, text, file, (raw) => raw?.clauses);
  const { clauses, pages } = document;
  const problems = clauses.flatMap((entry, index) =>
    misplaced(entry, pages).map((message) => told(file, ['clauses', index], entry.id, message)),
  );
  if (!file.endsWith(`/${document.revision}.yaml`))
    problems.push(told(file, ['revision'], '', 'not the name of the file'));
  refuse([...problems, ...repeated(file, ['clauses'], clauses)]);
  return document;
}

/**
 * Reads the ambiguities, given the documents of the revisions that they speak of.
 * @throws Error that names the file and every entry at fault
 */
export function readAmbiguities(text, file, documents) {
  const entries = validated(ambiguitiesSchema, text, file, (raw) => raw);
  const pages = new Map(documents.map((document) => [document.revision, Object.keys(document.pages)]));
  const problems = entries.flatMap((entry, index) => {
    const tell = (message) => told(file, [index], entry.id, message);
    const unknown = entry.revisions.filter((name) => !pages.has(name));
    const silent = entry.revisions.filter((name) => !pages.get(name)?.some((known) => entry.pages.includes(known)));
    const absent = entry.pages.filter((name) => !entry.revisions.some((known) => pages.get(known)?.includes(name)));
    return [
      ...unknown.map((name) => tell(`revision ${name} has no clauses`)),
      ...silent.filter((name) => !unknown.includes(name)).map((name) => tell(`none of its pages is in ${name}`)),
      ...absent.map((name) => tell(`page ${name} is in none of its revisions`)),
    ];
  });
  refuse([...problems, ...repeated(file, [], entries)]);
  return entries;
}

function writeClauses(documents) {
  const names = [...new Set(documents.flatMap((document) => document.clauses.map((entry) => entry.id)))].sort();
  const clauses = documents.flatMap((document) =>
    document.clauses.map(({ id, page, anchor, level, role, text }) => ({
      id: `${document.revision}/${id}`,
      revision: document.revision,
      name: id,
      page,
      anchor,
      level,
      role,
      text,
    })),
  );
  return `${heading(`${folder}/<revision>.yaml`)}import type { Clause } from './catalogue.js';

/** The name of a clause without its revision. Not every revision has each. */
export type ClauseName =${union(names)};

/** Every clause of every revision, oldest revision first, in the order of its pages. */
export const CLAUSES: readonly Clause[] = ${literal(clauses, '', 0)};
`;
}

function writeAmbiguities(entries) {
  return `${heading(ambiguitiesFile)}import type { Ambiguity } from './ambiguities.js';

/** The id of an ambiguity. */
export type AmbiguityId =${union(entries.map((entry) => entry.id).sort())};

/** Every ambiguity, in the order of the catalogue. */
export const AMBIGUITIES: readonly Ambiguity[] = ${literal(entries, '', 0)};
`;
}

function writeExclusions(entries) {
  return `${heading(exclusionsFile)}import type { Exclusion } from './exclusions.js';

/** Every exclusion, in the order of its file. */
export const EXCLUSIONS: readonly Exclusion[] = ${literal(entries, '', 0)};
`;
}

const textOf = (file) => readFile(new URL(file, root), 'utf8');

/** Reads and checks every source. */
export async function readSources() {
  const files = (await readdir(new URL(folder, root)))
    .filter((file) => file.endsWith('.yaml') && `${folder}/${file}` !== exclusionsFile)
    .sort();
  const documents = await Promise.all(
    files.map(async (file) => readRevision(await textOf(`${folder}/${file}`), `${folder}/${file}`)),
  );
  return {
    documents,
    ambiguities: readAmbiguities(await textOf(ambiguitiesFile), ambiguitiesFile, documents),
    exclusions: readExclusions(await textOf(exclusionsFile), exclusionsFile, documents),
  };
}

/** What this generator writes: paths below the root of the repository, and their text. */
async function outputs() {
  const { documents, ambiguities, exclusions } = await readSources();
  return new Map([
    [`${folder}/generated.ts`, writeClauses(documents)],
    [`${folder}/ambiguities.generated.ts`, writeAmbiguities(ambiguities)],
    [`${folder}/exclusions.generated.ts`, writeExclusions(exclusions)],
  ]);
}

export const generator = { name: 'clauses', outputs };

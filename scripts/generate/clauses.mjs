// Reads specs/clauses/<revision>.yaml and specs/ambiguities.yaml, checks them, and writes them down as TypeScript, so
// that nothing has to read YAML at run time. The form of both is told in docs/adr/0004-clauses.md.
import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

const root = new URL('../../', import.meta.url);
const folder = 'specs/clauses';
const ambiguitiesFile = 'specs/ambiguities.yaml';

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

const revision = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const page = z.string().regex(/^[a-z]+(\/[a-z]+)+$/);
const sentence = z.string().regex(/^\S.*[.?]$/, 'must be one line that ends with a full stop or a question mark');

const clauseSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+\/[a-z0-9]+(-[a-z0-9]+)*$/),
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

/** Writes one problem as `file: clauses[3] lifecycle/version-echo: what is wrong`. */
function told(file, path, id, message) {
  const where = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return [file, [where.replace(/^\./, ''), id].filter(Boolean).join(' '), message].filter(Boolean).join(': ');
}

/** Stops with every problem found, one to a line. */
function refuse(problems) {
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
function validated(schema, text, file, entriesOf) {
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
function repeated(file, path, entries) {
  return entries.flatMap(({ id }, index) =>
    entries.findIndex((other) => other.id === id) === index ? [] : [told(file, [...path, index], id, 'id used before')],
  );
}

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

const maxColumns = 120;
const quoted = (value) => {
  const plain = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"');
  if (!plain.includes("'")) return `'${plain}'`;
  return plain.includes('"') ? `'${plain.replaceAll("'", "\\'")}'` : `"${plain}"`;
};

/**
 * Writes a value as the formatter would: a list in one line where it fits, objects always over several, and a long
 * string below its key unless the key is so short that nothing would be gained.
 */
function literal(value, indent, room) {
  if (value === null) return 'null';
  if (typeof value === 'string') return quoted(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => literal(item, inner, 0));
    const line = `[${items.join(', ')}]`;
    if (line.length <= room && !line.includes('\n')) return line;
    return `[\n${items.map((item) => `${inner}${item},\n`).join('')}${indent}]`;
  }
  const members = Object.entries(value).map(([key, member]) => {
    const written = literal(member, inner, maxColumns - inner.length - key.length - 3);
    const beside =
      key.length < 5 || written.includes('\n') || inner.length + key.length + written.length + 3 <= maxColumns;
    return `${inner}${key}:${beside ? ' ' : `\n${inner}  `}${written},\n`;
  });
  return `{\n${members.join('')}${indent}}`;
}

/** Writes a union of string literals, one to a line. */
const union = (names) => names.map((name) => `\n  | ${quoted(name)}`).join('');

const heading = (source) => `// Generated by scripts/generate/clauses.mjs from ${source}: not to be edited.\n`;

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

const textOf = (file) => readFile(new URL(file, root), 'utf8');

/** Reads and checks every source. */
export async function readSources() {
  const files = (await readdir(new URL(folder, root))).filter((file) => file.endsWith('.yaml')).sort();
  const documents = await Promise.all(
    files.map(async (file) => readRevision(await textOf(`${folder}/${file}`), `${folder}/${file}`)),
  );
  return { documents, ambiguities: readAmbiguities(await textOf(ambiguitiesFile), ambiguitiesFile, documents) };
}

/** What this generator writes: paths below the root of the repository, and their text. */
async function outputs() {
  const { documents, ambiguities } = await readSources();
  return new Map([
    [`${folder}/generated.ts`, writeClauses(documents)],
    [`${folder}/ambiguities.generated.ts`, writeAmbiguities(ambiguities)],
  ]);
}

export default { name: 'clauses', outputs };

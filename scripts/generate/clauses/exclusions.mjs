// The clauses that no check judges, and why: specs/clauses/exclusions.yaml.
import { z } from 'zod';
import { clauseName, refuse, revision, sentence, told, validated } from './reading.mjs';

const schema = z.array(
  z.strictObject({
    ids: z.array(clauseName).min(1),
    revisions: z.array(revision).min(1).optional(),
    reason: sentence,
  }),
);

/**
 * Reads the exclusions, given the documents of the revisions that they speak of.
 * @throws Error that names the file and every entry at fault
 */
export function readExclusions(text, file, documents) {
  const entries = validated(schema, text, file, (raw) => raw);
  const namesOf = new Map(documents.map((document) => [document.revision, document.clauses.map((entry) => entry.id)]));
  const covered = new Set();
  const problems = entries.flatMap(({ ids, revisions = [...namesOf.keys()] }, index) =>
    ids.flatMap((id) => {
      const tell = (message) => told(file, [index], id, message);
      const having = revisions.filter((name) => namesOf.get(name)?.includes(id));
      const again = having.filter((name) => covered.has(`${name}/${id}`));
      for (const name of having) covered.add(`${name}/${id}`);
      return [
        ...(having.length === 0 ? [tell('no revision has this clause')] : []),
        ...again.map((name) => tell(`excluded before in ${name}`)),
        ...(entries[index].revisions ?? [])
          .filter((name) => !having.includes(name))
          .map((name) => tell(`${name} has no such clause`)),
      ];
    }),
  );
  refuse(problems);
  return entries;
}

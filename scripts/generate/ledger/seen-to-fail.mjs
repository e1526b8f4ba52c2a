// What was seen to fail: by an example that breaks it, or on a server that was made to break it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const root = new URL('../../../', import.meta.url);

/** The ids of the checks and invariants that were seen to fail, each with what showed it: `example`, `peer`. */
export function seenToFail() {
  const seen = new Map();
  const add = (id, by) => seen.set(id, new Set([...(seen.get(id) ?? []), by]));
  for (const id of brokenInExamples()) add(id, 'example');
  for (const id of brokenByPeers()) add(id, 'peer');
  return seen;
}

/** The verdicts `broken` of specs/examples, every one of which is a test. */
function brokenInExamples() {
  const folder = new URL('specs/examples/', root);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => [...readFileSync(new URL(name, folder), 'utf8').matchAll(/^```verdict\n([\s\S]*?)^```/gm)])
    .flatMap(([, verdicts]) => [...verdicts.matchAll(/^([\w.-]+): broken\b/gm)])
    .map(([, id]) => id);
}

/**
 * The own rows of the faulty peers, as `pnpm verify` found them, of those that are still there. A note is no failure, and
 * neither is what follows from the fault of another check.
 */
function brokenByPeers() {
  const page = readFileSync(new URL('docs/faulty-peers.md', root), 'utf8');
  return [...page.matchAll(/^\| `([\w.-]+)` \| ([^|]*) \|/gm)]
    .filter(([, peer]) => existsSync(new URL(`harness/check/faulty/${peer}.mjs`, root)))
    .flatMap(([, , rows]) => [...rows.matchAll(/\b(?:fail|warn) ([\w.-]+)@/g)])
    .map(([, id]) => id);
}

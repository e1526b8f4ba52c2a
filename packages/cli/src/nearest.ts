/** The candidate that contains `text`, or else the one that takes the fewest edits for its length; undefined when there is none. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const containing = text === '' ? [] : candidates.filter((candidate) => candidate.includes(text));
  const ranked = (containing.length > 0 ? containing : candidates).map((candidate) => ({
    candidate,
    // A share, or the shortest candidate would win over all that are nothing like it.
    edits: distance(text, candidate) / Math.max(text.length, candidate.length),
  }));
  return ranked.sort((a, b) => a.edits - b.edits)[0]?.candidate;
}

/** How many characters have to be put in, left out or replaced. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...b].entries()) {
      const replaced = (above[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    above = current;
  }
  return above.at(-1) ?? 0;
}

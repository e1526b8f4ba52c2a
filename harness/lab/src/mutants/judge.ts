import type { CoreUnderTest } from '@mcp-lifeline/explore/core-under-test';
import { compareWithOurs } from './equivalence.js';
import { ALONE_KILLER } from './killers/alone.js';
import { EXPLORER_KILLER } from './killers/explorer.js';
import { fuzzKiller } from './killers/fuzz.js';
import { GROWTH_KILLER } from './killers/growth.js';
import type { Killer } from './killers/killer.js';
import { READERS_KILLER } from './killers/readers.js';
import { TIMED_KILLER } from './killers/timed.js';
import type { Mutant } from './mutant.js';

/** What became of a mutant. */
export type Fate =
  /** It was refused before it lived: by the check at load, or because it cannot be built. */
  | { readonly kind: 'rejected'; readonly why: string }
  | { readonly kind: 'killed'; readonly by: string; readonly why: string }
  /** Nothing that can be asked of it tells it from ours, in any setting. */
  | { readonly kind: 'equivalent'; readonly pairs: number }
  /** Nobody noticed. `difference`: the shortest way to where it differs from ours; null where that was not found either. */
  | { readonly kind: 'alive'; readonly difference: string | null };

/** Who is asked to find a mutant out: whoever lives through the quick is compared with ours, and only then given to the others. */
export interface Killers {
  readonly quick: readonly Killer[];
  readonly thorough: readonly Killer[];
}

/** From cheap to dear. */
export const ALL_KILLERS: Killers = {
  quick: [TIMED_KILLER, fuzzKiller(2_000), GROWTH_KILLER, READERS_KILLER, ALONE_KILLER],
  thorough: [EXPLORER_KILLER, fuzzKiller(200_000)],
};

/** The names of all killers, in the order in which they are asked. */
export const KILLERS: readonly string[] = [
  ...new Set([...ALL_KILLERS.quick, ...ALL_KILLERS.thorough].map(({ name }) => name)),
];

/** Finds out what becomes of a mutant. */
export async function judgeMutant(mutant: Mutant, { quick, thorough }: Killers = ALL_KILLERS): Promise<Fate> {
  let core: CoreUnderTest;
  try {
    core = await mutant.build();
  } catch (error) {
    return { kind: 'rejected', why: error instanceof Error ? error.message : String(error) };
  }
  const early = killedBy(quick, core, mutant);
  if (early !== null) return early;
  const { difference, pairs, isComplete } = compareWithOurs(core, mutant.subject);
  if (difference === null && isComplete) return { kind: 'equivalent', pairs };
  return killedBy(thorough, core, mutant) ?? { kind: 'alive', difference };
}

function killedBy(killers: readonly Killer[], core: CoreUnderTest, { subject }: Mutant): Fate | null {
  for (const killer of killers) {
    const why = wrongWith(core, subject, killer);
    if (why !== null) return { kind: 'killed', by: killer.name, why };
  }
  return null;
}

/** A core that throws is found out by whoever stepped it. */
function wrongWith(core: CoreUnderTest, subject: Mutant['subject'], { kills }: Killer): string | null {
  try {
    return kills(core, subject);
  } catch (error) {
    return `threw ${error instanceof Error ? error.message : String(error)}`;
  }
}

/**
 * The order of measuring: A B C, A B C, ... Whatever slows the machine for a while slows neighbours alike.
 *
 * @param rounds how often each subject has its turn
 */
export function turns<T>(subjects: readonly T[], rounds: number): T[] {
  return Array.from({ length: rounds }, () => subjects).flat();
}

import { fileURLToPath } from 'node:url';

/** Where what became of every mutant is kept for readers. */
export const PAGE = fileURLToPath(new URL('../../../../docs/mutants.md', import.meta.url));

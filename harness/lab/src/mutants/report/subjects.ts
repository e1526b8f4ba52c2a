import type { Subject } from '../mutant.js';

/** What mutants change, in the order of tables. */
export const SUBJECTS: readonly { readonly subject: Subject; readonly title: string }[] = [
  { subject: 'client', title: 'the machine of a client' },
  { subject: 'server', title: 'the machine of a server' },
  { subject: 'process', title: 'the machine of a process' },
  { subject: 'calls', title: 'the sources of calls' },
  { subject: 'session', title: 'the sources of sessions' },
];

/** How many mutants may be alive: it may only fall. Each that is left is listed, with what it would break, in `docs/mutants.md`. */
export const ALIVE: Readonly<Record<Subject, number>> = { client: 0, server: 0, process: 0, calls: 0, session: 0 };

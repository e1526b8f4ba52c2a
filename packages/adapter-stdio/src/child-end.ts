import type { Over } from './child.js';

/** What is known of a child that is over. */
export interface ChildEnd {
  readonly command: string;
  readonly over: Over;
  /** Why it could not be spawned, such as `ENOENT`; null when it was. */
  readonly spawnError: string | null;
  /** Whether any message came from it. */
  readonly spoke: boolean;
  /** The first thing on its output that was no message; empty when there was none. */
  readonly strayText: string;
  /** The end of its standard error. */
  readonly stderr: string;
}

/**
 * Says for people how a child ended, and what to look at.
 *
 * Neither its arguments nor its environment are named, nor Node's own error text, which quotes them: they hold secrets.
 */
export function describeEnd(end: ChildEnd): string {
  if (end.over.how === 'neverStarted') {
    const code = end.spawnError ?? 'UNKNOWN';
    return `could not start "${end.command}": ${code}. ${HINTS[code] ?? 'Check its command, arguments and environment.'}`;
  }
  const lines = [`"${end.command}" ${howItWent(end.over)}${end.spoke ? '' : ' before it sent a message'}`];
  if (!end.spoke && end.strayText.trim() !== '') lines.push('Its output began with:', end.strayText.trim());
  if (end.stderr.trim() !== '') lines.push('Its standard error ended with:', end.stderr.trim());
  return lines.join('\n');
}

const NO_FILE = 'Check that the command is installed and found on its PATH, and that its working folder exists.';
const NO_PROGRAM =
  'Check that the command is a program and may be executed, and that its working folder may be entered.';

const HINTS: Readonly<Record<string, string>> = {
  ENOENT: NO_FILE,
  ENOTDIR: NO_FILE,
  EACCES: NO_PROGRAM,
  EPERM: NO_PROGRAM,
  E2BIG: 'Its arguments and environment together are too long.',
  EAGAIN: 'This machine or user has too many processes.',
  EMFILE: 'This process has too many open files.',
  ENFILE: 'This machine has too many open files.',
};

function howItWent({ how, code, signal }: Over): string {
  const went = signal === null ? `exited with code ${code}` : `was ended by ${signal}`;
  if (how !== 'abandoned') return went;
  if (code === null && signal === null) return 'outlived SIGKILL and was abandoned';
  return `${went}, and what it had started outlived SIGKILL and was abandoned`;
}

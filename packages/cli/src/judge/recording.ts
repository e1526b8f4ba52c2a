import {
  APP_INVARIANTS,
  CLIENT_INVARIANTS,
  INVARIANTS,
  type Invariant,
  isRevision,
  type Revision,
} from '@mcp-lifeline/specs';
import type { End, Trace } from '@mcp-lifeline/trace';
import { UsageError } from '../usage-error.js';
import { type Handshake, handshakeIn } from './handshake.js';

/** Whom a recording may judge. */
export type Judged = 'server' | 'client';

/** What a recording as a whole may lack; whoever wrote it says so by a note of the kind `absent`. */
export type Facet = 'process' | 'bytes' | 'times' | 'application';

/** A recorded session, and what it holds. */
export interface Recording {
  readonly trace: Trace;
  /** Where the tap sits that is listened to: the one that saw the first message. Null where none was seen. */
  readonly tap: End | null;
  readonly handshake: Handshake;
  /** The ends whose applications told what they saw. */
  readonly apps: readonly End[];
  /** The client was played by a script: what it does wrong it does on purpose. */
  readonly isScripted: boolean;
  /** What it does not hold, by the name of the need or the facet, and why. */
  readonly lacks: ReadonlyMap<string, string>;
}

/** Looks at what a trace holds. */
export function recordingOf(trace: Trace): Recording {
  const { events, header } = trace;
  const tap = events.find(({ plane }) => plane === 'wire')?.at ?? null;
  const apps = (['client', 'server'] as const).filter((end) =>
    events.some(({ plane, at }) => plane === 'app' && at === end),
  );
  const hasProcess = events.some(({ plane, kind }) => plane === 'process' && kind !== 'lag');
  const absent = events.flatMap((event) =>
    event.plane === 'note' && event.kind === 'absent' ? [[event.need, event.why] as const] : [],
  );
  return {
    trace,
    tap,
    handshake: handshakeIn(events, tap),
    apps,
    isScripted: header.scenario !== undefined && tap === 'client' && !apps.includes('client'),
    lacks: new Map([
      ...(hasProcess ? [] : [['process', 'nothing of a process was recorded'] as const]),
      ...(apps.length > 0 ? [] : [['application', 'no application recorded what it saw'] as const]),
      ...absent,
    ]),
  };
}

/**
 * Whom it judges: whoever was asked for, or else everybody it can, save a client that was played by a script.
 * @throws UsageError when it cannot judge whom it shall
 */
export function rolesOf(recording: Recording, asked: Judged | 'both' | null): readonly Judged[] {
  const able = (['server', 'client'] as const).filter((role) => judgesOf(recording, role).length > 0);
  if (asked === null) return able.filter((role) => role === 'server' || !recording.isScripted);
  if (asked === 'both') return able;
  if (able.includes(asked)) return [asked];
  throw new UsageError('--role server: this was recorded at the server, and a server is judged by what its client saw');
}

/** What judges one side by this recording. */
export function judgesOf({ tap, apps }: Recording, role: Judged): readonly Invariant<unknown>[] {
  // The plane of the application judges whoever's application it is.
  const app = apps.includes(role) || (apps.length === 0 && role === 'client') ? APP_INVARIANTS : [];
  if (role === 'server') return [...(tap === 'client' ? INVARIANTS : []), ...app];
  return [...CLIENT_INVARIANTS.filter((invariant) => !APP_INVARIANTS.includes(invariant)), ...app];
}

/**
 * The revision that it is judged by: the one that was agreed on, or else the one that its header names.
 * @returns why there is none, where there is none
 */
export function revisionOf({
  handshake,
  trace,
}: Recording): { readonly revision: Revision } | { readonly why: string } {
  const { agreed, offered } = handshake;
  const named = agreed ?? trace.header.revision ?? offered;
  if (isRevision(named)) return { revision: named };
  const what = agreed === null ? 'no revision is named in it' : `${agreed} was agreed on`;
  return { why: `${what}, and --revision names no other` };
}

import type { Revision } from '@mcp-lifeline/specs';

/** What a request asks for. `slow` and `long` call a tool that takes its time, `asking` one that makes the server ask us. */
export const QUESTIONS = [
  'ping',
  'tools/list',
  'prompts/list',
  'resources/list',
  'resources/templates/list',
  'unknown-method',
  'unknown-tool',
  'slow',
  'long',
  'asking',
] as const;

/** One of {@link QUESTIONS}. */
export type Question = (typeof QUESTIONS)[number];

/** The ids that a client may choose. `digits` is a string that spells the number of the request before it. */
export const ID_KINDS = ['number', 'zero', 'negative', 'large', 'string', 'digits'] as const;

/** One of {@link ID_KINDS}. */
export type IdKind = (typeof ID_KINDS)[number];

/** What a client can declare; `roots-changed` is `roots` that tell when they change. */
export const DECLARABLE = ['roots', 'roots-changed', 'sampling', 'elicitation'] as const;

/** One of {@link DECLARABLE}. */
export type Declared = (typeof DECLARABLE)[number];

/** How the client answers what the server asks, pings apart: those are always answered at once. */
export const REPLIES = ['at-once', 'late', 'never', 'error'] as const;

/** One of {@link REPLIES}. */
export type ReplyKind = (typeof REPLIES)[number];

/** Lines that are no message: JSON that breaks off, and words. */
export const GARBAGE = ['cut', 'words'] as const;

/** A request of the client's. */
export interface RequestAct {
  readonly do: 'request';
  readonly ask: Question;
  /** Its name in the case, unique and above 0: what a cancellation refers to, and what its id is made of. */
  readonly as: number;
  readonly id: IdKind;
  /** The type of its progress token; none when left out. */
  readonly token?: 'number' | 'string';
  /** Written in so many pieces, some time apart; in one when left out. */
  readonly pieces?: number;
}

/**
 * One thing that a client does. It is data, so that a list of them can be written down, cut, and done again.
 *
 * An act that is `joined` is written together with the one before it, in one write.
 */
export type Act = (
  | { readonly do: 'initialize'; readonly declares: readonly Declared[] }
  /** Waits for the answer to `initialize` first. */
  | { readonly do: 'initialized' }
  | RequestAct
  | { readonly do: 'cancel'; readonly of: number }
  /** Cancels what was never sent. */
  | { readonly do: 'cancel-unknown' }
  | { readonly do: 'tell-roots-changed' }
  | { readonly do: 'batch'; readonly members: readonly RequestAct[]; readonly hasNotification?: true }
  | { readonly do: 'garbage'; readonly text: (typeof GARBAGE)[number] }
  /** A response to no request. */
  | { readonly do: 'stray-response' }
  /** How the server's requests are answered from here on. */
  | { readonly do: 'reply'; readonly how: ReplyKind }
  | { readonly do: 'pause'; readonly ms: number }
  /** Waits until everything asked so far is answered. */
  | { readonly do: 'settle' }
  /** Leaves the server's output unread for a while, and goes on. */
  | { readonly do: 'stop-reading'; readonly ms: number }
  /** The end of the server's input. Nothing comes after it. */
  | { readonly do: 'eof' }
  /** SIGTERM to the server. Nothing comes after it. */
  | { readonly do: 'sigterm' }
) & { readonly joined?: true };

/** One life of a client: the revision that it offers, and what it does. */
export interface Case {
  readonly offer: Revision;
  readonly acts: readonly Act[];
}

/** What an act counts as where acts are counted: a request by what it asks for, everything else by its name. */
export type ActKind = Exclude<Act['do'], 'request'> | Question;

/** The kind of an act. */
export function kindOf(act: Act): ActKind {
  return act.do === 'request' ? act.ask : act.do;
}

/** Every request of an act: its own, or the members of its batch. */
export function requestsOf(act: Act): readonly RequestAct[] {
  if (act.do === 'request') return [act];
  return act.do === 'batch' ? act.members : [];
}

/** Whether an act is one message, which can be written together with others. */
export function isMessage(act: Act): boolean {
  switch (act.do) {
    case 'request':
      return act.pieces === undefined;
    case 'initialize':
    case 'cancel':
    case 'cancel-unknown':
    case 'tell-roots-changed':
    case 'batch':
    case 'stray-response':
      return true;
    default:
      return false;
  }
}

/** The id of a request. Requests of the runner's own count from 1, and no case is so long that they meet. */
export function idOf({ as, id }: Pick<RequestAct, 'as' | 'id'>): string | number {
  switch (id) {
    case 'number':
      return FIRST_ID + as;
    case 'zero':
      return 0;
    case 'negative':
      return -as;
    case 'large':
      return LARGE_ID + as;
    case 'string':
      return `request-${as}`;
    case 'digits':
      return String(FIRST_ID + as - 1);
  }
}

const FIRST_ID = 100;
/** Above what 32 bits hold, and far below what a number loses digits at. */
const LARGE_ID = 2 ** 40;

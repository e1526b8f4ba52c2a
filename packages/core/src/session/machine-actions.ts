import type { FaultCode, Why } from '../contract.js';

/** Remembers the first cause of an end; later ones change nothing. */
export function because(context: { readonly why: Why | null }, params: { readonly why: Why }): { readonly why: Why } {
  return { why: context.why ?? params.why };
}

/** Remembers that the application asked for the end. */
export function noteAsked(context: { readonly why: Why | null }): { readonly why: Why; readonly asked: true } {
  return { ...because(context, { why: 'asked' }), asked: true };
}

/** What leaves either machine: named here without code, built by the session, done by the driver. */
const common = {
  openChannel: () => {},
  settleAll: () => {},
  abortAll: () => {},
  sendPing: () => {},
  forgetPing: () => {},
  closeChannel: (_: unknown, _params: { readonly mode: 'graceful' | 'now' }) => {},
  report: (_: unknown, _params: { readonly code: FaultCode }) => {},
} as const;

/** What leaves the client's machine. */
export const clientEffects = {
  ...common,
  sendInitialize: () => {},
  sendInitialized: () => {},
} as const;

/** How the process of a server ends; `cutShort`: before its clean-up was done. */
export type ExitHow = 'clean' | 'cutShort' | 'uncaught';

/** What leaves the server's machine. */
export const serverEffects = {
  ...common,
  sendInitializeResult: () => {},
  cleanUp: () => {},
  exit: (_: unknown, _params: { readonly how: ExitHow }) => {},
} as const;

type Effects = typeof clientEffects & typeof serverEffects;

/** One action of either machine as data. */
export type SessionAction = {
  [N in keyof Effects]: { readonly name: N; readonly params: Parameters<Effects[N]>[1] };
}[keyof Effects];

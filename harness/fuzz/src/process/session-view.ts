import { NEW_SESSION, type Session, seeSession } from '@mcp-lifeline/specs';
import type { TraceEvent } from '@mcp-lifeline/trace';
import type { SessionState } from './lifecycle.js';

/** The state of a session as its trace shows it so far. */
export class SessionView {
  #session: Session = NEW_SESSION;
  #seen = 0;

  /** Takes in the events that are new. */
  see(events: readonly TraceEvent[]): Session {
    for (const event of events.slice(this.#seen)) this.#session = seeSession(this.#session, event);
    this.#seen = events.length;
    return this.#session;
  }

  /**
   * The state, after {@link SessionView.see}.
   * @param cancelled the ids that were cancelled, by type and value
   */
  state(cancelled: ReadonlySet<string>): SessionState {
    const { initializeAt, answeredAt, initializedAt, closingAt, outputEndedAt, owed, pending } = this.#session;
    if (closingAt !== null || outputEndedAt !== null) return 'over';
    if (initializeAt === null) return 'fresh';
    if (answeredAt === null) return 'opening';
    if (initializedAt === null) return 'agreed';
    if (owed.length > 0) return 'owed';
    const open = pending.filter(({ kind }) => kind === 'request');
    if (open.some(({ key }) => key !== null && cancelled.has(key))) return 'cancelling';
    const calls = open.filter(({ method }) => method === 'tools/call').length;
    if (calls > 0) return calls === 1 ? 'calling' : 'overlapping';
    return open.length === 0 ? 'idle' : 'asking';
  }
}

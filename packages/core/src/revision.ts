/** A revision of the specification, named by its date; their order as text is their order in time. */
export type Revision = '2024-11-05' | '2025-03-26' | '2025-06-18' | '2025-11-25';

/** The revisions with an `initialize` handshake, oldest first. */
export const REVISIONS: readonly Revision[] = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'];

/** What a client offers unless it is told otherwise (lifecycle/version-offer-latest). */
export const LATEST_REVISION: Revision = '2025-11-25';

/** Narrows to a revision that this core speaks. */
export function isRevision(value: unknown): value is Revision {
  return REVISIONS.some((revision) => revision === value);
}

/** Whether both sides must take batches (messages/batch-receive); the revision after removed them. */
export function hasBatches(revision: Revision): boolean {
  return revision === '2025-03-26';
}

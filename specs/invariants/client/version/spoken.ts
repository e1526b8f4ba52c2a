import { isJsonObject, type TraceEvent } from '@mcp-lifeline/trace';

/** The versions that the application says its client speaks; null where the event says nothing of it. */
export function spokenIn(event: TraceEvent): readonly string[] | null {
  if (event.plane !== 'app' || event.at !== 'client' || event.kind !== 'speaks') return null;
  const revisions = isJsonObject(event.data) ? event.data.revisions : undefined;
  if (!Array.isArray(revisions)) return null;
  return revisions.filter((one): one is string => typeof one === 'string');
}

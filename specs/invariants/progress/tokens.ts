import { isJsonObject, type Json } from '@mcp-lifeline/trace';
import { idKey, type Shape } from '../wire.js';

/** The progress token that a request brings, by type and value; null where there is none. */
export function tokenIn(params: Json | undefined): string | null {
  const meta = isJsonObject(params) ? params._meta : undefined;
  const token = isJsonObject(meta) ? meta.progressToken : undefined;
  return token === undefined ? null : idKey(token);
}

/** A notification of progress: the token it names, by type and value, and how far it says the operation is. */
export interface Progress {
  /** Null when it names none. */
  readonly token: string | null;
  readonly progress: Json | undefined;
}

/** Reads a notification of progress; null for everything else. */
export function progressOf(shape: Shape): Progress | null {
  if (shape.kind !== 'notification' || shape.method !== 'notifications/progress') return null;
  if (!isJsonObject(shape.params)) return { token: null, progress: undefined };
  const { progressToken, progress } = shape.params;
  return { token: progressToken === undefined ? null : idKey(progressToken), progress };
}

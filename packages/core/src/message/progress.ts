import { isJsonObject, type Params } from '../json.js';
import { isRequestId, type RequestId } from './read.js';

/** What the params of `notifications/progress` tell; `progress` and `total` are finite. */
export interface ProgressParams {
  /** That of the request which is making progress. */
  readonly token: RequestId;
  readonly progress: number;
  readonly total?: number;
  readonly message?: string;
}

/** The token under which the sender of a request wants to hear of its progress; null where it does not, or it is none. */
export function progressTokenOf(params: Params | undefined): RequestId | null {
  const meta = params?._meta;
  if (!isJsonObject(meta)) return null;
  // progress/token-type
  return isRequestId(meta.progressToken) ? meta.progressToken : null;
}

/** A copy of the params that asks for progress under this token, and under no other. */
export function withProgressToken(params: Params | undefined, token: RequestId): Params {
  const meta = params?._meta;
  if (isJsonObject(meta)) return { ...params, _meta: { ...meta, progressToken: token } };
  const asked: Params = { progressToken: token };
  if (meta !== undefined) return { ...params, _meta: asked };
  // It comes first: to add a member to a copied object costs V8 twenty times as much, and every call comes through here.
  return { _meta: asked, ...params };
}

/** The params without a progress token: themselves where they hold none. */
export function withoutProgressToken(params: Params | undefined): Params | undefined {
  const meta = params?._meta;
  if (!isJsonObject(meta) || meta.progressToken === undefined) return params;
  const { progressToken: _, ...rest } = meta;
  return { ...params, _meta: rest };
}

/** Reads the params of `notifications/progress`; null without a token or a number. A wrong `total` or `message` is left out. */
export function readProgress(params: Params | undefined): ProgressParams | null {
  if (params === undefined) return null;
  const { progressToken: token, progress, total, message } = params;
  if (!isRequestId(token) || !isFiniteNumber(progress)) return null;
  // Members that are added one by one, where there are any: spreads are dear, and floods of these come in.
  const told: { -readonly [K in keyof ProgressParams]: ProgressParams[K] } = { token, progress };
  if (isFiniteNumber(total)) told.total = total;
  if (typeof message === 'string') told.message = message;
  return told;
}

function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

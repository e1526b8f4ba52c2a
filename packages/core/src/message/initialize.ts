import { isJsonObject, type Params, typeName } from '../json.js';

/** What a client tells in `initialize`. */
export interface InitializeParams {
  /** As it came: it need not be a revision that we know, or that anybody knows. */
  readonly protocolVersion: string;
  readonly capabilities: Params;
  /** The client's `clientInfo`, as it came. */
  readonly info: Params;
}

/** What a server tells in its answer to `initialize`. */
export interface InitializeResult {
  /** As it came: it need not be a revision that we know, or that anybody knows. */
  readonly protocolVersion: string;
  readonly capabilities: Params;
  /** The server's `serverInfo`, as it came. */
  readonly info: Params;
  readonly instructions?: string;
}

/** What was read, or what is wrong with it, in words that quote nothing of it. */
export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

/**
 * Reads the params of `initialize` (lifecycle/initialize-request).
 *
 * The three members must be there with their type. What `clientInfo` and the capabilities hold is not looked at: a name
 * or version that is missing breaks nothing.
 */
export function readInitializeParams(params: Params | undefined): Reading<InitializeParams> {
  return params === undefined ? { ok: false, why: 'params is missing' } : readBoth(params, 'clientInfo');
}

/**
 * Reads the result of `initialize` (lifecycle/initialize-result), as leniently as `readInitializeParams`.
 *
 * Instructions that are no text are left out.
 */
export function readInitializeResult(result: Params): Reading<InitializeResult> {
  const reading = readBoth(result, 'serverInfo');
  const { instructions } = result;
  if (!reading.ok || typeof instructions !== 'string') return reading;
  return { ok: true, value: { ...reading.value, instructions } };
}

function readBoth(from: Params, infoName: 'clientInfo' | 'serverInfo'): Reading<InitializeParams> {
  const { protocolVersion, capabilities, [infoName]: info } = from;
  if (typeof protocolVersion !== 'string') return wrong('protocolVersion', protocolVersion);
  if (!isJsonObject(capabilities)) return wrong('capabilities', capabilities);
  if (!isJsonObject(info)) return wrong(infoName, info);
  return { ok: true, value: { protocolVersion, capabilities, info } };
}

function wrong(name: string, value: unknown): { readonly ok: false; readonly why: string } {
  return { ok: false, why: `${name} is ${typeName(value)}` };
}

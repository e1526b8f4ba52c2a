import type { RequestId } from '@mcp-lifeline/core';
import { isJsonObject, type JsonObject } from '@mcp-lifeline/trace';
import type { Heard } from './heard.js';
import { asked, responsesIn, sentIn } from './step.js';
import { ANSWERING, type OpenBatch, type SessionView, type TheirRequest } from './view.js';
import type { Unviewed } from './viewing.js';

/** What becomes of the peer's requests in a step. */
export function viewRequests(step: Unviewed): Pick<SessionView, 'requests' | 'owed' | 'batches'> {
  const requests = viewHandlers(step);
  return { requests, owed: viewOwed(step), batches: batchesIn(step, requests).open };
}

/** The batches that were open, or began in this step: those of which a handler works on a member behind it, and the others. */
export function batchesIn(
  step: Unviewed,
  requests: readonly TheirRequest[],
): { readonly open: readonly OpenBatch[]; readonly done: readonly OpenBatch[] } {
  const { before, heard } = step;
  const name = batchName(step);
  const begun = name === null ? [] : [{ name, owed: heard.map(owedFor).filter((id) => id !== null) }];
  const all = cancelledIn(step).reduce(withoutAnswer, [...before.batches, ...begun]);
  const works = (batch: OpenBatch): boolean => requests.some((request) => request.batch === batch.name);
  return { open: all.filter(works), done: all.filter((batch) => !works(batch)) };
}

/** The name of the batch that came in; null where none did, or where it is refused as a whole (messages/batch-receive). */
export function batchName({ config, before, input, heard }: Unviewed): number | null {
  if (input.type !== 'received' || !Array.isArray(input.json) || before.revision !== '2025-03-26') return null;
  if (heard.length === 0 || heard.length > config.maxBatch) return null;
  const names = before.batches.map((batch) => batch.name);
  return [...names, -1].map((taken) => taken + 1).find((free) => !names.includes(free)) ?? 0;
}

/** Whom a message asks to be answered; null for nobody. */
export function owedFor(one: Heard): RequestId | null {
  return one.kind === 'request' || one.kind === 'noise' ? one.id : null;
}

/** progress/token-type */
export function tokenIn({ _meta }: JsonObject): RequestId | null {
  const token = isJsonObject(_meta) ? _meta.progressToken : undefined;
  return typeof token === 'string' || Number.isInteger(token) ? (token as RequestId) : null;
}

function viewHandlers(step: Unviewed): readonly TheirRequest[] {
  const { before, input } = step;
  const aborted = asked(step, 'abort').map(({ key }) => key);
  const ended = input.type === 'answer' ? [input.key, ...aborted] : aborted;
  let requests = before.requests.filter(({ key }) => !ended.includes(key));
  for (const { request } of begunIn(step)) {
    // An id means the newest request under it, even one that was cancelled in the batch it came in.
    const older = requests.map((one) => (one.id === request.id ? { ...one, isNewest: false } : one));
    requests = ended.includes(request.key) ? older : [...older, request];
  }
  return input.type === 'progress' ? requests.map((one) => viewTold(step, one)) : requests;
}

/** The handlers that begin, each with the place of the request that it was begun for: deliveries keep the order of arrival. */
function begunIn(step: Unviewed): readonly { readonly place: number; readonly request: TheirRequest }[] {
  const { heard } = step;
  const batch = batchName(step);
  let next = 0;
  return asked(step, 'deliver').flatMap(({ item }) => {
    if (item.kind !== 'request') return [];
    const place = heard.findIndex((one, at) => at >= next && one.kind === 'request' && one.method === item.method);
    const request = heard[place];
    if (request?.kind !== 'request') return [];
    next = place + 1;
    const { key } = item;
    const { id, params } = request;
    return [{ place, request: { key, id, batch, isNewest: true, token: tokenIn(params), progress: null } }];
  });
}

/** The open requests that are cancelled in this step: each the newest under its id at that moment. */
function cancelledIn(step: Unviewed): readonly Pick<TheirRequest, 'id' | 'batch'>[] {
  const begun = begunIn(step);
  let newest = step.before.requests.filter(({ isNewest }) => isNewest);
  return step.heard.flatMap((one, at) => {
    const started = begun.find(({ place }) => place === at)?.request;
    if (started !== undefined) newest = [...newest.filter(({ id }) => id !== started.id), started];
    if (one.kind !== 'notification' || one.method !== 'notifications/cancelled') return [];
    const cancelled = newest.filter(({ id }) => id === one.params.requestId);
    newest = newest.filter((request) => !cancelled.includes(request));
    return cancelled;
  });
}

function viewTold(step: Unviewed, request: TheirRequest): TheirRequest {
  const { input } = step;
  if (input.type !== 'progress' || input.key !== request.key) return request;
  const isTold = sentIn(step).some(({ method }) => method === 'notifications/progress');
  return isTold ? { ...request, progress: input.progress } : request;
}

function viewOwed(step: Unviewed): readonly RequestId[] {
  const { before, stage, heard } = step;
  if (!ANSWERING.includes(stage)) return [];
  // What its sender cancels is owed no answer (cancellation/no-response).
  const taken = [...cancelledIn(step), ...responsesIn(step)].map(({ id }) => id as RequestId);
  const owed = [...before.owed, ...heard.map(owedFor).filter((id) => id !== null)];
  return taken.reduce(withoutOne, owed);
}

function withoutAnswer(batches: readonly OpenBatch[], { id, batch }: Pick<TheirRequest, 'id' | 'batch'>): OpenBatch[] {
  return batches.map((one) => (one.name === batch ? { ...one, owed: withoutOne(one.owed, id) } : one));
}

function withoutOne(ids: readonly RequestId[], id: RequestId): RequestId[] {
  const at = ids.lastIndexOf(id);
  return at === -1 ? [...ids] : ids.toSpliced(at, 1);
}

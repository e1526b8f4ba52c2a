import type { Config, Fault, Json } from '@mcp-lifeline/core';
import { isJsonObject, type JsonObject } from '@mcp-lifeline/trace';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';
import { isAllowed } from '../../watchers/session/allowed.js';
import type { Heard } from '../../watchers/session/heard.js';
import { batchesIn, batchName, owedFor, tokenIn } from '../../watchers/session/requests-view.js';
import { alone, asked, responsesIn, type SessionStep } from '../../watchers/session/step.js';
import { ANSWERING, HEARING, type OpenBatch } from '../../watchers/session/view.js';
import { losesHope } from './ending.js';

type Request = Extract<Heard, { readonly kind: 'request' }>;

/** What of the peer's requests reaches handlers, and with which error the others are refused. */
export function servingRules({ role }: Config): readonly Rule<SessionStep>[] {
  return [
    {
      id: `${role}.serving.handed-on`,
      title: `A request for what the ${role} declared is handed to a handler as it came`,
      source: '2025-11-25/lifecycle/negotiated-capabilities',
      judge: judgeHandedOn,
    },
    {
      id: `${role}.serving.undeclared`,
      title: `A request for what the ${role} did not declare is refused as unknown, and told`,
      source: '2025-11-25/lifecycle/negotiated-capabilities',
      judge: (step) => {
        const one = servedRequest(step);
        if (one === null || isDeclared(step, one)) return null;
        return judgeRefusal(step, METHOD_NOT_FOUND, 'undeclared');
      },
    },
    {
      id: `${role}.serving.one-too-many`,
      title: `A request beyond the bound of the ${role} is refused, and told`,
      source: 'docs/limits.md',
      judge: (step) => {
        const one = servedRequest(step);
        if (one === null || !isDeclared(step, one) || !isFull(step)) return null;
        return judgeRefusal(step, INTERNAL_ERROR, 'tooMany');
      },
    },
    {
      id: `${role}.serving.no-message`,
      title: `What means to be a request of the ${role}'s peer and is none is refused, and told; what is no message at all is told`,
      source: '2025-11-25/messages/json-rpc',
      judge: (step) => {
        const one = alone(step);
        if (one?.kind !== 'noise') return null;
        if (one.id !== null && ANSWERING.includes(step.stage))
          return judgeRefusal(step, INVALID_REQUEST, 'invalidMessage');
        const told = asked(step, 'report').map(({ fault }) => fault.code);
        return told.join() === 'invalidMessage' ? 'right' : wrong(`reported: ${told.join(', ') || 'nothing'}`);
      },
    },
    {
      id: `${role}.serving.same-id`,
      title: `A second request under an id that is in use is told by the ${role}, and served all the same`,
      source: '2025-11-25/messages/request-id-unique',
      judge: (step) => {
        const one = servedRequest(step);
        if (one === null || !isDeclared(step, one) || isFull(step)) return null;
        const isInUse = step.before.requests.some(({ id, isNewest }) => id === one.id && isNewest);
        const isTold = asked(step, 'report').some(({ fault }) => fault.code === 'duplicateRequestId');
        if (!isInUse) return isTold ? wrong('an id that is not in use is told to be') : null;
        return isTold && asked(step, 'deliver').length === 1 ? 'right' : wrong('it was not told, or not served');
      },
    },
    {
      id: `${role}.serving.batch`,
      title: `The ${role} answers a batch as one, when the last of its members is answered or cancelled; one that needs no answer gets none`,
      source: '2025-03-26/messages/batch-receive',
      judge: judgeBatches,
    },
    {
      id: `${role}.serving.bad-batch`,
      title: `The ${role} tells of a batch that is empty, too long, or where there are none, and serves no request in it`,
      source: '2025-11-25/messages/json-rpc',
      judge: judgeBadBatch,
    },
    {
      id: `${role}.serving.leaving`,
      title: `Once the ${role} is on its way out no request reaches a handler`,
      source: 'docs/limits.md',
      judge: (step) => {
        if (step.before.phase !== 'closing' || !step.heard.some(({ kind }) => kind === 'request')) return null;
        const begun = asked(step, 'deliver').some(({ item }) => item.kind === 'request');
        return begun ? wrong('a handler begins to work') : 'right';
      },
    },
  ];
}

/** JSON-RPC 2.0, section 5.1 */
const INVALID_REQUEST = -32_600;
const METHOD_NOT_FOUND = -32_601;
const INTERNAL_ERROR = -32_603;

/** The stages in which requests other than pings and `initialize` are served. */
const SERVING = ['negotiating', 'ready', 'answered'];

/** A request that came alone, for handlers to serve if it may be. */
function servedRequest(step: SessionStep): Request | null {
  const one = alone(step);
  if (one?.kind !== 'request' || one.method === 'ping' || !SERVING.includes(step.stage)) return null;
  return one.method === 'initialize' && step.config.role === 'server' ? null : one;
}

function isDeclared(step: SessionStep, { method }: Request): boolean {
  const { role } = step.config;
  return isAllowed('request', method, role === 'client' ? 'server' : 'client', step);
}

function isFull({ before, config }: SessionStep): boolean {
  return before.requests.length >= config.maxPeerRequests;
}

function judgeHandedOn(step: SessionStep): Judged {
  const one = servedRequest(step);
  if (one === null || !isDeclared(step, one) || isFull(step)) return null;
  const [item, ...more] = asked(step, 'deliver').map((effect) => effect.item);
  if (item?.kind !== 'request' || more.length > 0) return wrong('it was not handed on');
  const { revision } = step.before;
  const isSame = item.method === one.method && withoutToken(item.params ?? {}) === withoutToken(one.params);
  const isRevision = item.revision === (revision ?? step.config.revisions.at(-1));
  if (!isSame || !isRevision) return wrong('it was handed on with another method, other params or another revision');
  return item.wantsProgress === (tokenIn(one.params) !== null)
    ? 'right'
    : wrong(`progress wanted: ${item.wantsProgress}`);
}

/** The params as text. Whether there is a token is told beside them; which one is no business of a handler's. */
function withoutToken({ _meta: meta, ...params }: JsonObject): string {
  const { progressToken: _, ...others } = isJsonObject(meta) ? meta : {};
  return JSON.stringify([params, others]);
}

function judgeRefusal(step: SessionStep, code: number, fault: Fault['code']): Judged {
  const [answer, ...more] = responsesIn(step);
  const error: JsonObject = isJsonObject(answer?.error) ? answer.error : {};
  if (more.length > 0 || error.code !== code) return wrong(`the error is ${String(error.code)}, and not ${code}`);
  if (asked(step, 'deliver').length > 0) return wrong('it was served');
  return asked(step, 'report').some((effect) => effect.fault.code === fault) ? 'right' : wrong(`${fault} was not told`);
}

function judgeBatches(step: SessionStep): Judged {
  const { input, after, before } = step;
  const isTouched = input.type === 'answer' || input.type === 'received';
  if (!isTouched || !ANSWERING.includes(step.stage) || (before.batches.length === 0 && batchName(step) === null))
    return null;
  // Where the session ends otherwise, nobody is answered any more.
  if (step.stage !== 'finishing' && losesHope(step)) return null;
  const { open, done } = batchesIn(step, after.requests);
  const sent = asked(step, 'send').flatMap(({ message }) => (Array.isArray(message) ? [idsOf(message)] : []));
  const due = done.filter(({ owed }) => owed.length > 0).map(({ owed }) => sortedIds(owed));
  if (JSON.stringify(sent.toSorted()) !== JSON.stringify(due.toSorted())) {
    return wrong(`answered together: ${sent.join(' and ') || 'nothing'}; due: ${due.join(' and ') || 'nothing'}`);
  }
  const early = asked(step, 'send').find(({ message }) => isAnswerTo(message, open) && !isOfOne(message, step));
  return early === undefined ? 'right' : wrong(`${JSON.stringify(early.message)} was answered before its batch`);
}

/** Whether a message that is sent alone answers a member of an open batch. */
function isAnswerTo(message: Json, open: readonly OpenBatch[]): boolean {
  if (!isJsonObject(message) || message.method !== undefined) return false;
  return open.some(({ owed }) => owed.some((id) => id === message.id));
}

/** Whether it answers a request that is answered by itself, which may go by the same id. */
function isOfOne(message: Json, step: SessionStep): boolean {
  const id = isJsonObject(message) ? message.id : undefined;
  const isNow = batchName(step) === null && step.heard.some((one) => owedFor(one) === id);
  return isNow || step.before.requests.some((request) => request.batch === null && request.id === id);
}

function idsOf(messages: readonly unknown[]): string {
  return sortedIds(messages.map((message) => (message as JsonObject).id));
}

function sortedIds(ids: readonly unknown[]): string {
  return ids
    .map((id) => JSON.stringify(id))
    .sort()
    .join();
}

function judgeBadBatch(step: SessionStep): Judged {
  const { input, config, before } = step;
  if (input.type !== 'received' || !Array.isArray(input.json) || !HEARING.includes(step.stage)) return null;
  const isLong = input.json.length > config.maxBatch;
  const isOdd = input.json.length === 0 || before.revision !== '2025-03-26';
  const told = asked(step, 'report').map(({ fault }) => fault.code);
  if (!isLong && !isOdd) return told.includes('batch') ? wrong('a batch that may be is told to be a fault') : null;
  if (!told.includes(isLong ? 'tooMany' : 'batch')) return wrong(`reported: ${told.join(', ') || 'nothing'}`);
  const begun = asked(step, 'deliver').some(({ item }) => item.kind === 'request');
  return begun ? wrong('a request in it was served') : 'right';
}

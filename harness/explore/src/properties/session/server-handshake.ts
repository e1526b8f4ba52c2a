import type { ServerConfig } from '@mcp-lifeline/core';
import { isJsonObject, type JsonObject } from '@mcp-lifeline/trace';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';
import type { Heard } from '../../watchers/session/heard.js';
import {
  alone,
  asked,
  enters,
  requestsIn,
  responsesIn,
  type SessionStep,
  sentIn,
} from '../../watchers/session/step.js';

/** How a server is opened. */
export function serverHandshakeRules(config: ServerConfig): readonly Rule<SessionStep>[] {
  return [
    {
      id: 'server.handshake.answer',
      title: 'A server answers initialize in that step: with the revision that is offered, or with its newest',
      source: '2025-11-25/lifecycle/version-echo',
      judge: (step) => judgeInitialize(step, config),
    },
    {
      id: 'server.handshake.malformed',
      title: 'A server refuses an initialize that lacks what it has to tell, and waits for a better one',
      source: '2025-11-25/lifecycle/initialize-request',
      judge: (step) => {
        const params = initializeParams(step);
        if (params === null || isComplete(params)) return null;
        if (!isRefused(step)) return wrong('it was not refused with an error');
        const isTold = asked(step, 'report').some(({ fault }) => fault.code === 'refusedInitialize');
        if (!isTold) return wrong('it was not reported');
        return step.after.phase === 'opening' ? 'right' : wrong(`the session went on to ${step.after.phase}`);
      },
    },
    {
      id: 'server.handshake.ready',
      title: 'initialized makes a server that has answered initialize ready in that step, and nothing else does',
      source: '2025-11-25/lifecycle/initialized-notification',
      judge: (step) => {
        const isSaid = step.stage === 'answered' && step.heard.some(saysInitialized);
        if (!isSaid) return enters(step, 'ready') ? wrong('ready without initialized') : null;
        return enters(step, 'ready') ? 'right' : wrong('it is not ready');
      },
    },
    {
      id: 'server.handshake.untimely',
      title: 'initialized at any other time is reported and changes nothing, but where it may have crossed the end',
      source: '2025-11-25/lifecycle/initialized-notification',
      judge: (step) => {
        const one = alone(step);
        if (one === null || !saysInitialized(one) || step.stage === 'answered') return null;
        const told = asked(step, 'report').length;
        const isRight = told === (step.before.phase === 'closing' ? 0 : 1);
        const isAll = step.before.phase === step.after.phase && sentIn(step).length === 0;
        return isRight && isAll ? 'right' : wrong(`reported ${told} times, or it changed something`);
      },
    },
    {
      id: 'server.handshake.early-request',
      title: 'Before it has answered initialize a server refuses every request but pings, and says so',
      source: '2025-11-25/lifecycle/initialize-first',
      judge: (step) => {
        const one = alone(step);
        const isEarly = step.stage === 'listening' && one?.kind === 'request' && !OPENING.includes(one.method);
        if (!isEarly) return null;
        const isReported = asked(step, 'report').some(({ fault }) => fault.code === 'earlyRequest');
        return isRefused(step) && isReported ? 'right' : wrong('it was served, or not reported');
      },
    },
    {
      id: 'server.handshake.second-initialize',
      title: 'A second initialize, or one in a batch, is refused and changes nothing',
      source: 'docs/adr/0010-keepalive-and-strictness.md',
      judge: judgeSecond,
    },
    {
      id: 'server.handshake.own-requests',
      title:
        'Until initialized came a server asks for nothing, and for nothing but pongs once it has answered initialize',
      source: '2025-11-25/lifecycle/early-server-requests',
      judge: (step) => {
        if (step.stage !== 'listening' && step.stage !== 'answered') return null;
        const early = requestsIn(step).find(({ method }) => method !== 'ping' || step.stage === 'listening');
        return early === undefined ? 'right' : wrong(`${String(early.method)} went out`);
      },
    },
  ];
}

const OPENING = ['initialize', 'ping'];

function judgeInitialize(step: SessionStep, config: ServerConfig): Judged {
  const { revisions } = config;
  const params = initializeParams(step);
  if (params === null || !isComplete(params)) return null;
  const [answer, ...more] = responsesIn(step);
  if (answer?.id !== idOf(step) || more.length > 0) return wrong('no answer, or more than one');
  const { protocolVersion, ...told } = isJsonObject(answer.result) ? answer.result : {};
  const offered = params.protocolVersion;
  const isSpoken = revisions.some((revision) => revision === offered);
  const due = isSpoken ? offered : revisions.at(-1);
  if (protocolVersion !== due) return wrong(`it answers ${String(protocolVersion)} to ${String(offered)}`);
  const { capabilities, info: serverInfo, instructions } = config;
  const given = { capabilities, serverInfo, ...(instructions === undefined ? {} : { instructions }) };
  if (JSON.stringify(told) !== JSON.stringify(given)) return wrong('it tells what it was not given');
  return enters(step, 'negotiating') ? 'right' : wrong('the phase is not told');
}

function judgeSecond(step: SessionStep): Judged {
  const second = step.heard.filter((one) => one.kind === 'request' && one.method === 'initialize');
  if (second.length === 0 || (step.stage === 'listening' && alone(step) !== null)) return null;
  const told = asked(step, 'report').map(({ fault }) => fault.code);
  if (!told.includes('secondInitialize') && !told.includes('batch') && !told.includes('tooMany'))
    return wrong('not reported');
  if (asked(step, 'deliver').some(({ item }) => item.kind === 'request' && item.method === 'initialize')) {
    return wrong('it was handed on');
  }
  const answers = responsesIn(step).filter(({ id }) => second.some((one) => 'id' in one && one.id === id));
  const isAgreed = answers.some(({ result }) => isJsonObject(result) && 'protocolVersion' in result);
  return isAgreed || enters(step, 'negotiating') ? wrong('it was agreed on') : 'right';
}

/** What an `initialize` tells that comes alone, and first. */
function initializeParams(step: SessionStep): JsonObject | null {
  const one = alone(step);
  const isFirst = step.stage === 'listening' && one?.kind === 'request' && one.method === 'initialize';
  return isFirst ? one.params : null;
}

function isComplete({ protocolVersion, capabilities, clientInfo }: JsonObject): boolean {
  return typeof protocolVersion === 'string' && isJsonObject(capabilities) && isJsonObject(clientInfo);
}

function saysInitialized(one: Heard): boolean {
  return one.kind === 'notification' && one.method === 'notifications/initialized';
}

function isRefused(step: SessionStep): boolean {
  const [answer, ...more] = responsesIn(step);
  const isError = answer?.id === idOf(step) && isJsonObject(answer.error) && more.length === 0;
  return isError && asked(step, 'deliver').length === 0;
}

function idOf(step: SessionStep): string | number | null {
  const one = alone(step);
  return one?.kind === 'request' ? one.id : null;
}

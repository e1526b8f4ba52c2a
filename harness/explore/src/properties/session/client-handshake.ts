import type { ClientConfig, Json } from '@mcp-lifeline/core';
import { isJsonObject } from '@mcp-lifeline/trace';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';
import { answerId, type Heard } from '../../watchers/session/heard.js';
import { alone, asked, enters, expired, type SessionStep, sentIn } from '../../watchers/session/step.js';

/** How a client opens a session, or does not come to it. */
export function clientHandshakeRules({ revisions }: ClientConfig): readonly Rule<SessionStep>[] {
  const newest = revisions.at(-1);
  return [
    {
      id: 'client.handshake.start',
      title: 'A client that is started opens its channel and sets itself a time, in one step',
      source: 'docs/limits.md',
      judge: (step) => {
        if (step.input.type !== 'start' || step.stage !== 'idle') return null;
        const isOpening =
          asked(step, 'openChannel').length === 1 && isArmed(step, 'startup') && isArmed(step, 'slowStart');
        return isOpening ? 'right' : wrong('no channel is opened, or no time is set');
      },
    },
    {
      id: 'client.handshake.initialize',
      title:
        'When its channel is open a client sends initialize, with its newest revision, and nothing else; and never again',
      source: '2025-11-25/lifecycle/initialize-first',
      judge: (step) => judgeInitialize(step, newest),
    },
    {
      id: 'client.handshake.before-answer',
      title: 'Until initialize is answered a client asks for nothing but pongs',
      source: '2025-11-25/lifecycle/early-client-requests',
      judge: (step) => {
        if (step.stage !== 'negotiating' || enters(step, 'ready')) return null;
        const early = sentIn(step).find(({ method }) => typeof method === 'string' && !EARLY.includes(method));
        return early === undefined ? 'right' : wrong(`${String(early.method)} went out`);
      },
    },
    {
      id: 'client.handshake.ready',
      title:
        'A good answer to initialize makes a client ready in that step, with initialized as its first word; and nothing else does',
      source: '2025-11-25/lifecycle/initialized-notification',
      judge: (step) => judgeInitialized(step, revisions),
    },
    {
      id: 'client.handshake.unsupported',
      title: 'A client that is answered with a revision it does not speak leaves in that step, without a word',
      source: '2025-11-25/lifecycle/version-disconnect',
      judge: (step) => {
        if (answerTo(step, revisions) !== 'unsupported') return null;
        return judgeLeaving(step, 'unsupportedRevision', 'unsupportedRevision');
      },
    },
    {
      id: 'client.handshake.refused',
      title: 'A client whose initialize is refused, or answered with what is no answer, leaves in that step',
      source: 'docs/machines/client.md',
      judge: (step) => {
        if (answerTo(step, revisions) !== 'refused') return null;
        return judgeLeaving(step, 'refused', 'refusedInitialize');
      },
    },
    {
      id: 'client.handshake.timed',
      title:
        'As long as its handshake is not complete a client waits no longer than its time, and not at all when it is',
      source: 'docs/limits.md',
      judge: (step) => {
        const { phase, started } = step.after;
        const isStarting = started && (phase === 'opening' || phase === 'negotiating');
        if (!isStarting && phase !== 'ready') return null;
        if (isStarting) return isArmed(step, 'startup') ? 'right' : wrong('no timer ends the handshake');
        return isArmed(step, 'startup') || isArmed(step, 'slowStart')
          ? wrong('a timer of the start is armed')
          : 'right';
      },
    },
    {
      id: 'client.handshake.slow',
      title: 'A slow start is reported, and nothing more',
      source: 'docs/limits.md',
      judge: (step) => {
        if (expired(step) !== 'slowStart') return null;
        const [report] = asked(step, 'report');
        const isAll = step.effects.length === 1 && report?.fault.code === 'slowStart';
        return isAll ? 'right' : wrong(`asked for: ${step.effects.map(({ type }) => type).join(', ') || 'nothing'}`);
      },
    },
  ];
}

/** What may go out before the answer, beside responses. */
const EARLY = ['ping', 'notifications/cancelled', 'notifications/progress'];

function judgeInitialize(step: SessionStep, newest: string | undefined): Judged {
  const sent = sentIn(step);
  const isOpened = step.input.type === 'opened' && step.stage === 'opening';
  if (!isOpened) return sent.some(({ method }) => method === 'initialize') ? wrong('initialize was sent again') : null;
  const [first, ...more] = sent;
  if (first?.method !== 'initialize' || more.length > 0) return wrong('something else than initialize was sent');
  const { protocolVersion, capabilities, clientInfo } = isJsonObject(first.params) ? first.params : {};
  if (protocolVersion !== newest) return wrong(`it offers ${String(protocolVersion)}`);
  const { config } = step;
  if (!isSame([capabilities, clientInfo], [config.capabilities, config.info]))
    return wrong('it tells what it was not given');
  return enters(step, 'negotiating') ? 'right' : wrong('the phase is not told');
}

function judgeInitialized(step: SessionStep, revisions: readonly string[]): Judged {
  const sent = sentIn(step);
  if (answerTo(step, revisions) !== 'good') {
    const isSaid = sent.some(({ method }) => method === 'notifications/initialized');
    return isSaid || enters(step, 'ready') ? wrong('ready without a good answer') : null;
  }
  if (sent[0]?.method !== 'notifications/initialized') return wrong('initialized is not the first that is sent');
  if (sent.filter(({ method }) => method === 'notifications/initialized').length > 1) return wrong('said twice');
  return enters(step, 'ready') ? 'right' : wrong('it is not ready');
}

/** What came for an answer to `initialize`: null where none came, or it was not waited for. */
function answerTo(step: SessionStep, revisions: readonly string[]): 'good' | 'unsupported' | 'refused' | null {
  const { initializeId } = step.before;
  if (step.stage !== 'negotiating' || initializeId === null) return null;
  const answer = step.heard.find((one) => answerId(one) === initializeId);
  // What stands in a batch may come after other words, and is taken all the same.
  if (answer === undefined || (alone(step) === null && answer !== step.heard[0])) return null;
  return weigh(answer, revisions);
}

function weigh(answer: Heard, revisions: readonly string[]): 'good' | 'unsupported' | 'refused' {
  if (answer.kind !== 'result') return 'refused';
  const { protocolVersion, capabilities, serverInfo } = answer.result;
  if (typeof protocolVersion !== 'string' || !isJsonObject(capabilities) || !isJsonObject(serverInfo)) return 'refused';
  return revisions.includes(protocolVersion) ? 'good' : 'unsupported';
}

function judgeLeaving(step: SessionStep, why: string, code: string): Judged {
  if (sentIn(step).length > 0) return wrong('something was sent');
  const [closing] = asked(step, 'closeChannel');
  if (closing?.mode !== 'graceful') return wrong('the channel is not closed');
  const [phase] = asked(step, 'phase');
  if (phase?.phase !== 'closing' || phase.why !== why) return wrong(`not closing, or as ${phase?.why ?? 'nothing'}`);
  return asked(step, 'report').some(({ fault }) => fault.code === code) ? 'right' : wrong('it was not reported');
}

function isSame(one: readonly (Json | undefined)[], other: readonly Json[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isArmed({ after }: SessionStep, name: string): boolean {
  return after.armed.some((one) => one.name === name);
}

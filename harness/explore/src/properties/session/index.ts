import type { Config } from '@mcp-lifeline/core';
import type { Rule } from '../../watchers/rules.js';
import type { SessionStep } from '../../watchers/session/step.js';
import { answerRules } from './answers.js';
import { callingRules } from './calling.js';
import { callRules } from './calls.js';
import { CLIENT_ENDING } from './client-ending.js';
import { clientHandshakeRules } from './client-handshake.js';
import { endingRules } from './ending.js';
import { faultRules } from './faults.js';
import { keepaliveRules } from './keepalive.js';
import { notificationRules } from './notifications.js';
import { orderRules } from './order.js';
import { progressRules } from './progress.js';
import { reportRules } from './reports.js';
import { requestRules } from './requests.js';
import { serverEndingRules } from './server-ending.js';
import { serverHandshakeRules } from './server-handshake.js';
import { servingRules } from './serving.js';
import { taskRules } from './tasks.js';
import { timerRules } from './timers.js';
import { urgencyRules } from './urgency.js';

/** What must hold of each step of a session, in the order of its life. `countsUp`: see `Setup`. */
export function sessionRules(config: Config, countsUp: boolean): readonly Rule<SessionStep>[] {
  return [
    ...(config.role === 'client' ? clientHandshakeRules(config) : serverHandshakeRules(config)),
    ...callingRules(config),
    ...callRules(config),
    ...taskRules(config),
    ...answerRules(config, countsUp),
    ...progressRules(config),
    ...requestRules(config),
    ...servingRules(config),
    ...notificationRules(config),
    ...keepaliveRules(config),
    ...endingRules(config),
    ...(config.role === 'client' ? CLIENT_ENDING : serverEndingRules(config)),
    ...orderRules(config),
    ...timerRules(config, countsUp),
    ...urgencyRules(config),
    ...reportRules(config),
    ...faultRules(config),
  ];
}

export { type Exchange, requestMessage } from './exchanges.js';
export { FENCES, fence } from './fence.js';
export { type LagMeter, startLagMeter } from './lag.js';
export { RawPeer, type RawPeerOptions } from './raw-peer.js';
export { CLIENT_CAPABILITIES, type Reply, replyAsClient } from './responder.js';
export { killSurvivors, MARK_VARIABLE, survey, surveyFor } from './survey.js';
export type { Waited } from './waits.js';

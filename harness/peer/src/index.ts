export { FENCES, fence } from './fence.js';
export { type Exchange, RawPeer, type RawPeerOptions, requestMessage } from './raw-peer.js';
export { CLIENT_CAPABILITIES, type Reply, replyAsClient } from './responder.js';
export { killSurvivors, MARK_VARIABLE, survey } from './survey.js';
export type { Waited } from './waits.js';

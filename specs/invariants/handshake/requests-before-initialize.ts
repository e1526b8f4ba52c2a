import { outOfTurn } from './out-of-turn.js';

/** What a server does with a request other than ping that comes before `initialize`. */
export const requestsBeforeInitialize = outOfTurn({
  id: 'handshake.requests-before-initialize',
  title: 'what a request before initialize gets',
  asks: ({ method }, session) => method !== 'ping' && method !== 'initialize' && session.initializeAt === null,
  ambiguity: 'request-before-initialize',
});

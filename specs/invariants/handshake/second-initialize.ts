import { outOfTurn } from './out-of-turn.js';

/** What a server does with a second `initialize` in a session that is ready. */
export const secondInitialize = outOfTurn({
  id: 'handshake.second-initialize',
  title: 'what a second initialize gets',
  asks: ({ method }, session) => method === 'initialize' && session.initializedAt !== null,
  ambiguity: 'second-initialize',
});

import { leaving } from './leaving.js';

/** The end of input counts also for a server that has not answered `initialize` yet. */
export const eofMidHandshake = leaving({
  id: 'shutdown.eof-mid-handshake',
  title: 'a server exits when its stdin ends during the handshake',
  when: ({ initializeAt, answeredAt }) => initializeAt !== null && answeredAt === null,
  asked: 'the end of its input during the handshake',
  asks: (event) => event.plane === 'process' && event.kind === 'inputEnded',
});

import { leaving } from './leaving.js';

/** The answer that it waits for cannot come any more. */
export const eofOwedAnswer = leaving({
  id: 'shutdown.eof-owed-answer',
  title: 'a server exits when its stdin ends while it waits for an answer of the client',
  when: ({ initializedAt, owed }) => initializedAt !== null && owed.length > 0,
  lacking: 'serverRequest',
  asked: 'the end of its input during a request of its own',
  asks: (event) => event.plane === 'process' && event.kind === 'inputEnded',
});

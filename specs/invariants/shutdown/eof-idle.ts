import { leaving } from './leaving.js';

/** An idle server exits when its standard input ends. */
export const eofIdle = leaving({
  id: 'shutdown.eof-idle',
  title: 'an idle server exits when its stdin ends',
  asked: 'the end of its input',
  asks: (event) => event.plane === 'process' && event.kind === 'inputEnded',
});

import { leaving } from './leaving.js';

/** An idle server exits on SIGTERM, with its standard input still open; by which code is its own affair. */
export const sigterm = leaving({
  id: 'shutdown.sigterm',
  title: 'an idle server exits on SIGTERM',
  asked: 'SIGTERM',
  asks: (event) =>
    event.plane === 'process' &&
    event.kind === 'signalled' &&
    event.signal === 'SIGTERM' &&
    // The ladder's own SIGTERM comes after the end of input, and asks another question.
    event.by === 'scenario',
});

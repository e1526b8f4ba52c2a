import { leaving } from './leaving.js';

/** Nobody waits for an answer any more: a call that runs is no reason to stay. */
export const eofMidRequest = leaving({
  id: 'shutdown.eof-mid-request',
  title: 'a server exits when its stdin ends while a call runs',
  when: ({ initializedAt, pending }) =>
    initializedAt !== null && pending.some(({ kind, method }) => kind === 'request' && method === 'tools/call'),
  lacking: 'slowTool',
  asked: 'the end of its input during a call',
  asks: (event) => event.plane === 'process' && event.kind === 'inputEnded',
});

const NAMES = 'remembers every id there ever was, and the model gives a name again once nothing mentions it';
const SILENCE = 'shows by how many later messages came, which the explorer does not count';
const TIME = 'rests on durations';

/**
 * The invariants over a client that are not carried along in the explorer's states, and why. What drives the core with real ids and
 * times judges whole traces by them; in each step the rules that are named here do.
 */
export const LEFT: Readonly<Record<string, { readonly why: string; readonly instead: readonly string[] }>> = {
  'client.handshake.initialized-first': { why: 'breaks nothing: the text is open', instead: [] },
  'client.rpc.request-ids': { why: NAMES, instead: ['client.answers.settle'] },
  'client.rpc.every-request-answered': {
    why: SILENCE,
    instead: ['client.requests.taken', 'client.requests.answer', 'client.eventually.answers'],
  },
  'client.rpc.unknown-method': { why: 'judges what handlers answer', instead: ['client.requests.taken'] },
  'client.rpc.batch': { why: SILENCE, instead: ['client.state.batches', 'client.requests.answered-once'] },
  'client.rpc.response-id': { why: NAMES, instead: ['client.requests.answered-once'] },
  'client.rpc.one-response': { why: NAMES, instead: ['client.requests.answered-once'] },
  'client.rpc.no-reply-to-notification': { why: SILENCE, instead: ['client.requests.answered-once'] },
  'client.ping.pong': { why: SILENCE, instead: ['client.requests.ping'] },
  'client.progress.active-token': { why: NAMES, instead: ['client.progress.told'] },
  'client.progress.increases': { why: NAMES, instead: ['client.progress.told'] },
  'client.progress.ends': { why: NAMES, instead: ['client.progress.told'] },
  'client.cancel.own': { why: NAMES, instead: ['client.calls.cancel', 'client.calls.time-out'] },
  'client.cancel.in-progress': { why: NAMES, instead: ['client.calls.cancel', 'client.calls.time-out'] },
  'client.cancel.stops-response': { why: TIME, instead: ['client.requests.cancelled'] },
  'client.framing.messages-only': { why: 'judges text, which no core writes', instead: [] },
  'client.framing.newlines': { why: 'judges text, which no core writes', instead: [] },
  'client.framing.utf8': { why: 'judges text, which no core writes', instead: [] },
  'client.shutdown.input-first': {
    why: 'judges the process, with its own end as the first thing it sees',
    instead: ['process.ladder.input-first'],
  },
  'client.shutdown.terminate': { why: TIME, instead: ['process.ladder.patience', 'process.ladder.goes-on'] },
  'client.shutdown.kill-last': { why: TIME, instead: ['process.ladder.patience', 'process.ladder.goes-on'] },
  'client.shutdown.nothing-sent': {
    why: 'judges what the adapter drops: a process may be led out before its session hears of it',
    instead: ['client.ending.mute'],
  },
  'client.shutdown.no-survivors': { why: 'needs a process table', instead: ['process.end.reaped'] },
  'client.timeout.cancels': { why: 'shows at the end of a trace', instead: ['client.calls.time-out'] },
  'client.timeout.cancel-sent': { why: 'shows at the end of a trace', instead: ['client.calls.cancel'] },
};

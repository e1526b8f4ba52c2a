/** What never happens to a core in some of its states, and why; states are named by their beginning. */
export interface Unexercised {
  readonly part: 'client' | 'server' | 'process';
  readonly inputs: readonly string[];
  readonly states: readonly string[];
  readonly why: string;
}

const CLIENT = { part: 'client' } as const;
const SERVER = { part: 'server' } as const;
const PROCESS = { part: 'process' } as const;

/** All that no configuration exercises, though an input of that name exists. */
export const UNEXERCISED: readonly Unexercised[] = [
  {
    ...CLIENT,
    inputs: ['opened'],
    states: ['idle', 'starting.negotiating', 'ready', 'hearingOut', 'closing', 'closed'],
    why: 'a channel opens once, and tells nobody who closed it meanwhile',
  },
  {
    ...CLIENT,
    inputs: ['received', 'garbled', 'ended', 'writeFailed'],
    states: ['idle', 'starting.opening'],
    why: 'a channel that is not open tells nothing',
  },
  { ...CLIENT, inputs: ['gone'], states: ['idle'], why: 'there is no channel' },
  {
    ...CLIENT,
    inputs: ['writeFailed'],
    states: ['hearingOut'],
    why: 'it is told once, and that is how one comes here',
  },
  { ...CLIENT, inputs: ['garbled'], states: ['closing.forced', 'closed'], why: 'nobody reads any more' },
  {
    ...CLIENT,
    inputs: ['cancel', 'elapsed:calls'],
    states: ['idle', 'starting.opening', 'closing', 'closed'],
    why: 'no call is open',
  },
  {
    ...CLIENT,
    inputs: ['progress', 'answer'],
    states: ['idle', 'starting.opening'],
    why: 'nothing was asked of it yet',
  },
  { ...CLIENT, inputs: ['progress', 'answer'], states: ['closed'], why: 'handlers are dropped with the session' },
  { ...CLIENT, inputs: ['start'], states: ['hearingOut'], why: 'where a second start may come, writing never fails' },
  {
    ...SERVER,
    inputs: ['cancel', 'elapsed:calls'],
    states: ['serving.listening', 'draining', 'exited', 'crashed'],
    why: 'no call is open',
  },
  { ...SERVER, inputs: ['progress', 'answer'], states: ['serving.listening'], why: 'nothing was asked of it yet' },
  {
    ...SERVER,
    inputs: ['progress', 'answer'],
    states: ['exited', 'crashed'],
    why: 'handlers are dropped with the session',
  },
  { ...SERVER, inputs: ['cleanedUp'], states: ['serving', 'finishing'], why: 'no clean-up runs' },
  {
    ...SERVER,
    inputs: ['call'],
    states: ['exited', 'crashed'],
    why: 'left out for its size: it settles as it does in draining',
  },
  {
    ...SERVER,
    inputs: ['received', 'garbled', 'ended', 'writeFailed', 'gone'],
    states: ['exited', 'crashed'],
    why: 'its channel is closed',
  },
  {
    ...PROCESS,
    inputs: ['spawned', 'spawnFailed'],
    states: [
      'idle',
      'running',
      'endingInput',
      'terminating',
      'killing',
      'hearingOut',
      'reaped',
      'abandoned',
      'neverStarted',
    ],
    why: 'a process starts once, or fails to',
  },
  {
    ...PROCESS,
    inputs: ['outputEnded', 'inputBroken', 'exited', 'groupGone'],
    states: ['idle', 'spawning', 'reaped', 'abandoned', 'neverStarted'],
    why: 'nothing is heard of a process before it exists, nor after its end',
  },
  { ...PROCESS, inputs: ['exited'], states: ['hearingOut'], why: 'it exits once, and that is how one comes here' },
  {
    ...PROCESS,
    inputs: ['groupGone'],
    states: ['running', 'endingInput'],
    why: 'nobody looks at its group before its leader has exited',
  },
];

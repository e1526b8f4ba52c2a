import { describe, expect, test } from 'vitest';
import { open, SERVER_DEFAULTS, type State, type Why } from '../../src/index.ts';
import { save } from '../../src/saving.ts';
import { outcome, pathOf, reachAll, SERVER_INPUTS } from '../session/machine-drive.ts';

type Row = { readonly [N in keyof typeof SERVER_INPUTS]?: string };
type Table = Readonly<Record<string, Row>>;

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
type SignalName = keyof typeof SIGNALS;
const signalNames = Object.keys(SIGNALS) as SignalName[];

/** What each signal does. */
const signalled = (then: (signal: SignalName) => string): Row =>
  Object.fromEntries(signalNames.map((signal) => [`${signal} signalled`, then(signal)]));

/** The end of the process with its clean-up cut short. */
const cutShort = (why: Why, code: number, before = ''): string =>
  `exited ${why} | ${before}closeChannel graceful, phase closed ${why}, exit ${code}`;

/** An error that nobody caught, in a state whose end has that cause. */
const crash = (why: Why, before = ''): string =>
  `crashed ${why} | report uncaught, ${before}closeChannel now, phase closed ${why}, exit 1`;

/** The ways out of serving; `disarmed` is the timer of the state. A handler is aborted, or waited for if there is time. */
const waysOut = (disarmed: string, handler: boolean, drains: boolean): Row => {
  const abort = handler ? 'abort 1, ' : '';
  const drain = (why: Why, more = '') =>
    `draining ${why}${more} | ${disarmed}${abort}cleanUp ${why}, arm cleanUp, phase closing ${why}`;
  const leave = (why: Why, more = '') =>
    handler && drains ? `finishing ${why}${more} | ${disarmed}arm drain, phase closing ${why}` : drain(why, more);
  return {
    ended: leave('peerEnded'),
    close: leave('asked'),
    ...signalled((signal) => leave('signal', ` ${signal}`)),
    gone: drain('peerGone'),
    writeFailed: drain('writeFailed'),
    kill: cutShort('asked', 143, `${disarmed}${abort}`),
    uncaught: crash('uncaught', `${disarmed}${abort}`),
  };
};

/** What is heard while serving; `alive` is what a sign of life does besides, in the state `path`. */
const hearing = (path: string, handler: boolean, alive = ''): Row => {
  const then = (next: string, effects: string) => [next, [effects, alive].filter(Boolean).join(', ')].join(' | ');
  const here = (effects: string) => then(alive === '' ? '=' : `${path}${handler ? ' handler' : ''}`, effects);
  return {
    'something heard': here('deliver notification'),
    'no JSON heard': here('report garbled'),
    'pong heard': here('report unknownAnswer'),
    'ping heard': here('send result'),
    'initialize asked': here('report secondInitialize, send error -32600'),
    'initialize asked without version': here('report secondInitialize, send error -32600'),
    initialized: here('report earlyRequest'),
    'request heard': handler ? here('report tooMany, send error -32603') : then(`${path} handler`, 'deliver request'),
    ...(handler ? { 'handler answered': `${path} | send result`, 'request cancelled': then(path, 'abort 1') } : {}),
    ...(!handler && alive !== '' ? { 'request cancelled': `${path} | ${alive}` } : {}),
  };
};

/** A serving state, without a handler and with one. */
const serving = (path: string, row: (handler: boolean, suffix: '' | ' handler') => Row): Table => ({
  [path]: row(false, ''),
  [`${path} handler`]: row(true, ' handler'),
});

const listening: Row = {
  ...waysOut('', false, false),
  'initialize asked': 'serving.answered | send result, phase negotiating',
  'initialize asked without version': '= | report refusedInitialize, send error -32602',
  'request heard': '= | report earlyRequest, send error -32600',
  'ping heard': '= | send result',
  initialized: '= | report earlyRequest',
  'something heard': '= | report earlyRequest',
  'no JSON heard': '= | report garbled',
  'pong heard': '= | report unknownAnswer',
};

/** `initialized` is answered by nothing, but starts keepalive where it is on. */
const beforeReady = (drains: boolean, readyPath: string, armed: string): Table => ({
  'serving.listening': listening,
  ...serving('serving.answered', (handler, suffix) => ({
    ...waysOut('', handler, drains),
    ...hearing('serving.answered', handler),
    initialized: `${readyPath}${suffix} | ${armed}phase ready`,
  })),
});

const unwatched = (drains: boolean): Table => ({
  ...beforeReady(drains, 'serving.ready.unwatched', ''),
  ...serving('serving.ready.unwatched', (handler) => ({
    ...waysOut('', handler, drains),
    ...hearing('serving.ready.unwatched', handler),
  })),
});

const watched = (drains: boolean): Table => ({
  ...beforeReady(drains, 'serving.ready.quiet', 'arm keepalive, '),
  ...serving('serving.ready.quiet', (handler, suffix) => ({
    ...waysOut('disarm keepalive, ', handler, drains),
    ...hearing('serving.ready.quiet', handler),
    'keepalive elapsed quiet': `serving.ready.pinging${suffix} | send ping, arm pong`,
    'keepalive elapsed heard': '= | arm keepalive',
  })),
  ...pinging(
    drains,
    '',
    (suffix) => `serving.ready.pinging${suffix} 1 missed | report missedPong, send ping, arm pong`,
  ),
  ...pinging(drains, ' 1 missed', (suffix) => {
    return `serving.ready.pinging${suffix} 2 missed | report missedPong, send ping, arm pong`;
  }),
  ...pinging(drains, ' 2 missed', (suffix) => {
    const abort = suffix === '' ? '' : 'abort 1, ';
    return `draining silent | report missedPong, ${abort}cleanUp silent, arm cleanUp, phase closing silent`;
  }),
});

/** A ping is out, and so many before it stayed unanswered. */
function pinging(drains: boolean, missed: string, next: (suffix: string) => string): Table {
  const alive = 'disarm pong, arm keepalive';
  const row = (handler: boolean): Row => ({
    ...waysOut('disarm pong, ', handler, drains),
    ...hearing('serving.ready.quiet', handler, alive),
    'pong heard': `serving.ready.quiet${handler ? ' handler' : ''} | ${alive}`,
    'pong elapsed': next(handler ? ' handler' : ''),
    // No word of the client: a handler's answer is no sign of life.
    ...(handler ? { 'handler answered': `serving.ready.pinging${missed} | send result` } : {}),
  });
  return {
    [`serving.ready.pinging${missed}`]: row(false),
    [`serving.ready.pinging handler${missed}`]: row(true),
  };
}

/** A handler still works, at the end that has this cause; `asked` and `signal` are what was asked for since. */
function finishing(why: Why, asked: '' | ' asked', signal: SignalName | ''): Table {
  const name = `${why}${asked}`;
  const last = signal === '' ? '' : ` ${signal}`;
  const code = signal === '' ? 143 : SIGNALS[signal];
  const before = 'disarm drain, abort 1, ';
  const cleanUp = `cleanUp ${why}, arm cleanUp`;
  const hurry = `draining ${name}${last} | ${before}${cleanUp}`;
  const wasAsked = asked !== '' || why === 'asked';
  return {
    [`finishing ${name}${last}`]: {
      ...hearing('', true),
      // It crossed our leaving, which is no fault.
      initialized: '=',
      'request heard': '= | send error -32600',
      'handler answered': `draining ${name}${last} | send result, disarm drain, ${cleanUp}`,
      'request cancelled': `draining ${name}${last} | abort 1, disarm drain, ${cleanUp}`,
      'drain elapsed': `draining ${name}${last} | abort 1, ${cleanUp}`,
      gone: hurry,
      writeFailed: hurry,
      ...signalled((next) => {
        return signal === '' ? `draining ${name} ${next} | ${before}${cleanUp}` : cutShort(why, SIGNALS[next], before);
      }),
      close: wasAsked ? cutShort(why, code, before) : `finishing ${why} asked${last}`,
      kill: cutShort(why, code, before),
      uncaught: crash(why, before),
    },
  };
}

/** The clean-up runs. */
function draining(why: Why, asked: '' | ' asked', signal: SignalName | ''): Table {
  const last = signal === '' ? '' : ` ${signal}`;
  const code = signal === '' ? 143 : SIGNALS[signal];
  const wasAsked = asked !== '' || why === 'asked';
  return {
    [`draining ${why}${asked}${last}`]: {
      cleanedUp: cutShort(why, 0, 'disarm cleanUp, '),
      'cleanUp elapsed': cutShort(why, code),
      ...signalled((next) => {
        return signal === '' ? `draining ${why}${asked} ${next}` : cutShort(why, SIGNALS[next], 'disarm cleanUp, ');
      }),
      close: wasAsked ? cutShort(why, code, 'disarm cleanUp, ') : `draining ${why} asked${last}`,
      kill: cutShort(why, code, 'disarm cleanUp, '),
      uncaught: crash(why, 'disarm cleanUp, '),
    },
  };
}

/** All that may be remembered beside a cause of the end, the cause itself left aside. */
function ends(why: Why, end: typeof draining): Table {
  const signals = why === 'signal' ? signalNames : (['', ...signalNames] as const);
  const wishes = why === 'asked' ? ([''] as const) : (['', ' asked'] as const);
  return Object.assign({}, ...wishes.flatMap((asked) => signals.map((signal) => end(why, asked, signal))));
}

/** A first signal ends the waiting for handlers, so only what began with one remembers one. */
const finishings: Table = {
  ...finishing('peerEnded', '', ''),
  ...finishing('peerEnded', ' asked', ''),
  ...finishing('asked', '', ''),
  ...ends('signal', finishing),
};

/** An end, from its cause to the exit of the process. */
const ending = (why: Why): Table => ({ ...ends(why, draining), [`exited ${why}`]: {}, [`crashed ${why}`]: {} });

const endings: Table = {
  ...ending('asked'),
  ...ending('peerEnded'),
  ...ending('peerGone'),
  ...ending('writeFailed'),
  ...ending('signal'),
  'crashed uncaught': {},
};

/**
 * For each situation (a state and what is remembered: the cause of the end, that the end was `asked` for, the last signal,
 * a handler that works, and what else matters there) each input: the next situation, and the effects. `=` stays; every
 * input that is not named changes nothing.
 */
const tables = {
  'without keepalive or drain': { keepaliveMs: null, drainMs: 0, table: { ...unwatched(false), ...endings } },
  'with drain': { keepaliveMs: null, drainMs: 5_000, table: { ...unwatched(true), ...finishings, ...endings } },
  'with keepalive': {
    keepaliveMs: 30_000,
    drainMs: 0,
    table: { ...watched(false), ...endings, ...ending('silent') },
  },
  'with both': {
    keepaliveMs: 30_000,
    drainMs: 5_000,
    table: { ...watched(true), ...finishings, ...endings, ...ending('silent') },
  },
} as const;

describe.each(Object.entries(tables))('the product of state and input, %s', (_, { table, ...durations }) => {
  const common = { info: { name: 'server', version: '0' }, capabilities: { tools: {} }, maxPeerRequests: 1 };
  const reached = reachAll(open({ ...SERVER_DEFAULTS, ...common, ...durations }, 0)[0], SERVER_INPUTS);
  const rows: Table = table;

  test('the table holds exactly the situations that can be reached', () => {
    expect([...new Set(reached.map(situation))].sort()).toEqual(Object.keys(rows).sort());
  });

  test.each(Object.keys(rows))('%s: every input does what the table says', (name) => {
    const unchanged = Object.fromEntries(Object.keys(SERVER_INPUTS).map((input) => [input, '=']));
    for (const state of reached.filter((one) => situation(one) === name)) {
      const row = Object.keys(SERVER_INPUTS).map((input) => [input, outcome(state, SERVER_INPUTS, input, situation)]);
      expect(Object.fromEntries(row)).toEqual({ ...unchanged, ...rows[name] });
    }
  });
});

/** The state in words. The flag is named apart from the cause only where they differ, a handler where it may be missing. */
function situation(state: State): string {
  const { machine, peers } = save(state);
  const path = pathOf(state);
  const { why, asked, misses } = machine.context;
  const signal = 'signal' in machine.context ? machine.context.signal : null;
  const leaves = path === 'finishing' || path === 'draining';
  return [
    path,
    ...(why === null ? [] : [why]),
    ...(leaves && asked !== (why === 'asked') ? ['asked'] : []),
    ...(leaves ? signalNames.filter((name) => SIGNALS[name] === signal) : []),
    ...(peers.length > 0 !== (path === 'finishing') ? ['handler'] : []),
    ...(path.startsWith('serving.ready') && misses > 0 ? [`${misses} missed`] : []),
  ].join(' ');
}

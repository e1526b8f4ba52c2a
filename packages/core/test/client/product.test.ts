import { describe, expect, test } from 'vitest';
import { CLIENT_DEFAULTS, open, type State, step, type Why } from '../../src/index.ts';
import { save } from '../../src/saving.ts';
import { CLIENT_INPUTS, outcome, pathOf, reachAll } from '../session/machine-drive.ts';

type InputName = keyof typeof CLIENT_INPUTS;
type Row = { readonly [N in InputName]?: string };
type Table = Readonly<Record<string, Row>>;

/** An answer that nobody waits for, of whatever kind. */
const strayAnswers = (then: string): Row => ({
  'pong heard': then,
  'initialize answered': then,
  'initialize answered otherwise': then,
  'initialize refused': then,
  'initialize answered without version': then,
  'initialize answered by both': then,
});

/** What every state does that hears: what is wrong is reported, what it does not know is handed on. */
const hearing: Row = {
  'something heard': '= | deliver notification',
  'no JSON heard': '= | report garbled',
  ...strayAnswers('= | report unknownAnswer'),
};

/** The ways out of a state with an open channel; `disarmed` are the timers of that state. */
const waysOut = (disarmed: string): Row => ({
  ended: `closing.leaving peerEnded | ${disarmed}arm closing, closeChannel graceful, phase closing peerEnded`,
  gone: `closed peerGone | ${disarmed}phase closed peerGone`,
  close: `closing.leaving asked | ${disarmed}arm closing, closeChannel graceful, phase closing asked`,
  kill: `closing.forced asked | ${disarmed}arm closing, closeChannel now, phase closing asked`,
});

/** On the way to readiness; `slow` once it was reported that this takes long. */
const starting = (slow: '' | ' slow', ready: string): Table => {
  const notice = slow === '' ? 'disarm slowStart, ' : '';
  const both = `${notice}disarm startup, `;
  const leave = (why: Why, before: string) =>
    `closing.leaving ${why} | ${before}arm closing, closeChannel graceful, phase closing ${why}`;
  const refused = leave('refused', `report refusedInitialize, ${both}`);
  const timers = (path: string): Row => ({
    'startup elapsed': leave('startup', notice),
    'slowStart elapsed': slow === '' ? `${path} slow | report slowStart` : '=',
  });
  return {
    [`starting.opening${slow}`]: {
      ...waysOut(both),
      ...timers('starting.opening'),
      opened: `starting.negotiating${slow} | send initialize, phase negotiating`,
      writeFailed: leave('writeFailed', both),
      gone: `closed neverOpened | ${both}phase closed neverOpened`,
    },
    [`starting.negotiating${slow}`]: {
      ...waysOut(both),
      ...hearing,
      ...timers('starting.negotiating'),
      writeFailed: `hearingOut writeFailed unanswered | ${both}arm hearOut, phase closing writeFailed`,
      'initialize answered': `ready.${ready.replace(' | ', ` | ${both}`)}`,
      'initialize answered otherwise': leave('unsupportedRevision', `report unsupportedRevision, ${both}`),
      'initialize refused': refused,
      'initialize answered without version': refused,
      'initialize answered by both': refused,
    },
  };
};

/** A ping is out, and so many before it stayed unanswered. */
const pinging = (next: string): Row => {
  const alive = 'disarm pong, arm keepalive';
  return {
    ...waysOut('disarm pong, '),
    writeFailed: 'hearingOut writeFailed | disarm pong, arm hearOut, phase closing writeFailed',
    ...strayAnswers(`ready.quiet | report unknownAnswer, ${alive}`),
    'something heard': `ready.quiet | deliver notification, ${alive}`,
    'no JSON heard': `ready.quiet | report garbled, ${alive}`,
    'pong heard': `ready.quiet | ${alive}`,
    'pong elapsed': next,
  };
};

const lost = 'arm closing, closeChannel graceful';
const hearingOut: Row = {
  ...hearing,
  ended: `closing.leaving writeFailed | disarm hearOut, ${lost}`,
  gone: 'closed writeFailed | disarm hearOut, phase closed writeFailed',
  close: `closing.leaving writeFailed asked | disarm hearOut, ${lost}`,
  kill: 'closing.forced writeFailed asked | disarm hearOut, arm closing, closeChannel now',
  'hearOut elapsed': `closing.leaving writeFailed | ${lost}`,
};

/** What lies behind one cause of closing; a close after an end that came from elsewhere is no second wish. */
const ending = (why: Why): Table => {
  const end: Row = {
    gone: `closed ${why} | disarm closing, phase closed ${why}`,
    'closing elapsed': `closed ${why} | report stuck, closeChannel now, phase closed ${why}`,
  };
  const asked = why === 'asked' ? 'asked' : `${why} asked`;
  const force = `closing.forced ${asked} | closeChannel now`;
  return {
    [`closing.leaving ${why}`]: { ...end, close: `closing.leaving ${asked}`, kill: force },
    [`closing.leaving ${asked}`]: { ...end, close: force, kill: force },
    [`closing.forced ${asked}`]: { ...end, 'closing elapsed': `closed ${why} | report stuck, phase closed ${why}` },
    [`closed ${why}`]: {},
  };
};

const always: Table = {
  idle: {
    start: 'starting.opening | arm slowStart, arm startup, openChannel',
    close: 'closed asked | phase closed asked',
    kill: 'closed asked | phase closed asked',
  },
  'hearingOut writeFailed': hearingOut,
  // It left before it could be written to: what it says still counts, and agrees to nothing any more.
  'hearingOut writeFailed unanswered': {
    ...hearingOut,
    'initialize answered': 'hearingOut writeFailed',
    'initialize answered otherwise': 'hearingOut writeFailed | report unsupportedRevision',
    'initialize refused': 'hearingOut writeFailed | report refusedInitialize',
    'initialize answered without version': 'hearingOut writeFailed | report refusedInitialize',
    'initialize answered by both': 'hearingOut writeFailed | report refusedInitialize',
  },
  ...ending('asked'),
  ...ending('peerEnded'),
  ...ending('writeFailed'),
  ...ending('refused'),
  ...ending('unsupportedRevision'),
  ...ending('startup'),
  'closed peerGone': {},
  'closed neverOpened': {},
};

const unwatched: Table = {
  ...always,
  ...starting('', 'unwatched | send notifications/initialized, phase ready'),
  ...starting(' slow', 'unwatched | send notifications/initialized, phase ready'),
  'ready.unwatched': {
    ...waysOut(''),
    ...hearing,
    writeFailed: 'hearingOut writeFailed | arm hearOut, phase closing writeFailed',
  },
};

const watched: Table = {
  ...always,
  ...starting('', 'quiet | send notifications/initialized, arm keepalive, phase ready'),
  ...starting(' slow', 'quiet | send notifications/initialized, arm keepalive, phase ready'),
  'ready.quiet': {
    ...waysOut('disarm keepalive, '),
    ...hearing,
    writeFailed: 'hearingOut writeFailed | disarm keepalive, arm hearOut, phase closing writeFailed',
    'keepalive elapsed quiet': 'ready.pinging | send ping, arm pong',
    'keepalive elapsed heard': '= | arm keepalive',
  },
  'ready.pinging': pinging('ready.pinging 1 missed | report missedPong, send ping, arm pong'),
  'ready.pinging 1 missed': pinging('ready.pinging 2 missed | report missedPong, send ping, arm pong'),
  'ready.pinging 2 missed': pinging(
    'closing.leaving silent | report missedPong, arm closing, closeChannel graceful, phase closing silent',
  ),
  ...ending('silent'),
};

/**
 * For each situation (a state and what is remembered: the cause of the end, that the end was `asked` for, and what else
 * matters there) each input: the next situation, and the effects. `=` stays; every input that is not named changes
 * nothing.
 */
const tables = {
  'without keepalive': { table: unwatched, keepaliveMs: null },
  'with keepalive': { table: watched, keepaliveMs: 30_000 },
} as const;

describe.each(Object.entries(tables))('the product of state and input, %s', (_, { table, keepaliveMs }) => {
  const config = { ...CLIENT_DEFAULTS, info: { name: 'client', version: '0' }, keepaliveMs };
  const reached = reachAll(open(config, 0)[0], CLIENT_INPUTS);

  test('the table holds exactly the situations that can be reached', () => {
    expect([...new Set(reached.map(situation))].sort()).toEqual(Object.keys(table).sort());
  });

  test.each(Object.keys(table))('%s: every input does what the table says', (name) => {
    const unchanged = Object.fromEntries(Object.keys(CLIENT_INPUTS).map((input) => [input, '=']));
    for (const state of reached.filter((one) => situation(one) === name)) {
      const row = Object.keys(CLIENT_INPUTS).map((input) => [input, outcome(state, CLIENT_INPUTS, input, situation)]);
      expect(Object.fromEntries(row)).toEqual({ ...unchanged, ...table[name] });
    }
  });

  test('nothing that is of a server alone is an input, in any situation', () => {
    for (const state of reached) {
      const { now } = save(state);
      expect(() => step(state, { type: 'signalled', signal: 'SIGTERM', now })).toThrow('no input of a client');
      expect(() => step(state, { type: 'uncaught', message: '', now })).toThrow('no input of a client');
      expect(() => step(state, { type: 'cleanedUp', now })).toThrow('no input of a client');
    }
  });
});

/** The state in words. The flag is named apart from the cause only where they differ. */
function situation(state: State): string {
  const { machine, timers, initializeId } = save(state);
  const path = pathOf(state);
  const { why, asked, misses } = machine.context;
  const isOver = path === 'closed';
  return [
    path,
    ...(why === null ? [] : [why]),
    ...(asked !== (why === 'asked') && !isOver ? ['asked'] : []),
    ...(path.startsWith('starting') && !timers.slowStart ? ['slow'] : []),
    ...(path.startsWith('ready') && misses > 0 ? [`${misses} missed`] : []),
    ...(path === 'hearingOut' && initializeId !== null ? ['unanswered'] : []),
  ].join(' ');
}

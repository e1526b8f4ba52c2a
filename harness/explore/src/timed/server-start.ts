import { SERVER_TIMES } from './durations.js';
import { BEGIN, INITIALIZE_ASKED, INITIALIZED, sessionOf } from './session-life.js';
import { timed } from './timed-property.js';

/** A day, in ms. */
const LONG_MS = 86_400_000;

/** How long a server waits for a client: for ever. */
export const SERVER_START = [
  timed(
    {
      id: 'server.patience',
      title: 'A server opens its channel as it begins, and then waits for its client without a limit',
      source: 'docs/adr/0009-session-core.md',
    },
    (core) => {
      const life = sessionOf(core, SERVER_TIMES).happened('openChannel', BEGIN).waitsFor().wait(LONG_MS);
      life
        .feed(INITIALIZE_ASKED)
        .happened('send result', BEGIN + LONG_MS)
        .waitsFor()
        .wait(LONG_MS);
      life
        .feed(INITIALIZED)
        .happened('phase ready', BEGIN + 2 * LONG_MS)
        .happened('openChannel', BEGIN);
    },
  ),
];

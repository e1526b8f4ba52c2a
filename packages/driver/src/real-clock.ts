import type { Clock } from './clock.js';

/** The clock of this machine. It stands still while the machine sleeps (Linux). */
export function realClock(): Clock {
  return CLOCK;
}

/** Longer delays wrap round and fire at once, in Node and in browsers alike. */
const LONGEST_MS = 2 ** 31 - 1;

const CLOCK: Clock = {
  now: () => performance.now(),
  setTimer(at, expired) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isForgotten = false;
    const wait = (): void => {
      timer = setTimeout(look, Math.min(Math.max(0, at - performance.now()), LONGEST_MS));
    };
    const look = (): void => {
      // A native timer may be early by a fraction, and cannot be longer than the longest.
      if (performance.now() < at) wait();
      else afterInput(() => isForgotten || expired());
    };
    wait();
    return () => {
      isForgotten = true;
      clearTimeout(timer);
    };
  },
};

/** Twice: the first turn may belong to a poll for input that is past. */
function afterInput(then: () => void): void {
  inNextTurn(() => inNextTurn(then));
}

/** Calls back in another turn of the event loop: after all microtasks, and where there is a choice after input. */
export const inNextTurn: (then: () => void) => void = chooseNextTurn();

/** What Node and browsers have for it, as far as they have it. */
interface Platform {
  readonly setImmediate?: (then: () => void) => unknown;
  readonly MessageChannel: new () => {
    readonly port1: { onmessage: (() => void) | null; close(): void };
    readonly port2: { postMessage(message: null): void };
  };
}

function chooseNextTurn(): (then: () => void) => void {
  const { setImmediate, MessageChannel } = globalThis as unknown as Platform;
  if (setImmediate !== undefined) return (then) => void setImmediate(then);
  // A message to oneself comes behind those that are there already; a timeout of 0 may be slowed down.
  return (then) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      then();
    };
    port2.postMessage(null);
  };
}

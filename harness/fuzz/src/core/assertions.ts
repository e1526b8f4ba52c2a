import type { Config, Effect, Input, Phase } from '@mcp-lifeline/core';
import type { Saved } from '@mcp-lifeline/core/saving';
import type { Account } from './reference/account.js';
import { inWords, violate } from './violation.js';

/** How many calls that were given up a core remembers at most: see docs/limits.md. */
const MOST_GIVEN_UP = 2_048;

/** Deadlines are looked at in steps of this length, in ms: see docs/limits.md. */
const SWEEP_MS = 50;

const PHASES: readonly Phase[] = ['opening', 'negotiating', 'ready', 'closing', 'closed'];

/** What holds of the effects of each step, whatever the session: their order, and that nothing is asked for twice. */
export class StepRules {
  #phase = 0;
  readonly #once = new Set<string>();

  /** @throws {Violation} naming the effects. */
  check(input: Input, effects: readonly Effect[]): void {
    const wasClosed = this.#phase === PHASES.length - 1;
    if (effects.length === 0) return;
    if (wasClosed) checkSilence(input, effects);
    checkOrder(effects);
    checkTwice(effects);
    checkUrgency(input, effects);
    for (const effect of effects) this.#checkOnce(effect);
  }

  /** Each phase is told once and in order; what ends or begins something is asked for once in a session. */
  #checkOnce(effect: Effect): void {
    if (effect.type === 'phase') {
      const rank = PHASES.indexOf(effect.phase);
      if (rank <= this.#phase) violate(`the phase ${effect.phase} after ${PHASES[this.#phase]}`);
      this.#phase = rank;
    }
    const isRare = ['openChannel', 'closeChannel', 'cleanUp', 'exit'].includes(effect.type);
    if (!isRare) return;
    const name = nameOf(effect);
    if (this.#once.has(name)) violate(`${name} for the second time`);
    if (name === 'closeChannel graceful' && this.#once.has('closeChannel now')) violate('graceful after now');
    this.#once.add(name);
  }
}

/** Behind the end nothing comes out but the settling of calls that come too late. */
function checkSilence(input: Input, effects: readonly Effect[]): void {
  for (const effect of effects) {
    const isLate = effect.type === 'settle' && input.type === 'call' && effect.key === input.key;
    if (!isLate && effect.type !== 'report') violate(`once it is closed, ${input.type} asks for ${inWords(effect)}`);
  }
}

/** Settles and aborts, then the channel or the clean-up, then the last phases, then the exit; disarmed before armed. */
function checkOrder(effects: readonly Effect[]): void {
  let [rank, hasArmed]: [number, boolean] = [0, false];
  for (const effect of effects) {
    const own = rankOf(effect, rank);
    if (own < rank) violate(`${nameOf(effect)} comes too late in ${inWords(effects.map(nameOf))}`);
    rank = own;
    if (effect.type === 'arm') hasArmed = true;
    else if (effect.type === 'disarm' && hasArmed) violate(`${nameOf(effect)} after something was armed`);
  }
}

function rankOf(effect: Effect, rank: number): number {
  switch (effect.type) {
    case 'settle':
    case 'abort':
    case 'deliver':
    case 'send':
      return 0;
    case 'cleanUp':
    case 'closeChannel':
      return 1;
    case 'phase':
      return effect.phase === 'closing' || effect.phase === 'closed' ? 2 : 0;
    case 'exit':
      return 3;
    case 'arm':
    case 'disarm':
      return Math.min(rank, 1);
    default:
      return rank;
  }
}

/** Two members of a batch may be alike; what names a call, a handler, a timer or an end may not. */
function checkTwice(effects: readonly Effect[]): void {
  if (effects.length < 2) return;
  const seen = new Set<string>();
  for (const effect of effects) {
    if (effect.type === 'send' || effect.type === 'deliver' || effect.type === 'report') continue;
    const name = nameOf(effect);
    if (seen.has(name)) violate(`${name} twice in one step`);
    seen.add(name);
  }
}

/** What may wait for room are the calls, notifications and progress of the application; what the session sends may not. */
function checkUrgency(input: Input, effects: readonly Effect[]): void {
  const mayWait =
    input.type === 'notify' || input.type === 'progress' || (input.type === 'call' && input.method !== 'ping');
  for (const effect of effects) {
    if (effect.type === 'send' && effect.urgent === mayWait) violate(`${inWords(effect)} has the wrong urgency`);
  }
}

function nameOf(effect: Effect): string {
  switch (effect.type) {
    case 'settle':
    case 'abort':
      return `${effect.type} ${effect.key}`;
    case 'arm':
    case 'disarm':
      return `${effect.type} ${effect.name}`;
    case 'phase':
      return `phase ${effect.phase}`;
    case 'closeChannel':
      return `closeChannel ${effect.mode}`;
    default:
      return effect.type;
  }
}

/**
 * What holds of a core's state after each step: it holds what the account holds, no more than the bounds allow, and a timer
 * for whatever has a deadline.
 *
 * @throws {Violation} naming what is wrong.
 */
export function checkState(saved: Saved, config: Config, account: Account): void {
  const { calls, peers, peerKeys, batches, givenUp, timers } = saved;
  sameNumbers(
    'open calls',
    calls.map(({ id }) => id),
    account.calls.ids,
  );
  sameNumbers(
    'open requests of the peer',
    peers.map(({ key }) => key),
    account.handlers.keys,
  );
  const revision = saved.peer?.revision ?? null;
  if (revision !== account.revision) violate(`the session is of ${revision}, and was to be of ${account.revision}`);
  atMost('open calls', calls.length, config.maxCalls);
  atMost('open requests of the peer', peers.length, config.maxPeerRequests);
  atMost('ids of the peer', peerKeys.length, peers.length);
  atMost('calls given up', givenUp.length, MOST_GIVEN_UP);
  for (const [batch, { open, answers }] of batches) {
    atMost('answers of a batch', answers.length, config.maxBatch);
    const members = peers.filter((one) => one.batch === batch).length;
    if (open !== members || members === 0) violate(`a batch is open for ${open} requests, and has ${members}`);
  }
  let earliest = Number.POSITIVE_INFINITY;
  for (const { due, lastDue, key } of calls) {
    if (due > lastDue) violate(`the call ${key} is due after its last moment`);
    earliest = Math.min(earliest, due);
  }
  const { at = Number.POSITIVE_INFINITY } = timers.calls ?? {};
  if (calls.length > 0 && at >= earliest + SWEEP_MS) violate(`a deadline at ${earliest} is looked at at ${at}`);
}

function sameNumbers(what: string, held: readonly number[], known: readonly number[]): void {
  const isSame = held.length === known.length && held.every((one, at) => one === known[at]);
  if (!isSame) violate(`${what}: ${inWords(held)} are held, ${inWords(known)} are to be`);
}

function atMost(what: string, count: number, most: number): void {
  if (count > most) violate(`${what}: ${count}, where ${most} is the bound`);
}

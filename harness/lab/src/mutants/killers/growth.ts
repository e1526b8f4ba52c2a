import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CLIENT_DEFAULTS, type Effect, type Input, SERVER_DEFAULTS, type State } from '@mcp-lifeline/core';
import type { CoreUnderTest } from '@mcp-lifeline/explore/core-under-test';
import { initializeParams, initializeResult } from '../scenes/inputs.js';
import type { Killer } from './killer.js';

/** What must not grow with the length of a session. */
export const GROWTH_KILLER: Killer = {
  name: 'long sessions',
  kills: (core, subject) => {
    if (subject !== 'calls' && subject !== 'session') return null;
    try {
      for (const role of ['client', 'server'] as const) {
        for (const [what, judge] of Object.entries(JUDGES)) {
          const wrong = judge(new LongSession(core, role));
          if (wrong !== null) return `${what}, as a ${role}: ${wrong}`;
        }
      }
      return null;
    } catch (error) {
      return `threw ${error instanceof Error ? error.message : String(error)}`;
    }
  },
};

/** More than a table has room for before it is copied, and than is remembered of calls that were given up. */
const ROUNDS = 3_000;

const JUDGES: Readonly<Record<string, (session: LongSession) => string | null>> = {
  'what is settled leaves nothing behind': (session) => {
    session.call();
    session.answer();
    const before = session.held();
    for (let round = 0; round < ROUNDS; round += 1) {
      session.call();
      if (!session.answer().some(({ type }) => type === 'settle'))
        return `the call ${round} was answered and did not settle`;
      session.ask(round);
      if (!session.reply().some(({ type }) => type === 'send')) return `the request ${round} was not answered`;
      session.ask('x');
      session.cancelRequest('x');
    }
    return session.held() === before ? null : `it held ${before} things, and now ${session.held()}`;
  },

  'batches leave nothing behind': (session) => {
    const before = session.held();
    for (let round = 0; round < 100; round += 1) {
      session.askTogether();
      session.reply();
      session.reply();
    }
    return session.held() === before ? null : `it held ${before} things, and now ${session.held()}`;
  },

  'an end leaves nothing behind': (session) => {
    session.call();
    session.ask(1);
    session.askTogether();
    session.close();
    return session.held() === 0 ? null : `it still holds ${session.held()} things`;
  },

  // docs/limits.md: calls given up whose late answer is no fault, 1,024 at least.
  'what is given up is remembered, and not for ever': (session) => {
    const before = session.held();
    for (let round = 0; round < ROUNDS; round += 1) {
      session.call();
      session.cancel();
    }
    if (session.held() > before + 2 * 1_024 + 1) return `it holds ${session.held()} things`;
    for (let round = 0; round < 1_024; round += 1) {
      if (session.answerLate(round).length > 0) return `an answer to the call before the last ${round} was told`;
    }
    return null;
  },

  'a state that somebody keeps costs no more however long others go on': (session) => {
    const kept = session.state;
    const before = heapUsed();
    for (let round = 0; round < 20 * ROUNDS; round += 1) {
      session.call();
      session.answer();
    }
    const grown = heapUsed() - before;
    return kept !== session.state && grown < MOST_GROWN ? null : `the heap grew by ${grown} bytes`;
  },
};

/** Of 60,000 calls; a history that keeps each change takes five times that. In bytes. */
const MOST_GROWN = 4 * 1_024 * 1_024;

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/** A session that is ready, in 2025-03-26, which has batches. */
class LongSession {
  state: State;
  readonly #core: CoreUnderTest;
  #key = 1;
  #wireId: number;
  #peerKey = 0;

  constructor(core: CoreUnderTest, role: 'client' | 'server') {
    this.#core = core;
    const info = { name: 'long', version: '0' };
    const config = role === 'client' ? { ...CLIENT_DEFAULTS, info } : { ...SERVER_DEFAULTS, info };
    [this.state] = core.open(config, 0);
    this.#wireId = role === 'client' ? 2 : 1;
    if (role === 'client') {
      this.#step({ type: 'start', now: 0 });
      this.#step({ type: 'opened', now: 0 });
      this.#hear({ id: 1, result: initializeResult('2025-03-26') });
    } else {
      this.#hear({ id: 'i', method: 'initialize', params: initializeParams('2025-03-26') });
      this.#hear({ method: 'notifications/initialized' });
    }
  }

  /** How many things its tables hold. What a state allows is a set, and no table. */
  held(): number {
    const tables = Object.values(this.state).filter(
      (value) => typeof value?.size === 'number' && !(value instanceof Set),
    );
    return tables.reduce<number>((sum, { size }) => sum + size, 0);
  }

  call(): void {
    this.#step({ type: 'call', key: this.#key, method: 'custom/work', wantsProgress: false, now: 0 });
    this.#key += 1;
    this.#wireId += 1;
  }

  answer(): readonly Effect[] {
    return this.#hear({ id: this.#wireId - 1, result: {} });
  }

  cancel(): void {
    this.#step({ type: 'cancel', key: this.#key - 1, now: 0 });
  }

  close(): void {
    this.#step({ type: 'close', now: 0 });
  }

  /** An answer to the call that is so many before the last. */
  answerLate(before: number): readonly Effect[] {
    return this.#hear({ id: this.#wireId - 1 - before, result: {} });
  }

  ask(id: string | number): void {
    for (const effect of this.#hear({ id, method: 'custom/ask' })) this.#note(effect);
  }

  askTogether(): void {
    const json = [1, 2].map((id) => ({ jsonrpc: '2.0', id, method: 'custom/ask' }));
    for (const effect of this.#step({ type: 'received', json, now: 0 })) this.#note(effect);
    this.#peerKey -= 1;
  }

  /** The handler that is due next answers. */
  reply(): readonly Effect[] {
    const effects = this.#step({ type: 'answer', key: this.#peerKey, answer: { result: {} }, now: 0 });
    this.#peerKey += 1;
    return effects;
  }

  cancelRequest(requestId: string): void {
    this.#hear({ method: 'notifications/cancelled', params: { requestId } });
  }

  #note(effect: Effect): void {
    if (effect.type === 'deliver' && effect.item.kind === 'request') this.#peerKey = effect.item.key;
  }

  #hear(message: object): readonly Effect[] {
    return this.#step({ type: 'received', json: { jsonrpc: '2.0', ...message }, now: 0 });
  }

  #step(input: Input): readonly Effect[] {
    const [state, effects] = this.#core.step(this.state, input);
    this.state = state;
    return effects;
  }
}

import type { ChildEvent, Over } from '@mcp-lifeline/adapter-stdio/child';
import type { Taps } from '@mcp-lifeline/trace';

/** What became of a process so far: told by its events, each of which goes into the trace. */
export class Fate {
  readonly #taps: Taps;
  #outputEnded = false;
  #outputClosed = false;
  #hasExited = false;
  #over: Over | null = null;
  #spawnError: { readonly code: string; readonly message: string } | null = null;

  constructor(taps: Taps) {
    this.#taps = taps;
  }

  /** How the process ended, once it is over. */
  get over(): Over | null {
    return this.#over;
  }

  /** Why it could not be started, if it could not. */
  get spawnError(): { readonly code: string; readonly message: string } | null {
    return this.#spawnError;
  }

  /** It has exited; its output may not have ended yet. */
  get hasExited(): boolean {
    return this.#hasExited || this.#over !== null;
  }

  /** All of its output was read, or nobody reads it any more. */
  get isReadToTheEnd(): boolean {
    return this.#outputEnded || this.#outputClosed;
  }

  /** No more output can come. */
  get isGone(): boolean {
    return this.#outputEnded || (this.#outputClosed && this.#hasExited) || this.#over !== null;
  }

  /** Takes in one event. */
  see(event: ChildEvent): void {
    switch (event.type) {
      case 'over':
        this.#over = event.over;
        if (event.over.how === 'abandoned') this.#taps.process({ kind: 'abandoned' });
        break;
      case 'signalled':
        this.#taps.process({ kind: 'signalled', signal: event.signal, by: 'ladder' });
        break;
      case 'exited':
        this.#hasExited = true;
        this.#taps.process({ kind: 'exited', code: event.code, signal: event.signal });
        break;
      case 'spawned':
        this.#taps.process({ kind: 'spawned', pid: event.pid });
        break;
      case 'spawnFailed':
        this.#spawnError = { code: event.code, message: event.message };
        this.#taps.process({ kind: 'spawnFailed', code: event.code, message: event.message });
        break;
      default:
        if (event.type === 'outputEnded') this.#outputEnded = true;
        if (event.type === 'outputClosed') this.#outputClosed = true;
        this.#taps.process({ kind: event.type });
    }
  }
}

import type { ChildProcess } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import {
  openProcess,
  type ProcessConfig,
  type ProcessEffect,
  type ProcessInput,
  type ProcessState,
  phase,
  step,
} from '@mcp-lifeline/core/process';
import spawn from 'cross-spawn';
import { isGroupAlive, signalGroup } from './group.js';
import { addLiveGroup, removeLiveGroup } from './live-groups.js';

/** How a child process came to its end. */
export type Over = Pick<Extract<ProcessEffect, { type: 'over' }>, 'how' | 'code' | 'signal'>;

/** What a child did and what was done to it, in order; nothing here is a decision. */
export type ChildEvent =
  | { readonly type: 'spawned'; readonly pid: number }
  | { readonly type: 'spawnFailed'; readonly code: string; readonly message: string }
  | { readonly type: 'inputEnded' }
  | { readonly type: 'inputBroken' }
  | { readonly type: 'outputEnded' }
  | { readonly type: 'outputClosed' }
  | { readonly type: 'groupGone' }
  | { readonly type: 'signalled'; readonly signal: 'SIGTERM' | 'SIGKILL' }
  | { readonly type: 'exited'; readonly code: number | null; readonly signal: string | null }
  | { readonly type: 'over'; readonly over: Over };

/** What a child is started from. */
export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** The whole environment; nothing is added. */
  readonly env: NodeJS.ProcessEnv;
  /** The budgets of the closing ladder, in ms. */
  readonly config: ProcessConfig;
  readonly onOutput: (chunk: Uint8Array) => void;
  readonly onStderr: (chunk: Uint8Array) => void;
  /** Called for each event, in the order in which things happened; `over` is the last. What it throws is uncaught. */
  readonly onEvent: (event: ChildEvent) => void;
  /** Called once when its output is given up, since a descendant holds it open: no `outputEnded` will come. */
  readonly onOutputGivenUp?: () => void;
}

/** A child in a process group of its own, led out by the process core. */
export interface Child {
  /** Undefined when it could not be spawned. */
  readonly pid: number | undefined;
  /** The present state of the process core, such as `running` or `terminating`. */
  readonly phase: string;
  /**
   * Queues bytes for its standard input; false when that is closed or broken, and they were dropped.
   * @param written called later, once they were all taken or can never be
   */
  write(bytes: Uint8Array | string, written?: (error?: Error | null) => void): boolean;
  /** Closes its standard input and leaves everything else as it is. */
  endInput(): void;
  /** Stops reading its standard output for good, so that its writing fails; false when there is nothing to close. */
  closeOutput(): boolean;
  /** Leaves its standard output unread until {@link Child.resumeOutput}; false when there is nothing to read any more. */
  pauseOutput(): boolean;
  /** Reads its standard output again. */
  resumeOutput(): void;
  /** Sends a signal to its group outside the closing ladder; false when nobody is left to get it. */
  signal(signal: 'SIGTERM' | 'SIGKILL'): boolean;
  /** Starts the closing ladder; a second call is a kill. */
  close(): void;
  /** Kills the group now. */
  kill(): void;
  /** Settles once, when the process is over; never rejects. */
  readonly over: Promise<Over>;
}

/** Starts a child and interprets the process core for it: IO, and no decision of its own. */
export function startChild(options: ChildOptions): Child {
  const host = new ChildHost(options);
  host.feed({ type: 'start' });
  return host;
}

type Untimed<T> = T extends unknown ? Omit<T, 'now'> : never;

/** Takes what the operating system says: told to the listener, then fed to the core. */
type Inform = (event: Exclude<ChildEvent, { type: 'inputEnded' | 'outputClosed' | 'signalled' | 'over' }>) => void;

/** How often a group is looked at while it is watched, in ms. */
const WATCH_INTERVAL_MS = 20;

class ChildHost implements Child {
  readonly over: Promise<Over>;
  readonly #options: ChildOptions;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #inputs: Untimed<ProcessInput>[] = [];
  #settle: (over: Over) => void = () => {};
  #state: ProcessState;
  #stepping = false;
  #isOver = false;
  #child: ChildProcess | undefined;
  #watch: NodeJS.Timeout | undefined;
  /** The process group, named by its leader's pid; undefined as soon as nobody is left to get a signal. */
  #group: number | undefined;

  constructor(options: ChildOptions) {
    this.#options = options;
    this.over = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#state = openProcess(options.config, performance.now());
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get phase(): string {
    return phase(this.#state);
  }

  write(bytes: Uint8Array | string, written?: (error?: Error | null) => void): boolean {
    const input = this.#child?.stdin;
    if (input?.writable !== true) return false;
    input.write(bytes, written);
    return true;
  }

  endInput(): void {
    const input = this.#child?.stdin;
    if (!input || input.writableEnded || input.destroyed) return;
    input.end();
    this.#tell({ type: 'inputEnded' });
  }

  closeOutput(): boolean {
    const output = this.#child?.stdout;
    if (this.pid === undefined || !output || output.destroyed || output.readableEnded) return false;
    // The core is not told: for it the output never ends, and after the exit it is given up like one that is held open.
    output.destroy();
    this.#tell({ type: 'outputClosed' });
    return true;
  }

  pauseOutput(): boolean {
    const output = this.#child?.stdout;
    if (this.pid === undefined || !output || output.destroyed || output.readableEnded) return false;
    output.pause();
    return true;
  }

  resumeOutput(): void {
    this.#child?.stdout?.resume();
  }

  signal(signal: 'SIGTERM' | 'SIGKILL'): boolean {
    return this.#group !== undefined && signalGroup(this.#group, signal);
  }

  close(): void {
    this.feed({ type: 'close' });
  }

  kill(): void {
    this.feed({ type: 'kill' });
  }

  /** One queue: an input that comes up inside an effect waits until the whole list was run. */
  feed(input: Untimed<ProcessInput>): void {
    this.#inputs.push(input);
    if (this.#stepping) return;
    this.#stepping = true;
    for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift()) {
      const [state, effects] = step(this.#state, { ...next, now: performance.now() });
      this.#state = state;
      for (const effect of effects) this.#run(effect);
    }
    this.#stepping = false;
  }

  #run(effect: ProcessEffect): void {
    switch (effect.type) {
      case 'spawn':
        this.#spawn();
        break;
      case 'endInput':
        this.endInput();
        break;
      case 'signalGroup':
        if (this.signal(effect.signal)) this.#tell({ type: 'signalled', signal: effect.signal });
        break;
      case 'watchGroup':
        this.#watchGroup();
        break;
      case 'stopReading':
        this.#stopReading();
        this.#call(this.#options.onOutputGivenUp);
        break;
      case 'arm':
        this.#arm(effect);
        break;
      case 'disarm':
        clearTimeout(this.#timers.get(effect.name));
        this.#timers.delete(effect.name);
        break;
      case 'over':
        this.#finish({ how: effect.how, code: effect.code, signal: effect.signal });
        break;
    }
  }

  #spawn(): void {
    const inform: Inform = (event) => {
      this.#tell(event);
      this.feed(event);
    };
    const { command, args, cwd, env } = this.#options;
    let child: ChildProcess;
    try {
      // detached: a group of its own, so that one signal reaches whatever the command starts (npx, a shell, a wrapper).
      child = spawn(command, [...args], { ...(cwd === undefined ? {} : { cwd }), env, detached: true });
    } catch (error) {
      // Only some failures come as an event: ENOTDIR, E2BIG and a name that cannot be one are thrown.
      const { code = 'UNKNOWN', message } = error as NodeJS.ErrnoException;
      setImmediate(() => inform({ type: 'spawnFailed', code, message }));
      return;
    }
    this.#child = child;
    if (child.pid !== undefined) {
      this.#group = child.pid;
      addLiveGroup(child.pid);
    }
    let spawned = false;
    child.once('spawn', () => {
      spawned = true;
      inform({ type: 'spawned', pid: child.pid ?? 0 });
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (!spawned) inform({ type: 'spawnFailed', code: error.code ?? 'UNKNOWN', message: error.message });
    });
    // `exit`, not `close`: that one waits for pipes which a descendant may hold for ever.
    child.once('exit', (code, signal) => inform({ type: 'exited', code, signal }));
    this.#read(child, inform);
  }

  #read(child: ChildProcess, inform: Inform): void {
    let ended = false;
    const outputEnded = (): void => {
      if (!ended) inform({ type: 'outputEnded' });
      ended = true;
    };
    child.stdout?.on('data', this.#options.onOutput);
    child.stdout?.once('end', outputEnded);
    child.stdout?.once('error', outputEnded);
    // Never left undrained: a full stderr pipe would stop the server.
    child.stderr?.on('data', this.#options.onStderr);
    child.stderr?.on('error', () => {});
    child.stdin?.once('error', () => inform({ type: 'inputBroken' }));
    child.stdin?.on('error', () => {});
  }

  #watchGroup(): void {
    const look = (): void => {
      if (this.#group !== undefined && isGroupAlive(this.#group)) return;
      clearInterval(this.#watch);
      this.#forgetGroup();
      // Its last words may still be in the pipes. The first of two immediates may belong to a poll that is past.
      const known = (): void => {
        this.#tell({ type: 'groupGone' });
        this.feed({ type: 'groupGone' });
      };
      setImmediate(() => setImmediate(known));
    };
    this.#watch = setInterval(look, WATCH_INTERVAL_MS);
    look();
  }

  #arm({ name, generation, at }: Extract<ProcessEffect, { type: 'arm' }>): void {
    clearTimeout(this.#timers.get(name));
    // Output that is already in the pipe comes before a timeout: one poll of IO first.
    const elapsed = (): unknown => setImmediate(() => this.feed({ type: 'elapsed', name, generation }));
    this.#timers.set(name, setTimeout(elapsed, Math.max(0, at - performance.now())));
  }

  #stopReading(): void {
    this.#child?.stdout?.destroy();
    this.#child?.stderr?.destroy();
  }

  #finish(over: Over): void {
    clearInterval(this.#watch);
    this.#forgetGroup();
    this.#child?.stdin?.destroy();
    this.#stopReading();
    // An abandoned child must not keep our own loop alive.
    this.#child?.unref();
    this.#tell({ type: 'over', over });
    this.#isOver = true;
    this.#settle(over);
  }

  #tell(event: ChildEvent): void {
    // An abandoned process may still exit; nobody listens any more.
    if (this.#isOver) return;
    this.#call(() => this.#options.onEvent(event));
  }

  #call(listener: (() => void) | undefined): void {
    try {
      listener?.();
    } catch (error) {
      // The listener's fault is reported as uncaught; this child has to be led out all the same.
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  #forgetGroup(): void {
    if (this.#group !== undefined) removeLiveGroup(this.#group);
    this.#group = undefined;
  }
}

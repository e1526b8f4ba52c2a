import { LocalProtocolError, openProcess, PROCESS_DEFAULTS, type ProcessConfig } from '@mcp-lifeline/core/process';
import type { Channel, ChannelListener } from '@mcp-lifeline/driver';
import { type ByteTail, createByteTail } from './byte-tail.js';
import { type Child, type ChildEvent, type Over, startChild } from './child.js';
import { describeEnd } from './child-end.js';
import { createLineReader, type Line, MAX_LINE_BYTES } from './framing.js';
import { readBytes } from './limits.js';
import { createMessageWriter, MAX_QUEUED_BYTES, type MessageWriter } from './message-writer.js';

/** Which server to start, and its bounds. */
export interface ChildChannelOptions {
  readonly command: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
  /** The whole environment; nothing is added. */
  readonly env: NodeJS.ProcessEnv;
  /** The budgets of the closing ladder, in ms; by default {@link PROCESS_DEFAULTS}. */
  readonly ladder?: ProcessConfig;
  /** A longer line is reported and skipped; by default 64 MiB. */
  readonly maxMessageBytes?: number;
  /** From how many unsent bytes on a sender should wait; by default 16 MiB. */
  readonly maxQueuedBytes?: number;
  /** Takes what the server writes to its standard error, which is read in any case. What it throws is uncaught. */
  readonly onStderr?: (chunk: Uint8Array) => void;
  /**
   * Hears of what its process does and of what is done to it, in order, and each before the session does: for recording.
   * What it throws is uncaught.
   */
  readonly onProcess?: (event: ChildEvent) => void;
}

/** A channel to a child process. */
export interface ChildChannel extends Channel {
  /** Undefined before `open`, and when it could not be spawned. */
  readonly pid: number | undefined;
  /** The end of its standard error, at most 64 KiB. */
  stderr(): string;
}

/**
 * The client's end over stdio: a server in a child process, with messages as lines of JSON.
 *
 * Its peer is gone when its output has ended and was told to the end, or `drainMs` after its exit: a descendant may hold the
 * output open for ever. `close` is the closing ladder, `kill` its last step.
 *
 * @throws {LocalProtocolError} for a ladder that no timer could keep, and for a bound that is none.
 */
export function childChannel(options: ChildChannelOptions): ChildChannel {
  return new StdioChild(options);
}

/** How much of the standard error is kept, and how much of that the end of the channel quotes. */
const STDERR_BYTES = 64 * 1024;
const STDERR_QUOTED_BYTES = 8 * 1024;
/** How many characters of a first line that is no message are quoted. */
const STRAY_CHARACTERS = 500;

class StdioChild implements ChildChannel {
  readonly highWater: number;
  readonly #options: ChildChannelOptions;
  readonly #ladder: ProcessConfig;
  readonly #maxMessageBytes: number;
  readonly #stderr: ByteTail = createByteTail(STDERR_BYTES);
  readonly #writer: MessageWriter;
  #child: Child | undefined;
  #closing = false;
  #hasOpened = false;
  #isGone = false;
  #spoke = false;
  #strayText = '';
  #spawnError: string | null = null;
  #drained: () => void = () => {};

  constructor(options: ChildChannelOptions) {
    this.#options = options;
    this.#ladder = options.ladder ?? PROCESS_DEFAULTS;
    // Checks the budgets now, where whoever gave them is still there to be told.
    openProcess(this.#ladder, 0);
    this.#maxMessageBytes = readBytes('maxMessageBytes', options.maxMessageBytes ?? MAX_LINE_BYTES);
    this.highWater = readBytes('maxQueuedBytes', options.maxQueuedBytes ?? MAX_QUEUED_BYTES);
    this.#writer = createMessageWriter({
      write: (text, written) => this.#child?.write(text, written) ?? false,
      highWater: this.highWater,
      drained: () => this.#drained(),
    });
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get queued(): number {
    return this.#writer.queued;
  }

  open(listener: ChannelListener): void {
    if (this.#child !== undefined) throw new LocalProtocolError('a channel opens once');
    const reader = createLineReader((line) => this.#take(line, listener), this.#maxMessageBytes);
    const ended = (): void => {
      if (!this.#hasOpened) return;
      reader.end();
      listener.ended();
    };
    this.#drained = () => {
      if (!this.#isGone) listener.drained();
    };
    const { command, args = [], cwd, env } = this.#options;
    this.#child = startChild({
      command,
      args,
      ...(cwd === undefined ? {} : { cwd }),
      env,
      config: this.#ladder,
      onOutput: (chunk) => {
        if (!this.#hasOpened) return;
        listener.heard();
        reader.push(chunk);
      },
      onStderr: (chunk) => {
        this.#stderr.push(chunk);
        this.#options.onStderr?.(chunk);
      },
      onEvent: (event) => this.#happened(event, listener, ended),
      onOutputGivenUp: ended,
    });
  }

  send(message: unknown): void {
    this.#writer.send(message);
  }

  close(): void {
    // For the child a second close is a kill; for a channel that is a word of its own.
    if (this.#closing) return;
    this.#closing = true;
    this.#writer.flush();
    this.#child?.close();
  }

  kill(): void {
    this.#closing = true;
    this.#child?.kill();
  }

  stderr(): string {
    return this.#stderr.text(STDERR_BYTES);
  }

  #happened(event: ChildEvent, listener: ChannelListener, ended: () => void): void {
    this.#tap(event);
    switch (event.type) {
      case 'spawned':
        // Whoever closed it meanwhile waits for its end alone.
        if (this.#closing) break;
        this.#hasOpened = true;
        listener.opened();
        break;
      case 'spawnFailed':
        this.#spawnError = event.code;
        break;
      case 'outputEnded':
        ended();
        break;
      case 'inputBroken':
        if (this.#hasOpened) listener.writeFailed();
        break;
      case 'over':
        this.#isGone = true;
        listener.gone(this.#describe(event.over));
        break;
    }
  }

  #tap(event: ChildEvent): void {
    try {
      this.#options.onProcess?.(event);
    } catch (error) {
      // The session has to hear of it all the same.
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  #take(line: Line, listener: ChannelListener): void {
    if (line.kind === 'json') {
      this.#spoke = true;
      listener.received(line.json);
      return;
    }
    this.#strayText ||= line.text.slice(0, STRAY_CHARACTERS).trim();
    listener.garbled(line.why, line.text, line.bytes);
  }

  #describe(over: Over): string {
    const { command } = this.#options;
    const stderr = this.#stderr.text(STDERR_QUOTED_BYTES);
    const [spawnError, spoke, strayText] = [this.#spawnError, this.#spoke, this.#strayText];
    return describeEnd({ command, over, spawnError, spoke, strayText, stderr });
  }
}

import type { Readable } from 'node:stream';
import { LocalProtocolError, readDuration } from '@mcp-lifeline/core/process';
import type { Channel, ChannelListener } from '@mcp-lifeline/driver';
import { createLineReader, type Line, type LineReader, MAX_LINE_BYTES } from './framing.js';
import { guardStdout, type MessageOutput } from './guarded-stdout.js';
import { readBytes } from './limits.js';
import { createMessageWriter, MAX_QUEUED_BYTES, type MessageWriter } from './message-writer.js';

/** Where a server reads and writes, and its bounds. */
export interface ServerChannelOptions {
  /** By default `process.stdin`. */
  readonly input?: Readable;
  /** By default standard output, which is guarded from then on: see {@link guardStdout}. */
  readonly output?: MessageOutput;
  /** A longer line is reported and skipped; by default 64 MiB. */
  readonly maxMessageBytes?: number;
  /** From how many unsent bytes on a sender should wait; by default 16 MiB. */
  readonly maxQueuedBytes?: number;
  /** How long the end waits for what was sent to be taken, in ms; by default 1,000. */
  readonly flushMs?: number;
}

/** A channel to the client that started this process. */
export interface ServerChannel extends Channel {
  /** Settles when all that was sent has left this process, or cannot, or `flushMs` passed; never rejects. */
  flushed(): Promise<void>;
}

/**
 * The server's end over stdio: our own standard input and output, with messages as lines of JSON.
 *
 * @throws {LocalProtocolError} for a bound that is none.
 */
export function stdioServerChannel(options: ServerChannelOptions = {}): ServerChannel {
  return new StdioServer(options);
}

/** Below the grace that clients give a server, 2,000. */
const FLUSH_MS = 1_000;

class StdioServer implements ServerChannel {
  readonly highWater: number;
  readonly #input: Readable;
  readonly #output: MessageOutput;
  readonly #maxMessageBytes: number;
  readonly #flushMs: number;
  readonly #writer: MessageWriter;
  /** Those who wait until nothing is queued any more. */
  readonly #awaiting = new Set<() => void>();
  #listener: ChannelListener | undefined;
  #reader: LineReader | undefined;
  #hasOpened = false;
  #hasEnded = false;
  #writeFailed = false;
  #closing = false;
  #isGone = false;

  constructor(options: ServerChannelOptions) {
    this.#input = options.input ?? process.stdin;
    this.#output = options.output ?? guardStdout();
    this.#maxMessageBytes = readBytes('maxMessageBytes', options.maxMessageBytes ?? MAX_LINE_BYTES);
    this.#flushMs = readDuration('flushMs', options.flushMs ?? FLUSH_MS);
    this.highWater = readBytes('maxQueuedBytes', options.maxQueuedBytes ?? MAX_QUEUED_BYTES);
    this.#writer = createMessageWriter({
      write: (text, written) => this.#write(text, written),
      highWater: this.highWater,
      drained: () => this.#tell((listener) => listener.drained()),
    });
  }

  get queued(): number {
    return this.#writer.queued;
  }

  open(listener: ChannelListener): void {
    if (this.#listener !== undefined) throw new LocalProtocolError('a channel opens once');
    this.#listener = listener;
    // Stays for good: an error that nobody listens to would end the process.
    this.#output.on('error', this.#outputFailed);
    setImmediate(() => {
      if (this.#closing) return;
      this.#hasOpened = true;
      listener.opened();
      if (this.#writeFailed) listener.writeFailed();
      this.#read(listener);
    });
  }

  send(message: unknown): void {
    this.#writer.send(message);
  }

  close(): void {
    if (this.#closing) return;
    this.#closing = true;
    void this.flushed().then(() => this.#finish());
  }

  kill(): void {
    this.#closing = true;
    queueMicrotask(() => this.#finish());
  }

  flushed(): Promise<void> {
    if (this.#writer.queued === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#awaiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, this.#flushMs);
      this.#awaiting.add(done);
    });
  }

  #read(listener: ChannelListener): void {
    this.#reader = createLineReader((line) => take(line, listener), this.#maxMessageBytes);
    const input = this.#input;
    // Its `end` is past when somebody read it before us.
    if (input.readableEnded || input.destroyed) {
      this.#inputEnded();
      return;
    }
    input.on('data', this.#heard);
    // Without a `close` a broken input would look like a quiet one: an `error` ends it too, and each comes but once.
    for (const event of ENDS) input.on(event, this.#inputEnded);
  }

  readonly #heard = (chunk: Uint8Array): void => {
    this.#tell((listener) => listener.heard());
    this.#reader?.push(chunk);
  };

  readonly #inputEnded = (): void => {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#reader?.end();
    this.#tell((listener) => listener.ended());
  };

  #write(text: string, written: (error?: Error | null) => void): boolean {
    if (!this.#output.writable) this.#outputFailed();
    if (this.#writeFailed) return false;
    this.#output.write(text, (error) => {
      written(error);
      if (this.#writer.queued === 0) for (const done of [...this.#awaiting]) done();
    });
    return true;
  }

  readonly #outputFailed = (): void => {
    if (this.#writeFailed) return;
    this.#writeFailed = true;
    this.#tell((listener) => listener.writeFailed());
  };

  #finish(): void {
    if (this.#isGone) return;
    this.#stopReading();
    this.#isGone = true;
    this.#listener?.gone();
  }

  #stopReading(): void {
    this.#input.off('data', this.#heard);
    for (const event of ENDS) this.#input.off(event, this.#inputEnded);
    // So that an input which is still open does not hold the event loop.
    this.#input.pause();
  }

  #tell(what: (listener: ChannelListener) => void): void {
    if (this.#listener !== undefined && this.#hasOpened && !this.#isGone) what(this.#listener);
  }
}

/** The ways in which an input comes to its end. */
const ENDS = ['end', 'error', 'close'] as const;

function take(line: Line, listener: ChannelListener): void {
  if (line.kind === 'json') listener.received(line.json);
  else listener.garbled(line.why, line.text, line.bytes);
}

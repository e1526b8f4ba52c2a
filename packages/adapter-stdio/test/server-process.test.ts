import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { exitServerProcess, watchServerProcess } from '../src/server-process.js';

describe("a server's process", () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('tells of %s, and of the second one too', (signal) => {
    const { events, told } = watched();
    events.emit(signal, signal);
    events.emit(signal, signal);
    expect(told).toEqual([signal, signal]);
  });

  it.each(['uncaughtException', 'unhandledRejection'])('tells once of what nobody caught: %s', (event) => {
    const { events, told } = watched();
    events.emit(event, new Error('first'));
    events.emit('uncaughtException', new Error('second'));
    events.emit('unhandledRejection', new Error('third'));
    expect(told).toEqual(['first']);
  });

  it('is not asked again by what its listener throws', () => {
    const events = new EventEmitter();
    let times = 0;
    const fail = (): void => {
      times += 1;
      throw new Error('in the listener');
    };
    watchServerProcess({ signalled: fail, uncaught: fail }, { events, stderr: new EventEmitter() });
    expect(() => events.emit('uncaughtException', new Error('first'))).toThrow('in the listener');
    events.emit('uncaughtException', new Error('in the listener'));
    expect(times).toBe(1);
  });

  it('does not end for a standard error that nobody reads', () => {
    const { stderr, told } = watched();
    stderr.emit('error', new Error('EPIPE'));
    expect(told).toEqual([]);
  });

  it('is left alone once it is not watched any more', () => {
    const { events, stderr, stop } = watched();
    stop();
    expect([...events.eventNames(), ...stderr.eventNames()]).toEqual([]);
  });
});

describe("the exit of a server's process", () => {
  it('comes after what was sent and logged is written', async () => {
    const order: string[] = [];
    let flush = (): void => {};
    const done = exitServerProcess(7, {
      flushed: () => new Promise((resolve) => (flush = resolve)),
      stderr: { write: (_, written) => written() },
      exit: (code) => order.push(`exit ${code}`),
    });
    await new Promise((resolve) => setImmediate(resolve));
    order.push('flush');
    flush();
    await done;
    expect(order).toEqual(['flush', 'exit 7']);
  });

  it('does not wait for ever for a log that nobody reads', async () => {
    let code = -1;
    const exit = (given: number): void => {
      code = given;
    };
    await exitServerProcess(1, { stderr: { write: () => {} }, stderrMs: 1, exit });
    expect(code).toBe(1);
  });
});

function watched() {
  const events = new EventEmitter();
  const stderr = new EventEmitter();
  const told: string[] = [];
  const listener = {
    signalled: (signal: string) => told.push(signal),
    uncaught: (error: unknown) => told.push((error as Error).message),
  };
  return { events, stderr, told, stop: watchServerProcess(listener, { events, stderr }) };
}

import { describe, expect, it } from 'vitest';
import { Interruption } from '../../src/check/interruption.ts';
import { fakeIo } from '../fake-io.ts';

describe('an interruption', () => {
  it('aborts on the first signal, and ends at once on the second', () => {
    const io = fakeIo();
    const interruption = new Interruption(io);
    expect([interruption.signal, interruption.abortSignal.aborted]).toEqual([null, false]);
    io.send('SIGTERM');
    expect([interruption.signal, interruption.abortSignal.aborted, io.exits]).toEqual(['SIGTERM', true, []]);
    io.send('SIGINT');
    expect([interruption.signal, io.exits]).toEqual(['SIGTERM', [130]]);
  });

  it('gives the signals back', () => {
    const io = fakeIo();
    const interruption = new Interruption(io);
    expect(io.listening()).toBe(1);
    interruption.stop();
    expect(io.listening()).toBe(0);
  });
});

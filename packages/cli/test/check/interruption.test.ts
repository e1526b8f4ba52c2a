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

  it('may be waited for by many runs at once', async () => {
    const warnings: string[] = [];
    const listener = ({ name }: Error) => void warnings.push(name);
    process.on('warning', listener);
    const { abortSignal } = new Interruption(fakeIo());
    for (let runs = 0; runs < 40; runs += 1) abortSignal.addEventListener('abort', () => {});
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', listener);
    expect(warnings).toEqual([]);
  });

  it('gives the signals back', () => {
    const io = fakeIo();
    const interruption = new Interruption(io);
    expect(io.listening()).toBe(1);
    interruption.stop();
    expect(io.listening()).toBe(0);
  });
});

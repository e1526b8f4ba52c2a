import type { EventData } from '@mcp-lifeline/trace';
import { describe, expect, it } from 'vitest';
import { createStyle } from '../../src/report/style.ts';
import { wireLines } from '../../src/report/wire-lines.ts';
import { madeRun } from '../made-result.ts';

describe('an event in a line', () => {
  it.each<[EventData, string]>([
    [{ plane: 'process', kind: 'outputClosed' }, '· its output is no longer read'],
    [
      { plane: 'process', kind: 'load', cpuMs: 812.4, ms: 1000.2 },
      '· its processes used 812 ms of processor time within 1000 ms',
    ],
    [{ plane: 'note', kind: 'framed', how: 'crlf' }, '· what is sent from here on is written crlf'],
    [{ plane: 'note', kind: 'framed', how: 'plain' }, '· what is sent from here on is written the usual way'],
    [{ plane: 'process', kind: 'inputBroken' }, '· it closed its input'],
  ])('%j', (event, text) => {
    expect(wireLines(madeRun('a@1', [event]), [0], createStyle(false, 120))).toEqual([`    0.000 s ${text}`]);
  });
});

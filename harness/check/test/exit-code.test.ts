import type { EventData } from '@mcp-lifeline/trace';
import { describe, expect, it } from 'vitest';
import { exitCode } from '../src/checks/exit-code.js';
import type { Run } from '../src/run.js';
import { absent, exited, INPUT_ENDED, KILL, OUTPUT_ENDED, runOf, TERM } from './hand-made.js';

const LADDER_TERM: EventData = { plane: 'process', kind: 'signalled', signal: 'SIGTERM', by: 'ladder' };

const leaves = runOf({ scenario: 'ready', events: [INPUT_ENDED, exited(0), OUTPUT_ENDED] });
const stays = runOf({ scenario: 'ready', events: [INPUT_ENDED, LADDER_TERM, exited(143), OUTPUT_ENDED] });
const obeys = runOf({ scenario: 'sigterm', events: [TERM, exited(143), OUTPUT_ENDED] });
const resists = runOf({ scenario: 'sigterm', events: [TERM, KILL, exited(137), OUTPUT_ENDED] });
const crashed = (scenario: string): Run =>
  runOf({ scenario, events: [exited(1), OUTPUT_ENDED, INPUT_ENDED, absent('ownExit', 'it had crashed')] });

describe('how a server leaves', () => {
  it.each<[string, readonly Run[], string]>([
    [
      'leaves both times',
      [leaves, obeys],
      'at the end of its input: exited with code 0; on SIGTERM: exited with code 143',
    ],
    ['waits for a signal', [stays, obeys], 'at the end of its input: stayed; on SIGTERM: exited with code 143'],
    ['resists a signal', [leaves, resists], 'at the end of its input: exited with code 0; on SIGTERM: stayed'],
    [
      'crashes first',
      [leaves, crashed('sigterm')],
      'at the end of its input: exited with code 0; on SIGTERM: not seen',
    ],
    ['was looked at once', [obeys], 'at the end of its input: not seen; on SIGTERM: exited with code 143'],
  ])('is told of one that %s', (_, runs, observed) => {
    expect(judge(runs).finding).toMatchObject({ found: 'held', observed });
  });

  it('shows the run in which the input ended, and in it the end and the exit', () => {
    expect(judge([obeys, leaves])).toMatchObject({ run: leaves, finding: { evidence: [0, 1] } });
  });

  it('is not told of one that crashed both times, and that was recorded', () => {
    const runs = [crashed('ready'), crashed('sigterm')];
    expect(judge(runs)).toMatchObject({ run: runs[0], finding: { found: 'nothing', lacking: 'ownExit' } });
  });

  it('is not told where it was not asked, or a run was cut short', () => {
    expect(judge([])).toMatchObject({ run: null, finding: { found: 'nothing', lacking: 'wholeRun' } });
    const cut = runOf({ scenario: 'ready', events: [INPUT_ENDED, KILL, exited(1)], end: 'cut' });
    const bound = [absent('wholeRun', 'more than 50000 events'), INPUT_ENDED, KILL, exited(1), OUTPUT_ENDED];
    const limited = runOf({ scenario: 'ready', events: bound, end: 'limit' });
    expect(judge([limited])).toMatchObject({ run: limited, finding: { found: 'nothing', lacking: 'wholeRun' } });
    expect(judge([cut])).toMatchObject({ run: cut, finding: { found: 'nothing', lacking: 'wholeRun' } });
  });
});

function judge(runs: readonly Run[]) {
  return exitCode.judge('2025-11-25', { runs, offers: [], preferred: null, toolsRun: null });
}

import type { EventData, Json } from '@mcp-lifeline/trace';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../src/index.js';
import type { Run } from '../src/run.js';
import { absent, agreeing, initialize, received, runOf, sent } from './hand-made.js';

const FULL = { result: { content: [] } };
const REACTION = { error: { code: 0, message: 'Request cancelled' } };

describe('cancel.id-zero', () => {
  it('is held when neither call is answered', () => {
    expect(judge(cancelled('cancel', 42, null), cancelled('cancel-zero', 0, null))).toMatchObject({ found: 'held' });
  });

  it.each<[string, Json]>([
    ['says that it was cancelled', REACTION],
    ['is of full length', FULL],
  ])('is broken when the call with the id 0 alone is answered, and the answer %s', (_, answer) => {
    // One ms passes between two events of a hand-made run: only what cannot have crossed is an answer.
    const finding = judge(cancelled('cancel', 42, null), cancelled('cancel-zero', 0, answer));
    expect(finding.found).toBe('broken');
  });

  it('shows nothing where its control is answered too', () => {
    const finding = judge(cancelled('cancel', 42, FULL), cancelled('cancel-zero', 0, FULL));
    expect(finding).toMatchObject({ found: 'nothing', lacking: 'control' });
  });

  it('shows nothing where its control shows nothing', () => {
    const control = runOf({ scenario: 'cancel', events: [absent('handshake', 'initialize was refused')] });
    expect(judge(control, cancelled('cancel-zero', 0, null))).toMatchObject({ found: 'nothing', lacking: 'handshake' });
  });

  it('lacks a slow tool where nothing was cancelled', () => {
    const toolsRun = runOf({ scenario: 'tools', events: [absent('slowTool', 'none')] });
    const evidence = { runs: [], offers: [], preferred: null, toolsRun };
    expect(check().judge('2025-11-25', evidence)).toMatchObject({
      run: toolsRun,
      finding: { found: 'nothing', lacking: 'slowTool' },
    });
  });
});

function judge(...runs: readonly Run[]) {
  return check().judge('2025-11-25', { runs, offers: [], preferred: null, toolsRun: null }).finding;
}

function check() {
  const found = CHECKS.find(({ id }) => id === 'cancel.id-zero');
  if (found === undefined) throw new Error('cancel.id-zero is gone');
  return found;
}

/** A run in which a call was cancelled after a while, and this came of it. */
function cancelled(scenario: string, id: number, answer: Json | null): Run {
  const fences = [101, 102, 103].flatMap((fence): EventData[] => [
    sent({ jsonrpc: '2.0', id: fence, method: 'ping' }),
    received({ jsonrpc: '2.0', id: fence, result: {} }),
  ]);
  // Each event is one ms after the one before it.
  const time = Array.from({ length: 300 }, (): EventData => ({ plane: 'app', kind: 'waiting' }));
  return runOf({
    scenario,
    events: [
      initialize('2025-11-25'),
      received({ jsonrpc: '2.0', id: 1, ...agreeing('2025-11-25') }),
      sent({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'slow' } }),
      sent({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } }),
      ...time,
      ...(answer === null ? [] : [received({ jsonrpc: '2.0', id, ...(answer as object) })]),
      { plane: 'note', kind: 'held', what: 'the answer to a cancelled call', ms: 300 },
      ...fences,
    ],
  });
}

import { describe, expect, it } from 'vitest';
import { formatKnown, type Known, parseKnown, readKnown } from '../../src/expect/known.ts';

const BATCH: Known = { id: 'rpc.batch', revision: '2025-03-26', status: 'fail', because: 'no batches yet' };
const LEAVING: Known = { id: 'shutdown.eof-idle', revision: '2025-03-26', status: 'warn', because: '' };

describe('a file of known failures', () => {
  it('is read as it was written', () => {
    expect(parseKnown(formatKnown([BATCH, LEAVING]), 'known.json')).toEqual([BATCH, LEAVING]);
  });

  it('may list the same check in several revisions', () => {
    const known = [LEAVING, { ...LEAVING, revision: '2025-11-25' } as const];
    expect(parseKnown(formatKnown(known), 'known.json')).toEqual(known);
  });

  it.each([
    ['no JSON', '{', 'it is not JSON'],
    ['no object', '[]', 'Invalid input: expected object, received array'],
    ['of another version', '{"expect":2,"known":[]}', 'expect: Invalid input: expected 1'],
    ['without a list', '{"expect":1}', 'known: Invalid input: expected array, received undefined'],
    ['with something else', '{"expect":1,"known":[],"knwon":[]}', 'Unrecognized key: "knwon"'],
    [
      'of a status that needs no excuse',
      listing({ ...BATCH, status: 'unobserved' }),
      'known[0].status: Invalid option',
    ],
    ['of a revision that is not known', listing({ ...BATCH, revision: '2026-07-28' }), 'known[0].revision: Invalid'],
    [
      'of a check that is not there',
      listing({ ...BATCH, id: 'rpc.bacth' }),
      'known[0].id: no check is called "rpc.bacth"; the nearest is rpc.batch',
    ],
    ['without a reason', listing({ ...BATCH, because: undefined }), 'known[0].because: Invalid input'],
    ['with something else in an entry', listing({ ...BATCH, note: '' }), 'known[0]: Unrecognized key: "note"'],
    [
      'of a row twice',
      listing(BATCH, { ...BATCH, status: 'warn' }),
      'known[1]: rpc.batch in 2025-03-26 is listed before, as known[0]',
    ],
  ])('is refused: %s', (_, text, message) => {
    const refused = () => parseKnown(text, 'known.json');
    expect(refused).toThrow(`--expect: known.json: ${message}`);
    expect(refused).toThrow(expect.objectContaining({ name: 'UsageError' }));
  });

  it('is refused where it cannot be read', () => {
    expect(() => readKnown('/no/such/file', 'no')).toThrow('--expect: no cannot be read: it does not exist');
    expect(() => readKnown('/', 'root')).toThrow('--expect: root cannot be read: it is a folder');
  });
});

function listing(...known: readonly object[]): string {
  return JSON.stringify({ expect: 1, known });
}

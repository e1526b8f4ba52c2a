import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../src/index.js';
import { difference, expected } from './compare-rows.js';
import { FAULTY_PEERS, type FaultyPeer } from './faulty-peers.js';
import { judgeFile } from './judge-file.js';

/** Where the matrix is kept for readers. */
const MATRIX = '../../../docs/faulty-peers.md';

const good = judgeFile('good.mjs', { revision: 'all' });
const judged = new Map<string, CheckResult>();

describe.concurrent('every faulty peer, judged by every check', () => {
  it.each(Object.entries(FAULTY_PEERS))('%s breaks its own check and no other', async (name, peer) => {
    const { revision = '2025-11-25', only, timeoutScale } = peer;
    const options = { ...(only && { only }), ...(timeoutScale && { timeoutScale }) };
    const { result, left } = await judgeFile(`${name}.mjs`, { revision, ...options });
    judged.set(name, result);
    expect(difference((await good).result, result, revision, only)).toEqual(expected(peer));
    expect(left).toEqual([]);
  });
});

describe('the matrix', () => {
  it('is told in docs/faulty-peers.md', async () => {
    const baseline = (await good).result;
    const lines = Object.entries(FAULTY_PEERS).flatMap(([name, peer]) => {
      const result = judged.get(name);
      return result === undefined ? [] : rowsOf(name, peer, baseline, result);
    });
    expect(lines.length).toBeGreaterThanOrEqual(Object.keys(FAULTY_PEERS).length);
    await expect(`${HEAD}${lines.join('\n')}\n`).toMatchFileSnapshot(MATRIX);
  });
});

const HEAD = `# Faulty peers

Every check was seen to fail: each server in \`harness/check/faulty\` breaks one of them and is judged by all. Its rows are
compared with those of the good server; what differs besides its own is listed with the reason. Written by \`pnpm verify\`.

| peer | its own rows | consequences |
| --- | --- | --- |
`;

function rowsOf(name: string, peer: FaultyPeer, baseline: CheckResult, result: CheckResult): readonly string[] {
  const { revision = '2025-11-25', only, consequences = {} } = peer;
  const { added, lacking } = difference(baseline, result, revision, only);
  const own = added.filter((row) => peer.breaks.includes(row));
  const others = added.filter((row) => !peer.breaks.includes(row));
  const told = [
    ...others.map((row) => `${row} (${consequences[row] ?? 'not foreseen'})`),
    ...lacking.map((row) => `no row ${row}`),
  ];
  return [`| \`${name}\` | ${own.join('<br>')} | ${told.join('<br>').replaceAll('|', '\\|')} |`];
}

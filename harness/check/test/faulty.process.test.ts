import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../src/index.js';
import { checkOf, difference, keyOf } from './compare-rows.js';
import { FAULTY_PEERS } from './faulty-peers.js';
import { endOf, FAULTY_FOLDER, type JudgedFile, judgeFile } from './judge-file.js';

const NOT_FAULTY = ['good-server.mjs', 'good.mjs'];
const files = readdirSync(FAULTY_FOLDER).filter((name) => name.endsWith('.mjs') && !NOT_FAULTY.includes(name));
const names = files.map((file) => file.slice(0, -'.mjs'.length));

let good: Promise<JudgedFile> | undefined;

/** The good server, judged once in every revision. */
function judgeGood(): Promise<JudgedFile> {
  good ??= judgeFile('good.mjs', { revision: 'all' });
  return good;
}

describe('the faulty peers', () => {
  it.each(CHECKS.map(({ id }) => id))('have one that breaks %s', (id) => {
    expect(names.filter((name) => checkOf(name) === id)).not.toEqual([]);
  });

  it('are all told what they break', () => {
    expect(Object.keys(FAULTY_PEERS).sort()).toEqual(names.toSorted());
  });

  it.each(names)('%s breaks the check it is named after, and says in its first line how', (name) => {
    expect(CHECKS.map(({ id }) => id)).toContain(checkOf(name));
    for (const row of FAULTY_PEERS[name]?.breaks ?? []) expect(row.split(/[ @]/)[1]).toBe(checkOf(name));
    const lines = readFileSync(`${FAULTY_FOLDER}${name}.mjs`, 'utf8').split('\n');
    expect(lines[0]).toMatch(/^\/\/ [A-Z].+\.$/);
    expect(lines.length).toBeLessThan(40);
  });
});

describe.concurrent('the good server', () => {
  it('passes every check in every revision, and leaves nothing unobserved', async () => {
    const { result, left } = await judgeGood();
    expect(result).toMatchObject({
      verdict: 'pass',
      serverInfo: { name: 'good-server', version: '1.0.0' },
      revisions: ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'],
      preferred: '2025-11-25',
    });
    expect(result.rows.filter(({ status }) => status !== 'pass' && status !== 'note')).toEqual([]);
    const notes = result.rows.filter(({ status }) => status === 'note').map(keyOf);
    const each = (text: (revision: string) => string): string[] => result.revisions.map(text);
    expect(notes.toSorted()).toEqual([
      ...each((revision) => `note handshake.no-early-updates@${revision}: none while initialized was held back`),
      ...each((revision) => `note handshake.ping-first@${revision}: result {}`),
      ...each((revision) => `note handshake.requests-before-initialize@${revision}: a result`),
      ...each((revision) => `note handshake.second-initialize@${revision}: a result`),
      ...each((revision) => `note shutdown.answers-kept@${revision}: 6 of 6 requests answered`),
      ...each(
        (revision) =>
          `note shutdown.exit-code@${revision}: at the end of its input: exited with code 0; on SIGTERM: exited with code 0`,
      ),
      ...each((revision) => `note stderr.noise@${revision}: nothing`),
      'note version.counter-offer@2026-07-28: counter-offers 2025-11-25',
    ]);
    expect(result.runs.map(endOf)).toEqual(result.runs.map(() => 'quiet'));
    expect(left).toEqual([]);
  });

  it('has a row for each check in each revision', async () => {
    const { rows, revisions, preferred } = (await judgeGood()).result;
    for (const check of CHECKS.filter(({ onlyByName }) => onlyByName !== true)) {
      const expected = check.onlyPreferred === true ? [preferred, '2026-07-28'] : revisions;
      const own = rows.filter(({ id }) => id === check.id).map(({ revision }) => revision);
      expect(own, check.id).toEqual(expected.filter((one) => one !== null && check.level(one) !== null));
    }
  });
});

describe.concurrent('a faulty peer', () => {
  it.each(Object.entries(FAULTY_PEERS))('%s breaks the check it was written for', async (name, peer) => {
    const { revision = '2025-11-25', timeoutScale } = peer;
    const only = [checkOf(name)];
    const baseline = judgeGood();
    const { result, left } = await judgeFile(`${name}.mjs`, { revision, only, ...(timeoutScale && { timeoutScale }) });
    const { added } = difference((await baseline).result, result, revision, only);
    expect(added).toEqual(expect.arrayContaining([...peer.breaks]));
    expect(result.verdict).toBe(peer.breaks.some((row) => row.startsWith('fail ')) ? 'fail' : 'pass');
    expect(left).toEqual([]);
  });
});

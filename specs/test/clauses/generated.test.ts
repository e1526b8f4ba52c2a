import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { generator, readExclusions, root } from './sources.js';

const wellFormed = `revision: 2025-11-25
pages:
  basic/utilities/ping:
    keywords: 2
    anchors: [overview]
    leftOut: []
clauses:
  - id: ping/respond
    page: basic/utilities/ping
    anchor: overview
    level: MUST
    role: both
    text: One.
  - id: ping/periodic
    page: basic/utilities/ping
    anchor: null
    level: MAY
    role: sender
    text: Two.
`;

const openPoint = `- id: ping-first
  revisions: ['2025-11-25']
  pages: [basic/utilities/ping]
  question: Is it so?
  readings: [Yes., No.]
  report: note
  because: It is.
`;

describe('the generated catalogue', () => {
  it('is what its sources say: run `pnpm generate` when this fails', async () => {
    const outputs = await generator.generator.outputs();
    expect([...outputs.keys()]).toEqual([
      'specs/clauses/generated.ts',
      'specs/clauses/ambiguities.generated.ts',
      'specs/clauses/exclusions.generated.ts',
    ]);
    for (const [path, text] of outputs) expect(await readFile(new URL(path, root), 'utf8')).toBe(text);
  });
});

describe('a file of clauses is refused, naming the file and the entry', () => {
  const refusal = (changed: string, to: string) => () =>
    generator.readRevision(wellFormed.replace(changed, to), 'specs/clauses/2025-11-25.yaml');

  it('but not when it is well formed', () => {
    expect(refusal('', '')).not.toThrow();
  });

  it.each([
    ['that is no YAML', 'pages:', 'pages: {', /^specs\/clauses\/2025-11-25\.yaml: .*line \d+/],
    [
      'under another name',
      '2025-11-25',
      '2025-06-18',
      'specs/clauses/2025-11-25.yaml: revision: not the name of the file',
    ],
    ['with an unknown level', 'level: MAY', 'level: MIGHT', 'clauses[1].level ping/periodic: Invalid option'],
    ['with an unknown role', 'role: both', 'role: host', 'clauses[0].role ping/respond: Invalid option'],
    ['with a field missing', '    text: One.\n', '', 'clauses[0].text ping/respond: Invalid input'],
    [
      'with a field too many',
      '    text: One.\n',
      '    text: One.\n    note: x\n',
      'clauses[0] ping/respond: Unrecognized key: "note"',
    ],
    [
      'with a text of several lines',
      'text: One.',
      'text: "One.\\nTwo."',
      'clauses[0].text ping/respond: must be one line',
    ],
    ['with an id twice', 'ping/periodic', 'ping/respond', 'clauses[1] ping/respond: id used before'],
    [
      'with a page not listed',
      'page: basic/utilities/ping',
      'page: basic/pong',
      'clauses[0] ping/respond: page basic/pong',
    ],
    ['with an anchor not listed', 'anchor: overview', 'anchor: over', 'clauses[0] ping/respond: anchor over'],
    [
      'with a name of another page',
      'id: ping/',
      'id: progress/',
      'clauses[0] progress/respond: progress/ does not stand for',
    ],
    ['with a name of no page', 'id: ping/', 'id: pong/', 'clauses[0] pong/respond: pong/ is not one of lifecycle/'],
  ])('%s', (_, changed, to, message) => {
    expect(refusal(changed, to)).toThrow(message);
  });
});

describe('a file of ambiguities is refused, naming the file and the entry', () => {
  const documents = [generator.readRevision(wellFormed, 'specs/clauses/2025-11-25.yaml')];
  const refusal = (changed: string, to: string) => () =>
    generator.readAmbiguities(openPoint.replace(changed, to), 'specs/ambiguities.yaml', documents);

  it('but not when it is well formed', () => {
    expect(refusal('', '')).not.toThrow();
  });

  it.each([
    ['with a revision that has no clauses', '2025-11-25', '2024-11-05', 'revision 2024-11-05 has no clauses'],
    ['with a page of no revision', 'ping]', 'ping, basic/pong]', 'page basic/pong is in none of its revisions'],
    ['with no page of a revision', 'basic/utilities/ping', 'basic/pong', 'none of its pages is in 2025-11-25'],
    ['with a single reading', '[Yes., No.]', '[Yes.]', 'readings'],
    ['with another report', 'report: note', 'report: fail', 'report'],
    ['with an id twice', openPoint, openPoint + openPoint, 'id used before'],
  ])('%s', (_, changed, to, message) => {
    expect(refusal(changed, to)).toThrow(message);
    expect(refusal(changed, to)).toThrow(/^specs\/ambiguities\.yaml: \[\d\]\S* ping-first: /);
  });
});

describe('a file of exclusions is refused, naming the file and the entry', () => {
  const documents = [generator.readRevision(wellFormed, 'specs/clauses/2025-11-25.yaml')];
  const excluded = `- ids: [ping/respond]\n  revisions: ['2025-11-25']\n  reason: It is so.\n`;
  const refusal = (changed: string, to: string) => () =>
    readExclusions(excluded.replace(changed, to), 'specs/clauses/exclusions.yaml', documents);

  it('but not when it is well formed', () => {
    expect(refusal('', '')).not.toThrow();
    expect(refusal("  revisions: ['2025-11-25']\n", '')).not.toThrow();
  });

  it.each([
    ['with a clause of no revision', 'respond', 'respnd', '[0] ping/respnd: no revision has this clause'],
    [
      'with a revision that has no such clause',
      "25']",
      "25', '2024-11-05']",
      '[0] ping/respond: 2024-11-05 has no such',
    ],
    ['with a clause twice', excluded, excluded + excluded, '[1] ping/respond: excluded before in 2025-11-25'],
    ['without a reason', '  reason: It is so.\n', '', '[0].reason: Invalid input'],
    ['with a reason that is no sentence', 'It is so.', 'no', '[0].reason: must be one line'],
    ['with a field too many', 'reason:', 'note: x\n  reason:', '[0]: Unrecognized key: "note"'],
    ['with no clause', '[ping/respond]', '[]', '[0].ids: Too small'],
  ])('%s', (_, changed, to, message) => {
    expect(refusal(changed, to)).toThrow(`specs/clauses/exclusions.yaml: ${message}`);
  });
});

import { describe, expect, it } from 'vitest';
import { type Clause, clause, clausesOf, url } from '../../clauses/catalogue.js';
import { REVISIONS, type Revision } from '../../clauses/revision.js';
import { generator } from './sources.js';

const { documents } = await generator.readSources();

/** Clauses and bold keywords of the sections covered, counted in the specification's own source. */
const counted = {
  '2024-11-05': {
    'basic/lifecycle': { clauses: 23, keywords: 17 },
    'basic/transports': { clauses: 9, keywords: 9 },
    'basic/index': { clauses: 3, keywords: 3 },
    'basic/messages': { clauses: 9, keywords: 9 },
    'basic/utilities/ping': { clauses: 11, keywords: 9 },
    'basic/utilities/cancellation': { clauses: 16, keywords: 9 },
    'basic/utilities/progress': { clauses: 13, keywords: 10 },
  },
  '2025-03-26': {
    'basic/lifecycle': { clauses: 27, keywords: 22 },
    'basic/transports': { clauses: 10, keywords: 10 },
    'basic/index': { clauses: 16, keywords: 16 },
    'basic/utilities/ping': { clauses: 11, keywords: 9 },
    'basic/utilities/cancellation': { clauses: 16, keywords: 9 },
    'basic/utilities/progress': { clauses: 14, keywords: 11 },
  },
  '2025-06-18': {
    'basic/lifecycle': { clauses: 27, keywords: 22 },
    'basic/transports': { clauses: 10, keywords: 10 },
    'basic/index': { clauses: 14, keywords: 14 },
    'basic/utilities/ping': { clauses: 11, keywords: 9 },
    'basic/utilities/cancellation': { clauses: 16, keywords: 9 },
    'basic/utilities/progress': { clauses: 14, keywords: 11 },
  },
  '2025-11-25': {
    'basic/lifecycle': { clauses: 27, keywords: 22 },
    'basic/transports': { clauses: 11, keywords: 11 },
    'basic/index': { clauses: 14, keywords: 14 },
    'basic/utilities/ping': { clauses: 11, keywords: 9 },
    'basic/utilities/cancellation': { clauses: 17, keywords: 10 },
    'basic/utilities/progress': { clauses: 17, keywords: 14 },
  },
};

/** In which names, levels and texts a revision departs from the one before. */
const departures = {
  '2025-03-26': {
    added: [
      'lifecycle/error-request-timeout',
      'lifecycle/initialize-not-in-batch',
      'lifecycle/timeout-cancel',
      'lifecycle/timeout-maximum',
      'lifecycle/timeout-per-request',
      'lifecycle/timeout-reset-on-progress',
      'messages/batch-receive',
      'messages/batch-send',
      'messages/error-code-and-message',
      'messages/notification-no-response',
      'messages/result-shape',
      'progress/message-readable',
      'transports/utf-8',
    ],
    removed: ['lifecycle/error-initialize-timeout', 'lifecycle/error-shutdown-timeout', 'messages/json-rpc-overview'],
    level: [],
    text: ['progress/notifications'],
  },
  '2025-06-18': {
    added: ['lifecycle/http-version-header'],
    removed: ['lifecycle/initialize-not-in-batch', 'messages/batch-receive', 'messages/batch-send'],
    level: ['lifecycle/negotiated-capabilities', 'lifecycle/negotiated-version'],
    text: [],
  },
  '2025-11-25': {
    added: [
      'cancellation/task',
      'messages/error-response-id',
      'messages/result-field',
      'progress/task-same-token',
      'progress/task-stops',
      'progress/task-token-lifetime',
      'transports/stderr-no-error',
    ],
    removed: ['messages/result-not-with-error', 'messages/result-or-error'],
    level: [],
    text: ['messages/response-id', 'transports/stderr-logging'],
  },
};

describe('the catalogue', () => {
  it('knows every revision, and no other', () => {
    expect(documents.map((document) => document.revision)).toEqual(REVISIONS);
  });

  it('finds each clause by its full id, and nothing by any other', () => {
    for (const each of REVISIONS.flatMap(clausesOf)) {
      expect(each.id).toBe(`${each.revision}/${each.name}`);
      expect(clause(each.id)).toBe(each);
    }
    expect(clause('2025-11-25/lifecycle/no-such-clause')).toBeUndefined();
    expect(clause('lifecycle/version-echo')).toBeUndefined();
  });

  it('has the clauses of each file with all their fields, each once', () => {
    for (const { revision, clauses } of documents) {
      const catalogued = REVISIONS.filter((known) => known === revision).flatMap(clausesOf);
      expect(catalogued).toEqual(
        clauses.map(({ keywords: _, id: name, ...rest }) => ({ id: `${revision}/${name}`, revision, name, ...rest })),
      );
      expect(new Set(catalogued.map(({ id }) => id)).size).toBe(clauses.length);
    }
  });

  it('tells where the specification can be read', () => {
    expect(urlOf('2025-11-25/lifecycle/version-echo')).toBe(
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle#version-negotiation',
    );
    expect(urlOf('2024-11-05/messages/json-rpc')).toBe(
      'https://modelcontextprotocol.io/specification/2024-11-05/basic/messages',
    );
  });
});

describe('nothing of a page is forgotten', () => {
  it('each page has as many clauses, and accounts for as many keywords, as were counted', () => {
    const found = documents.map(({ revision, pages, clauses }) => [
      revision,
      Object.fromEntries(
        Object.entries(pages).map(([page, { keywords }]) => [
          page,
          { clauses: clauses.filter((entry) => entry.page === page).length, keywords },
        ]),
      ),
    ]);
    expect(Object.fromEntries(found)).toEqual(counted);
  });

  it('the keywords of the clauses of a page sum up to those of the page', () => {
    for (const { revision, pages, clauses } of documents) {
      for (const [page, { keywords }] of Object.entries(pages)) {
        const sum = clauses.filter((entry) => entry.page === page).reduce((so, entry) => so + entry.keywords, 0);
        expect([revision, page, sum]).toEqual([revision, page, keywords]);
      }
    }
  });

  it('a clause without a keyword of its own follows one of the same level, under the same heading', () => {
    for (const { clauses } of documents) {
      for (const [index, { id, keywords, level, page, anchor }] of clauses.entries()) {
        if (keywords > 0) continue;
        expect({ id, ...clauses[index - 1] }).toMatchObject({ level, page, anchor });
      }
    }
  });
});

describe('a statement has one name in every revision that makes it', () => {
  it('so no text has two names', () => {
    const names = new Map<string, Set<string>>();
    for (const { text, name } of REVISIONS.flatMap(clausesOf)) {
      names.set(text, (names.get(text) ?? new Set()).add(name));
    }
    expect([...names.values()].filter((found) => found.size > 1)).toEqual([]);
  });

  it('and no name binds two roles', () => {
    const roles = new Map<string, Set<string>>();
    for (const { role, name } of REVISIONS.flatMap(clausesOf)) {
      roles.set(name, (roles.get(name) ?? new Set()).add(role));
    }
    expect([...roles].filter(([, found]) => found.size > 1)).toEqual([]);
  });

  it('and the revisions differ in exactly these clauses', () => {
    expect(difference('2024-11-05', '2025-03-26')).toEqual(departures['2025-03-26']);
    expect(difference('2025-03-26', '2025-06-18')).toEqual(departures['2025-06-18']);
    expect(difference('2025-06-18', '2025-11-25')).toEqual(departures['2025-11-25']);
  });
});

function urlOf(id: string): string | undefined {
  const found = clause(id);
  return found && url(found);
}

function difference(older: Revision, newer: Revision) {
  const before = byName(older);
  const after = byName(newer);
  const shared = [...after.values()].filter(({ name }) => before.has(name));
  const names = (clauses: Iterable<Clause>) => [...clauses].map(({ name }) => name).sort();
  return {
    added: names([...after.values()].filter(({ name }) => !before.has(name))),
    removed: names([...before.values()].filter(({ name }) => !after.has(name))),
    level: names(shared.filter(({ name, level }) => before.get(name)?.level !== level)),
    text: names(shared.filter(({ name, text }) => before.get(name)?.text !== text)),
  };
}

function byName(revision: Revision): Map<string, Clause> {
  return new Map(clausesOf(revision).map((each) => [each.name, each]));
}

import { framed } from './framed.js';

/** A character may come in two chunks: whoever decodes each of them by itself loses it. */
export const framingUnicode = framed({
  id: 'framing.unicode',
  title: 'a character that comes in pieces is read as one',
  // 2024-11-05 names no encoding.
  level: (revision) => (revision === '2024-11-05' ? 'ROBUST' : 'MUST'),
  clauses: (revision) => (revision === '2024-11-05' ? [] : [`${revision}/transports/utf-8`]),
  how: 'split-characters',
  expected: 'an answer under the very id, whose characters were written in pieces',
});

import { describe, expect, it } from 'vitest';
import { createStyle, GLYPHS, styleFor } from '../../src/report/style.ts';
import { fakeIo } from '../fake-io.ts';

const RED = '\u001b[31mno\u001b[39m';

describe('colour', () => {
  it.each<[string, boolean, Record<string, string>, boolean]>([
    ['is there on a terminal', true, {}, true],
    ['is not there in a pipe', false, {}, false],
    ['is not there on a terminal that has none', true, { TERM: 'dumb' }, false],
    ['is not there with NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['is there with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
    ['is there in a pipe with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
    ['is not there with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
    ['is not there with both', false, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('%s', (_, isTTY, env, isThere) => {
    expect(styleFor(fakeIo({ isTTY, env })).bad('no')).toBe(isThere ? RED : 'no');
  });

  it('lets no colour of the text itself through', () => {
    expect(createStyle(true, 80).bad('\u001b[32mno')).toBe('\u001b[31m\\u{1b}[32mno\u001b[39m');
  });
});

describe('the width', () => {
  it.each([
    ['is that of the terminal', fakeIo({ isTTY: true }), 80],
    ['is fixed in a pipe', fakeIo(), 120],
  ])('%s', (_, io, width) => {
    expect(styleFor(io).width).toBe(width);
  });
});

it('no two statuses share a glyph', () => {
  expect(new Set(Object.values(GLYPHS)).size).toBe(Object.keys(GLYPHS).length);
});

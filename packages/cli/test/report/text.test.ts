import { describe, expect, it } from 'vitest';
import { clip, visible, wrap } from '../../src/report/text.ts';

describe('text that a server made up', () => {
  it.each([
    ['an escape sequence', '\u001b[31mred', '\\u{1b}[31mred'],
    ['a control character of eight bits', '\u009b2J', '\\u{9b}2J'],
    ['a line break', 'a\nb\r\nc', 'a\\nb\\r\\nc'],
    ['a tab', 'a\tb', 'a\\tb'],
    ['an override of the direction', 'a\u202eb\u2066c', 'a\\u{202e}b\\u{2066}c'],
    ['a character of no width', 'a\u200bb', 'a\\u{200b}b'],
  ])('cannot hide %s', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('stays as it is where all of it can be seen', () => {
    expect(visible('süß 漢字 🚀 \\u{1b}')).toBe('süß 漢字 🚀 \\u{1b}');
  });
});

describe('clipping', () => {
  it('leaves alone what fits', () => {
    expect(clip('12345', 5)).toBe('12345');
  });

  it('ends with an ellipsis within the width', () => {
    expect(clip('123456', 5)).toBe('1234…');
  });

  it('cuts no character in two', () => {
    expect(clip('🚀🚀🚀', 2)).toBe('🚀…');
  });
});

describe('wrapping', () => {
  it('breaks between words', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
  });

  it('breaks a word that is longer than a line', () => {
    expect(wrap('a abcdefgh', 3)).toEqual(['a', 'abc', 'def', 'gh']);
  });

  it('makes one line of nothing', () => {
    expect(wrap('', 10)).toEqual(['']);
  });
});

import { visible } from './text.js';

/** What XML 1.0 has no way to write, not even escaped: most control characters, halves of pairs, U+FFFE and U+FFFF. */
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text on one line, every character of which XML 1.0 can hold; escaping is up to whoever writes it. */
export function xmlText(text: string): string {
  return visible(text).replace(NO_XML, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
}

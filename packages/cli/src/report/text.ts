/**
 * Control characters, and those that hide or reorder text: what a server says must not move the cursor, forge a line,
 * or read otherwise than it is.
 */
const INVISIBLE = /[\p{Cc}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** The text with every character that would not be seen as it is written out; one line. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    switch (character) {
      case '\n':
        return '\\n';
      case '\r':
        return '\\r';
      case '\t':
        return '\\t';
      default:
        return `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`;
    }
  });
}

/** At most `width` characters on one line, visible ones only; an ellipsis stands for what is left out. */
export function clip(text: string, width: number): string {
  const characters = [...visible(text)];
  if (characters.length <= width) return characters.join('');
  return `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** Lines of at most `width` characters, broken between words where that is possible. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of visible(text).split(' ')) {
    let rest = line === '' ? word : `${line} ${word}`;
    if (rest.length > width && line !== '') {
      lines.push(line);
      rest = word;
    }
    for (; rest.length > width; rest = rest.slice(width)) lines.push(rest.slice(0, width));
    line = rest;
  }
  return [...lines, line];
}

/** Several things in a row, and how many more there are. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

/** A time for people. */
export function duration(seconds: number): string {
  return `${seconds.toFixed(1)} s`;
}

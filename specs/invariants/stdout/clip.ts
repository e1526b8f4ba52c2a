/** What a server wrote, short enough for one line of a report. */
export function clip(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

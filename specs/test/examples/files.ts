import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../examples/', import.meta.url);

/** One example: a trace in the notation, and the verdicts it must get. */
export interface Example {
  readonly title: string;
  readonly trace: string;
  readonly verdicts: readonly { readonly id: string; readonly found: string; readonly words: string }[];
}

/** The files of `specs/examples` that hold examples. */
export function exampleFiles(): readonly string[] {
  return readdirSync(FOLDER).filter((name) => name.endsWith('.md') && name !== 'README.md');
}

/** The examples of one of them. */
export function readExamples(file: string): readonly Example[] {
  return readFileSync(new URL(file, FOLDER), 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section) => ({
      title: section.split('\n')[0] ?? '',
      trace: fence(section, 'trace'),
      verdicts: fence(section, 'verdict')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => {
          const [, id = '', found = '', words = ''] = /^([\w.-]+): (\w+)(?: (.*))?$/.exec(line) ?? [];
          return { id, found, words };
        }),
    }));
}

function fence(section: string, kind: string): string {
  const body = new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(section)?.[1];
  if (body === undefined) throw new Error(`no ${kind} block in: ${section.split('\n')[0]}`);
  return body;
}

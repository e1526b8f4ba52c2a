import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const { exports: entries }: { exports: Record<string, Record<string, string>> } = JSON.parse(
  readFileSync(new URL('package.json', root), 'utf8'),
);

test.each(Object.entries(entries))(
  '%s has fewer than 30 names, types among them',
  (_, { '@mcp-lifeline/source': file = '' }) => {
    const names = exportedNames(readFileSync(new URL(file, root), 'utf8'));
    expect(names.length).toBeGreaterThan(0);
    expect(names.length).toBeLessThan(30);
  },
);

function exportedNames(source: string): readonly string[] {
  const lists = [...source.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, list = '']) => list.split(','));
  const declared = [...source.matchAll(/^export (?:async )?(?:const|function|class|interface|type) (\w+)/gm)];
  return [...lists.map((name) => name.trim()).filter((name) => name !== ''), ...declared.map(([, name = '']) => name)];
}

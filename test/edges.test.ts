import { describe, expect, it } from 'vitest';
import { COMPUTED, importsOf } from './edges/imports.ts';
import { ROOMS } from './edges/rooms.ts';
import { edgeViolations } from './edges/violations.ts';
import { listFiles, packageFolders, readText } from './workspace-files.ts';

describe('the allowed edges', () => {
  it('hold in every source, test and package.json', () => {
    const folders = packageFolders();
    const files = listFiles().filter((path) => folders.some((folder) => path.startsWith(`${folder}/`)));
    expect(files.length).toBeGreaterThan(folders.length);
    expect(edgeViolations(new Map(files.map((path) => [path, readText(path)])))).toEqual([]);
  });

  it('have a row for each package of the workspace, and no other', () => {
    expect(ROOMS.map(({ folder }) => folder).sort()).toEqual(packageFolders().sort());
  });
});

describe('the checker of edges', () => {
  const bad: [file: string, text: string, to: string][] = [
    ['harness/check/src/a.ts', `import { step } from '@mcp-lifeline/core';`, '@mcp-lifeline/core'],
    ['harness/check/src/a.ts', `import { open } from '@mcp-lifeline/core/process';`, '@mcp-lifeline/core/process'],
    ['harness/peer/src/a.ts', `import { step } from '@mcp-lifeline/core';`, '@mcp-lifeline/core'],
    ['harness/peer/src/a.ts', `import type { Clause } from '@mcp-lifeline/specs';`, '@mcp-lifeline/specs'],
    ['harness/peer/src/a.ts', `export * from '../../check/src/run.js';`, '../../check/src/run.js'],
    ['harness/peers/src/a.ts', `import '@mcp-lifeline/trace';`, '@mcp-lifeline/trace'],
    ['harness/check/src/a.ts', `const main = await import('mcp-lifeline');`, 'mcp-lifeline'],
    ['packages/core/src/a.ts', `import {\n  spawn,\n} from 'node:child_process';`, 'node:child_process'],
    ['packages/core/src/a.ts', `type Trace = import('@mcp-lifeline/trace').Trace;`, '@mcp-lifeline/trace'],
    ['packages/core/src/a.ts', `await import(name);`, COMPUTED],
    ['packages/cli/src/a.ts', `await import(name);`, COMPUTED],
    ['packages/adapter-stdio/src/a.ts', `export { step } from "@mcp-lifeline/core"`, '@mcp-lifeline/core'],
    ['specs/invariants/a.ts', `import { readFileSync } from 'node:fs';`, 'node:fs'],
    ['specs/invariants/a.ts', `import { z } from 'zod';`, 'zod'],
    ['specs/trace/src/event.ts', `import { z } from 'zod';`, 'zod'],
    ['specs/trace/src/event.ts', `import { x } from '../../index.js';`, '../../index.js'],
    ['specs/test/a.test.ts', `import { open } from '@mcp-lifeline/core/process';`, '@mcp-lifeline/core/process'],
    ['specs/test/a.test.ts', `import { x } from '../../packages/core/src/json.js';`, '../../packages/core/src/json.js'],
    ['specs/trace/test/a.test.ts', `import { judge } from '@mcp-lifeline/specs';`, '@mcp-lifeline/specs'],
    [
      'harness/check/test/a.test.ts',
      `import { main } from '../../../packages/cli/src/main.js';`,
      '../../../packages/cli/src/main.js',
    ],
    [
      'harness/check/package.json',
      `{"name":"@mcp-lifeline/check","dependencies":{"@mcp-lifeline/core":"*"}}`,
      '@mcp-lifeline/core',
    ],
    [
      'specs/package.json',
      `{"name":"@mcp-lifeline/specs","devDependencies":{"@mcp-lifeline/peer":"*"}}`,
      '@mcp-lifeline/peer',
    ],
    ['packages/core/package.json', `{"name":"@mcp-lifeline/other"}`, '@mcp-lifeline/other'],
    ['harness/fuzz/src/process/a.ts', `import { step } from '@mcp-lifeline/core';`, '@mcp-lifeline/core'],
  ];

  it.each(bad)('refuses %s: %s', (file, text, to) => {
    expect(edgeViolations(new Map([[file, text]]))).toMatchObject([{ file, to }]);
  });

  const good: [file: string, text: string][] = [
    ['harness/peer/src/a.ts', `import { open } from '@mcp-lifeline/core/process';`],
    ['harness/peer/src/a.ts', `import { b } from './b.js';\nimport { readFile } from 'node:fs/promises';`],
    ['specs/trace/src/schema.ts', `import { z } from 'zod';`],
    ['specs/test/a.test.ts', `import { readFileSync } from 'node:fs';\nimport { parse } from 'yaml';`],
    ['packages/core/src/a.ts', `/**\n * @example\n * import { spawn } from 'node:child_process';\n */\nexport {};`],
    ['packages/core/src/a.ts', `const text = "import x from 'node:fs'";`],
    ['packages/cli/src/a.ts', `import { check } from '@mcp-lifeline/check';\nimport { Command } from 'commander';`],
    ['harness/check/test/a.test.ts', `import { open } from '@mcp-lifeline/core/process';`],
    ['harness/lab/src/bench/load-module.ts', `await import(url);`],
  ];

  it.each(good)('allows %s: %s', (file, text) => {
    expect(edgeViolations(new Map([[file, text]]))).toEqual([]);
  });

  it('sees every form of an import', () => {
    const source = [
      `import a, { b } from 'one';`,
      `import type { C } from 'two';`,
      `import * as d from "three";`,
      `import 'four';`,
      `export * from 'five';`,
      `export {\n  type E, // from 'nowhere'\n  f,\n} from 'six';`,
      `import g from './g.json' with { type: 'json' };`,
      `const h = await import('seven');`,
      `export const from = 'not this';`,
      `let j: import('eight').J;`,
    ].join('\n');
    expect(importsOf(source)).toEqual(['one', 'two', 'three', 'four', 'five', 'six', './g.json', 'seven', 'eight']);
  });
});

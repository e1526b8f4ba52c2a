import { COMPUTED } from './imports.ts';

/** A package of the workspace, and everything that its sources may import. */
export interface Room {
  /** Its folder, relative to the root. */
  readonly folder: string;
  /** Its name, as others import it. */
  readonly name: string;
  /**
   * Import specifiers, each exact: a subpath is an edge of its own. `node:*` stands for the built-in modules, `*` for anything
   * that its package.json declares. A list for one file alone, or for a folder that ends in `/`, relative to the room, comes on top of the
   * one for all; only that of a file may hold `COMPUTED`, where it loads what it is told.
   */
  readonly imports: readonly string[];
  readonly importsOf?: Readonly<Record<string, readonly string[]>>;
  /** What its tests may not import, as folders of rooms; nobody's tests may import `packages/cli`. */
  readonly testsAvoid?: readonly string[];
}

/** The one room that nothing imports. */
export const OUTERMOST = 'packages/cli';

const officialSdk = (...paths: string[]): string[] => paths.map((path) => `@modelcontextprotocol/sdk/${path}`);
const OFFICIAL_SDK = officialSdk('server/index.js', 'server/stdio.js', 'types.js');

/** The allowed edges. A package without a row here is a mistake, and so is a row without a package. */
export const ROOMS: readonly Room[] = [
  {
    folder: 'specs/trace',
    name: '@mcp-lifeline/trace',
    imports: [],
    importsOf: { 'src/schema.ts': ['zod'] },
    testsAvoid: ['packages/', 'harness/', 'specs'],
  },
  {
    folder: 'specs',
    name: '@mcp-lifeline/specs',
    imports: ['@mcp-lifeline/trace'],
    importsOf: { 'envelope/schema.ts': ['zod'] },
    testsAvoid: ['packages/', 'harness/'],
  },
  { folder: 'packages/core', name: '@mcp-lifeline/core', imports: ['xstate'] },
  {
    folder: 'packages/driver',
    name: '@mcp-lifeline/driver',
    imports: ['@mcp-lifeline/core', '@mcp-lifeline/core/revision', '@mcp-lifeline/trace'],
  },
  { folder: 'packages/adapter-memory', name: '@mcp-lifeline/adapter-memory', imports: ['@mcp-lifeline/driver'] },
  {
    folder: 'packages/adapter-stdio',
    name: '@mcp-lifeline/adapter-stdio',
    imports: ['@mcp-lifeline/driver', '@mcp-lifeline/core/process', 'cross-spawn', 'node:*'],
  },
  {
    folder: 'packages/node',
    name: '@mcp-lifeline/node',
    imports: [
      '@mcp-lifeline/driver',
      '@mcp-lifeline/core',
      '@mcp-lifeline/core/process',
      '@mcp-lifeline/adapter-stdio',
      '@mcp-lifeline/adapter-stdio/stdout-guard',
    ],
  },
  {
    folder: 'harness/peer',
    name: '@mcp-lifeline/peer',
    imports: [
      '@mcp-lifeline/trace',
      '@mcp-lifeline/core/process',
      '@mcp-lifeline/adapter-stdio/framing',
      '@mcp-lifeline/adapter-stdio/child',
      '@mcp-lifeline/adapter-stdio/group',
      'node:*',
    ],
  },
  {
    folder: 'harness/check',
    name: '@mcp-lifeline/check',
    imports: ['@mcp-lifeline/peer', '@mcp-lifeline/specs', '@mcp-lifeline/trace', 'node:*'],
  },
  {
    folder: 'harness/explore',
    name: '@mcp-lifeline/explore',
    imports: [
      '@mcp-lifeline/core',
      '@mcp-lifeline/core/machines',
      '@mcp-lifeline/core/process',
      '@mcp-lifeline/core/revision',
      '@mcp-lifeline/core/saving',
      '@mcp-lifeline/specs',
      '@mcp-lifeline/trace',
      'node:*',
    ],
  },
  {
    folder: 'harness/fuzz',
    name: '@mcp-lifeline/fuzz',
    imports: [
      '@mcp-lifeline/core/process',
      '@mcp-lifeline/adapter-stdio/framing',
      '@mcp-lifeline/check',
      '@mcp-lifeline/peer',
      '@mcp-lifeline/specs',
      '@mcp-lifeline/trace',
      'fast-check',
      'node:*',
    ],
    // The half that drives the core knows it; the half that drives real servers must not.
    importsOf: {
      'faulty/': ['@mcp-lifeline/check/good-server'],
      'src/core/': [
        '@mcp-lifeline/core',
        '@mcp-lifeline/core/machines',
        '@mcp-lifeline/core/revision',
        '@mcp-lifeline/core/saving',
        '@mcp-lifeline/explore/observe',
      ],
    },
  },
  {
    folder: 'harness/peers',
    name: '@mcp-lifeline/peers',
    imports: ['node:*'],
    // The servers under test, each made with the package that its own folder pins.
    importsOf: {
      'fastmcp/server.mjs': ['fastmcp'],
      'sdk-1.24.3/server.mjs': OFFICIAL_SDK,
      'sdk-1.32.2/server.mjs': OFFICIAL_SDK,
      'sdk-1.32.2/bench-tools.mjs': officialSdk('server/index.js', 'types.js'),
      'sdk-1.32.2/bench-server.mjs': officialSdk('server/stdio.js'),
      'sdk-1.32.2/bench-subject.mjs': officialSdk(
        'client/index.js',
        'client/stdio.js',
        'inMemory.js',
        'shared/stdio.js',
      ),
      'sdk-1.32.2/interop-client.mjs': officialSdk('client/index.js', 'client/stdio.js', 'types.js'),
      'sdk-1.32.2/interop-server.mjs': OFFICIAL_SDK,
      'sdk-2.1.0/server.mjs': ['@modelcontextprotocol/server', '@modelcontextprotocol/server/stdio'],
      'sdk-2.4.0/bench-tools.mjs': ['@modelcontextprotocol/server'],
      'sdk-2.4.0/bench-server.mjs': ['@modelcontextprotocol/server/stdio'],
      'sdk-2.4.0/bench-subject.mjs': ['@modelcontextprotocol/client', '@modelcontextprotocol/client/stdio'],
      'sdk-2.4.0/interop-client.mjs': ['@modelcontextprotocol/client', '@modelcontextprotocol/client/stdio'],
      'sdk-2.4.0/interop-server.mjs': ['@modelcontextprotocol/server', '@modelcontextprotocol/server/stdio'],
      'tmcp/server.mjs': ['tmcp', '@tmcp/transport-stdio'],
    },
  },
  {
    folder: 'harness/lab',
    name: '@mcp-lifeline/lab',
    imports: [
      '@mcp-lifeline/peers',
      '@mcp-lifeline/core',
      '@mcp-lifeline/core/process',
      '@mcp-lifeline/driver',
      '@mcp-lifeline/adapter-memory',
      '@mcp-lifeline/node',
      '@mcp-lifeline/adapter-stdio',
      '@mcp-lifeline/adapter-stdio/child',
      '@mcp-lifeline/adapter-stdio/framing',
      '@mcp-lifeline/peer',
      '@mcp-lifeline/specs',
      '@mcp-lifeline/trace',
      'node:*',
    ],
    // What the bench measures lies in the cache of peers, or is timed while it is loaded.
    importsOf: {
      'src/bench/load-module.ts': [COMPUTED],
      // Mutants are made of the machines' literals and of the core's sources, and judged by what explores the core.
      'src/mutants/': [
        '@mcp-lifeline/core/machines',
        '@mcp-lifeline/core/revision',
        '@mcp-lifeline/core/saving',
        '@mcp-lifeline/explore',
        '@mcp-lifeline/explore/core-under-test',
        '@mcp-lifeline/explore/observe',
        '@mcp-lifeline/explore/properties',
        '@mcp-lifeline/explore/timed',
        '@mcp-lifeline/fuzz/core',
        'esbuild',
        'xstate',
      ],
    },
  },
  { folder: 'examples/echo-server', name: '@mcp-lifeline/echo-server', imports: ['@mcp-lifeline/node', 'node:*'] },
  { folder: 'examples/minimal-host', name: '@mcp-lifeline/minimal-host', imports: ['@mcp-lifeline/node', 'node:*'] },
  { folder: OUTERMOST, name: 'mcp-lifeline', imports: ['*', 'node:*'] },
];

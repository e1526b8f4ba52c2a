/** A package of the workspace, and everything that its sources may import. */
export interface Room {
  /** Its folder, relative to the root. */
  readonly folder: string;
  /** Its name, as others import it. */
  readonly name: string;
  /**
   * Import specifiers, each exact: a subpath is an edge of its own. `node:*` stands for the built-in modules, `*` for anything
   * that its package.json declares. A list for one file alone, relative to the folder, comes on top of the one for all.
   */
  readonly imports: readonly string[];
  readonly importsOf?: Readonly<Record<string, readonly string[]>>;
  /** What its tests may not import, as folders of rooms; nobody's tests may import `packages/cli`. */
  readonly testsAvoid?: readonly string[];
}

/** The one room that nothing imports. */
export const OUTERMOST = 'packages/cli';

const OFFICIAL_SDK = ['server/index.js', 'server/stdio.js', 'types.js'].map(
  (path) => `@modelcontextprotocol/sdk/${path}`,
);

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
    testsAvoid: ['packages/', 'harness/'],
  },
  { folder: 'packages/core', name: '@mcp-lifeline/core', imports: ['xstate'] },
  {
    folder: 'packages/adapter-stdio',
    name: '@mcp-lifeline/adapter-stdio',
    imports: ['@mcp-lifeline/core/process', 'cross-spawn', 'node:*'],
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
    folder: 'harness/peers',
    name: '@mcp-lifeline/peers',
    imports: ['node:*'],
    // The servers under test, each made with the package that its own folder pins.
    importsOf: {
      'fastmcp/server.mjs': ['fastmcp'],
      'sdk-1.24.3/server.mjs': OFFICIAL_SDK,
      'sdk-1.32.2/server.mjs': OFFICIAL_SDK,
      'sdk-2.1.0/server.mjs': ['@modelcontextprotocol/server', '@modelcontextprotocol/server/stdio'],
      'tmcp/server.mjs': ['tmcp', '@tmcp/transport-stdio'],
    },
  },
  { folder: OUTERMOST, name: 'mcp-lifeline', imports: ['*', 'node:*'] },
];

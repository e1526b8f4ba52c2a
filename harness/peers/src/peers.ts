/** A published server, or a small one made with a published package, and how it is started over stdio without network or keys. */
export interface Peer {
  /** Ours: also the folder that holds its package.json, its lockfile and whatever else it reads. */
  readonly name: string;
  /** Its name on the npm registry. */
  readonly package: string;
  /** The exact version that the folder pins. */
  readonly version: string;
  /** What the folder pins beside it, exactly too: an old package would take what is new otherwise. */
  readonly beside?: Readonly<Record<string, string>>;
  /** For a package that is no server but makes one: the file of the folder that is a small server made with it. */
  readonly entry?: string;
  /** What stands before the entry file on the command line; `{directory}` stands for the folder it was installed into. */
  readonly nodeArgs?: readonly string[];
  /** What follows the entry file, likewise. */
  readonly args: readonly string[];
  /** Variables that it needs on top of those of the caller: dummy values, never a key that opens anything. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * For a server with a native part, the platforms (`<process.platform>-<process.arch>`) that the lockfile holds, each with a
   * file under `node_modules` that must be there: npm does not fail when an optional dependency cannot be installed.
   */
  readonly platforms?: Readonly<Record<string, string>>;
}

const list = [
  {
    name: 'server-everything',
    package: '@modelcontextprotocol/server-everything',
    version: '2026.8.31',
    args: ['stdio'],
    env: {},
  },
  {
    name: 'server-everything-0.6.2',
    package: '@modelcontextprotocol/server-everything',
    version: '0.6.2',
    args: [],
    env: {},
  },
  {
    name: 'firecrawl-mcp',
    package: 'firecrawl-mcp',
    version: '3.22.2',
    args: [],
    env: { FIRECRAWL_API_KEY: 'fc-dummy' },
  },
  { name: 'context7-mcp', package: '@upstash/context7-mcp', version: '4.1.1', args: [], env: {} },
  {
    name: 'kubernetes-mcp-server',
    package: 'kubernetes-mcp-server',
    version: '0.0.67',
    args: ['--kubeconfig', '{directory}/kubeconfig.yaml'],
    env: {},
    platforms: {
      'darwin-arm64': 'kubernetes-mcp-server-darwin-arm64/bin/kubernetes-mcp-server-darwin-arm64',
      'darwin-x64': 'kubernetes-mcp-server-darwin-amd64/bin/kubernetes-mcp-server-darwin-amd64',
      'linux-arm64': 'kubernetes-mcp-server-linux-arm64/bin/kubernetes-mcp-server-linux-arm64',
      'linux-x64': 'kubernetes-mcp-server-linux-amd64/bin/kubernetes-mcp-server-linux-amd64',
      'win32-arm64': 'kubernetes-mcp-server-windows-arm64/bin/kubernetes-mcp-server-windows-arm64.exe',
      'win32-x64': 'kubernetes-mcp-server-windows-amd64/bin/kubernetes-mcp-server-windows-amd64.exe',
    },
  },
  {
    name: 'stripe-mcp',
    package: '@stripe/mcp',
    version: '0.3.3',
    nodeArgs: ['--require', '{directory}/no-network.cjs'],
    args: [],
    env: { STRIPE_SECRET_KEY: 'rk_test_dummy' },
  },
  {
    name: 'server-everything-2025.12.18',
    package: '@modelcontextprotocol/server-everything',
    version: '2025.12.18',
    beside: { '@modelcontextprotocol/sdk': '1.25.1' },
    args: ['stdio'],
    env: {},
  },
  {
    name: 'server-everything-2026.1.26',
    package: '@modelcontextprotocol/server-everything',
    version: '2026.1.26',
    beside: { '@modelcontextprotocol/sdk': '1.25.3' },
    args: ['stdio'],
    env: {},
  },
  { name: 'fastmcp', package: 'fastmcp', version: '4.20.16', entry: 'server.mjs', args: [], env: {} },
  {
    name: 'sdk-1.24.3',
    package: '@modelcontextprotocol/sdk',
    version: '1.24.3',
    entry: 'server.mjs',
    args: [],
    env: {},
  },
  {
    name: 'sdk-1.32.2',
    package: '@modelcontextprotocol/sdk',
    version: '1.32.2',
    entry: 'server.mjs',
    args: [],
    env: {},
  },
  {
    name: 'sdk-2.1.0',
    package: '@modelcontextprotocol/server',
    version: '2.1.0',
    entry: 'server.mjs',
    args: [],
    env: {},
  },
  {
    name: 'sdk-2.4.0',
    package: '@modelcontextprotocol/server',
    version: '2.4.0',
    beside: { '@modelcontextprotocol/client': '2.4.0' },
    entry: 'bench-server.mjs',
    args: [],
    env: {},
  },
  {
    name: 'tmcp',
    package: 'tmcp',
    version: '1.20.0',
    beside: { '@tmcp/transport-stdio': '0.5.0' },
    entry: 'server.mjs',
    args: [],
    env: {},
  },
] as const satisfies readonly Peer[];

/** The name of a published server under test. */
export type PeerName = (typeof list)[number]['name'];

/** The published servers under test, each with a folder beside `src` that pins it. */
export const PEERS: readonly (Peer & { readonly name: PeerName })[] = list;

import { CLIENT_INVARIANTS, INVARIANTS } from '@mcp-lifeline/specs';
import { describe, expect, it } from 'vitest';
import { judgeTrace } from '../../src/interop/judge.js';
import { recordSession } from '../../src/interop/session.js';
import { OWN_TOOLS } from '../../src/interop/toolset.js';
import { everythingServer, type PublishedServer, playSdkClient, SDKS, sdkServer } from './published-peers.js';
import { ECHO_SERVER } from './servers.js';

/** Where the tables are kept for readers. */
const TABLES = '../../../../docs/interop.md';

describe('the tables of who was seen to work with whom', () => {
  it('are told in docs/interop.md', async () => {
    const servers = [{ target: ECHO_SERVER, tools: OWN_TOOLS }, ...(await Promise.all(SDKS.map(sdkServer)))];
    const ours = await inTurn([...servers, await everythingServer()], rowOfServer);
    const theirs = await inTurn(SDKS, rowOfClient);
    await expect(`${HEAD}${ours.join('\n')}\n${MIDDLE}${theirs.join('\n')}\n`).toMatchFileSnapshot(TABLES);
  });
});

const HEAD = `# Interoperability

Each row is one session over stdio that was recorded at taps and judged by every invariant. Written by \`pnpm verify\`; the
same sessions run as tests in \`harness/lab/test/interop\`, together with every faulty server of \`harness/check/faulty\`.

## Our client, with servers of others

\`progress\` is what the application was told of one call before its result, of 4. What is given up is cancelled by the
application, out of time, or cut off by the close.

| server | revision | list, ping, calls | progress | server asks | given up | rules of the client: held, broken |
| --- | --- | --- | --- | --- | --- | --- |
`;

const MIDDLE = `
## Clients of others, with our server

Our server sent all 4 before the result; what the client made of them is its own affair. Its rules are judged as well.

| client | calls | progress sent | server asks | given up | list_changed | rules of the server: held, broken | of the client: held, broken |
| --- | --- | --- | --- | --- | --- | --- | --- |
`;

async function rowOfServer({ target, tools }: PublishedServer): Promise<string> {
  const { peer, outcomes, progress, trace } = await recordSession(target, { tools });
  const allOf = (steps: readonly string[]): string => [...new Set(steps.map((step) => outcomes[step]))].join(', ');
  return row([
    `${target.name} (${peer?.info['name']} ${peer?.info['version']})`,
    peer?.revision,
    allOf(['list', 'ping', 'quick 1', 'quick 2', 'quick 3', 'slow']),
    `${progress.length} of 4`,
    allOf(tools.asking.map(({ name }) => name)),
    ['cancelled', 'timed out', 'out of time in all', 'cut off'].map((step) => outcomes[step]).join(', '),
    rules(judgeTrace(CLIENT_INVARIANTS, trace, null)),
  ]);
}

async function rowOfClient(name: (typeof SDKS)[number]): Promise<string> {
  const { told, trace } = await playSdkClient(name, 'sampling');
  const sent = trace.events.filter((event) => JSON.stringify(event).includes('"total":4'));
  return row([
    name,
    told['echo'] === 'hello' ? 'result' : told['echo'],
    `${sent.length} of 4`,
    String(told['asked']).startsWith('{') ? 'result' : told['asked'],
    [told['cancelled'], told['timedOut']].map(nameGivenUp).join(', '),
    told['changes'] === 1 && told['greet'] === 'hello from greet' ? 'heard' : 'missed',
    rules(judgeTrace(INVARIANTS, trace, '2025-11-25')),
    rules(judgeTrace(CLIENT_INVARIANTS, trace, '2025-11-25')),
  ]);
}

/** By the words of the SDKs, which differ in the rest. */
function nameGivenUp(text: unknown): string {
  if (/aborted/.test(String(text))) return 'cancelled';
  return /timed out/.test(String(text)) ? 'timeout' : String(text);
}

function rules({ held, broken }: ReturnType<typeof judgeTrace>): string {
  return `${held.length}, ${broken.length}${broken.length === 0 ? '' : `: ${broken.join('; ')}`}`;
}

function row(cells: readonly unknown[]): string {
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

async function inTurn<T>(all: readonly T[], work: (one: T) => Promise<string>): Promise<readonly string[]> {
  const rows: string[] = [];
  for (const one of all) rows.push(await work(one));
  return rows;
}

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { installPeer, type PeerName } from '@mcp-lifeline/peers';

const BIN = fileURLToPath(new URL('../bin/mcp-lifeline.mjs', import.meta.url));

/** As much of the JSON report as these tests look at. */
export interface PublishedReport {
  readonly verdict: string;
  readonly target: unknown;
  readonly checks: readonly { readonly id: string; readonly revision: string; readonly status: string }[];
}

/** Judges a published server as a user would, and reads the report from stdout. */
export async function judgePublished(
  name: PeerName,
  ...options: readonly string[]
): Promise<{ readonly code: number | null; readonly report: PublishedReport }> {
  const { command, env } = await installPeer(name);
  const variables = Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
  const args = ['check', '--json', '-', '--jobs', '2', ...options, ...variables, '--', ...command];
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, report: JSON.parse(text) };
}

/** The rows of one status, as text; sorted, so that the order in which checks are listed may change. */
export function rowsThat(report: PublishedReport, status: string, revision?: string): readonly string[] {
  return report.checks
    .filter((row) => row.status === status && (revision === undefined || row.revision === revision))
    .map((row) => (revision === undefined ? `${row.revision} ${row.id}` : row.id))
    .sort();
}

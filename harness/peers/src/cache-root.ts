import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Where mcp-lifeline keeps what it can fetch again: `MCP_LIFELINE_CACHE` if set, else `mcp-lifeline` in `XDG_CACHE_HOME` or in
 * the platform's own folder for caches.
 *
 * @returns an absolute path, which need not exist
 */
export function cacheRoot(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (env['MCP_LIFELINE_CACHE']) return resolve(env['MCP_LIFELINE_CACHE']);
  if (env['XDG_CACHE_HOME']) return resolve(env['XDG_CACHE_HOME'], 'mcp-lifeline');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'mcp-lifeline');
  if (platform === 'win32')
    return resolve(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'mcp-lifeline', 'cache');
  return join(home, '.cache', 'mcp-lifeline');
}

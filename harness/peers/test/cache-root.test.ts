import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheRoot } from '../src/cache-root.js';

const home = resolve('/home/someone');

describe('the root of the cache', () => {
  it('is what MCP_LIFELINE_CACHE says, before everything else', () => {
    const env = { MCP_LIFELINE_CACHE: resolve('/a'), XDG_CACHE_HOME: resolve('/b') };
    expect(cacheRoot(env, 'linux', home)).toBe(resolve('/a'));
  });

  it('is a folder of ours in XDG_CACHE_HOME', () => {
    expect(cacheRoot({ XDG_CACHE_HOME: resolve('/b') }, 'darwin', home)).toBe(resolve('/b/mcp-lifeline'));
  });

  it('treats an empty variable as an absent one', () => {
    const env = { MCP_LIFELINE_CACHE: '', XDG_CACHE_HOME: '' };
    expect(cacheRoot(env, 'linux', home)).toBe(join(home, '.cache', 'mcp-lifeline'));
  });

  it('is where the platform keeps caches otherwise', () => {
    expect(cacheRoot({}, 'linux', home)).toBe(join(home, '.cache', 'mcp-lifeline'));
    expect(cacheRoot({}, 'darwin', home)).toBe(join(home, 'Library', 'Caches', 'mcp-lifeline'));
    expect(cacheRoot({}, 'win32', home)).toBe(join(home, 'AppData', 'Local', 'mcp-lifeline', 'cache'));
  });
});

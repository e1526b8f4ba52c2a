import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { isAtLeast } from '../../scripts/bootstrap/require-node.mjs';

describe('the version of Node', () => {
  it.each([
    ['20.19.0', true],
    ['20.20.2', true],
    ['22.0.0', true],
    ['20.18.9', false],
    ['18.20.8', false],
    ['20.19.0-nightly', true],
  ])('%s is enough for 20.19.0: %s', (version, enough) => {
    expect(isAtLeast(version, '20.19.0')).toBe(enough);
  });

  it('is refused in one line, with exit code 2', () => {
    const module = new URL('../../scripts/bootstrap/require-node.mjs', import.meta.url).href;
    const script = `import { requireNode } from ${JSON.stringify(module)}; requireNode('18.20.8'); console.log('went on');`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^mcp-lifeline needs Node 20\.19\.0 or newer; this is 18\.20\.8 \(.*\)\n$/);
  });
});

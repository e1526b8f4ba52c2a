import { describe, expect, it } from 'vitest';
import { cli } from './spawn-cli.ts';

describe('explore', () => {
  it('stops where it is told to, proves nothing then, and says so to programs', async () => {
    const [first] = JSON.parse((await cli(['explore', '--list', '--json', '-'])).stdout);
    const { code, stdout, stderr } = await cli(['explore', '--config', first.id, '--max-states', '50', '--json', '-']);
    const { verdict, configurations } = JSON.parse(stdout);
    expect({ code, verdict, stderr }).toEqual({ code: 4, verdict: 'error', stderr: '' });
    expect(configurations).toMatchObject([{ id: first.id, ending: 'limit' }]);
    expect(configurations[0].states).toBeGreaterThanOrEqual(50);
  });

  it('tells people the same', async () => {
    const [first] = JSON.parse((await cli(['explore', '--list', '--json', '-'])).stdout);
    const { code, stdout } = await cli(['explore', '--config', first.id, '--max-states', '50']);
    expect(code).toBe(4);
    expect(stdout).toMatch(/NOT TO A FIXPOINT: it was stopped at \d+ states, and there are more/);
    expect(stdout).toMatch(/verdict error · 1 configuration · \d+ states · .* · 1 not to a fixpoint · \d+\.\d s\n$/);
  });

  it('knows no other configurations', async () => {
    const { code, stdout, stderr } = await cli(['explore', '--config', 'nothing']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^mcp-lifeline: no configuration is called "nothing"; the nearest is .*\n$/);
  });
});

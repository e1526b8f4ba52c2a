import { describe, expect, it } from 'vitest';
import { Progress } from '../../src/check/progress.ts';
import { fakeIo } from '../fake-io.ts';

describe('progress', () => {
  it('is one line that is rewritten on a terminal', () => {
    const io = fakeIo({ isTTY: true });
    const progress = new Progress(io.stderr);
    progress.show('sigterm@2025-11-25', 12, 34);
    progress.clear();
    progress.clear();
    expect(io.err()).toBe('\r\u001b[K12/34 sigterm 2025-11-25\r\u001b[K');
  });

  it('stays on its line whatever a server calls its version', () => {
    const io = fakeIo({ isTTY: true });
    new Progress(io.stderr).show(`offer@${'\n9'.repeat(500)}`, 3, 34);
    expect(io.err().slice(4)).toMatch(/^3\/34 offer \\n9[^\n]*…$/);
    expect(io.err().slice(4)).toHaveLength(79);
  });

  it('is nothing at all elsewhere', () => {
    const io = fakeIo();
    const progress = new Progress(io.stderr);
    progress.show('sigterm@2025-11-25', 12, 34);
    progress.clear();
    expect(io.err()).toBe('');
  });
});

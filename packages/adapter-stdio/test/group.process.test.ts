import { afterEach, describe, expect, it } from 'vitest';
import { isGroupAlive, listProcesses, signalGroup } from '../src/group.js';
import { eventually, leaveNothing, node, watch } from './watched-child.js';

afterEach(leaveNothing);

describe.skipIf(process.platform !== 'linux')('a process group', () => {
  it('is alive while a member lives, and gone when it is over', async () => {
    const { child } = watch(['cat']);
    const { pid = 0 } = child;
    expect(isGroupAlive(pid)).toBe(true);
    child.close();
    await child.over;
    expect(isGroupAlive(pid)).toBe(false);
    expect(signalGroup(pid, 0)).toBe(false);
  });

  it('is not alive when it has only zombies, though they can be signalled', async () => {
    // Whoever is blocked reaps nobody.
    const script = `const { pid } = require('child_process').spawn('true', { detached: true, stdio: 'ignore' });
      require('fs').writeSync(1, pid + '\\n'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)`;
    const { output } = watch(node(script));
    await eventually(() => output().endsWith('\n'), 'the id of the group');
    const group = Number(output());
    await eventually(() => listProcesses()?.find(({ pid }) => pid === group)?.state === 'Z', 'a zombie');
    expect(signalGroup(group, 0)).toBe(true);
    expect(isGroupAlive(group)).toBe(false);
  });

  it('is found also when the name of its member looks like the end of one', async () => {
    const { child, output } = watch(['sh', '-c', "printf 'a) R 1 (b' > /proc/$$/comm; echo named; read line"]);
    await eventually(() => output() !== '', 'the new name');
    const entry = listProcesses()?.find(({ pid }) => pid === child.pid);
    expect(entry).toMatchObject({ pid: child.pid, name: 'a) R 1 (b', state: 'S', group: child.pid });
    child.close();
    await child.over;
  });
});

import { CHECKS } from '@mcp-lifeline/check';
import { clausesOf, REVISIONS } from '@mcp-lifeline/specs';
import { describe, expect, it } from 'vitest';
import { internalError, run } from '../src/run.ts';
import { fakeIo } from './fake-io.ts';

describe('the command', () => {
  it('helps on stderr where nothing was said, and calls that bad usage', async () => {
    const io = fakeIo();
    expect(await run([], io)).toBe(2);
    expect([io.out(), io.err().slice(0, 6)]).toEqual(['', 'Usage:']);
  });

  it('helps on stdout where help was asked for', async () => {
    const io = fakeIo();
    expect(await run(['--help'], io)).toBe(0);
    expect([io.out().slice(0, 6), io.err()]).toEqual(['Usage:', '']);
  });

  it('tells bad usage in one line, whatever is in it', async () => {
    const io = fakeIo();
    expect(await run(['check', '--revision', 'a\nb\u001b[2J', '--', 'x'], io)).toBe(2);
    expect(io.err()).toMatch(/^mcp-lifeline: --revision "a\\nb\\u\{1b\}\[2J" is not known; .*\n$/);
    expect(io.out()).toBe('');
  });

  it('says when its output could not be written', async () => {
    const io = fakeIo({ failure: 'ENOSPC' });
    expect(await run(['check', '--list'], io)).toBe(4);
    expect(io.err()).toBe('mcp-lifeline: stdout cannot be written: ENOSPC\n');
  });
});

describe('a fault of our own', () => {
  it('is one line', () => {
    expect(internalError(new Error('a\nb'), {})).toBe('mcp-lifeline: internal error: a\\nb; please report this\n');
  });

  it('shows its stack to those who look for it', () => {
    expect(internalError(new Error('no'), { DEBUG: 'mcp-lifeline' })).toMatch(/report this\nError: no\n +at /);
  });

  it('may be no error at all', () => {
    expect(internalError('thrown', {})).toBe('mcp-lifeline: internal error: thrown; please report this\n');
  });
});

describe('the list of checks', () => {
  it('has a line for each, with its level in every revision', async () => {
    const io = fakeIo();
    expect(await run(['check', '--list'], io)).toBe(0);
    const [head, ...lines] = io.out().trimEnd().split('\n');
    expect(head?.split(/ {2,}/)).toEqual(['check', ...REVISIONS, 'what must hold']);
    expect(lines.map((line) => line.split(' ')[0])).toEqual(CHECKS.map(({ id }) => id));
  });

  it('is JSON and nothing else with --json -', async () => {
    const io = fakeIo();
    expect(await run(['check', '--list', '--only', 'ping', '--json', '-'], io)).toBe(0);
    expect(JSON.parse(io.out())[0]).toEqual({
      id: 'ping.ready',
      title: 'a ping is answered after the handshake',
      levels: { '2024-11-05': 'MUST', '2025-03-26': 'MUST', '2025-06-18': 'MUST', '2025-11-25': 'MUST' },
    });
  });

  it('can be of one revision', async () => {
    const io = fakeIo();
    await run(['check', '--list', '--revision', '2025-06-18'], io);
    expect(io.out().split('\n')[0]?.split(/ {2,}/)).toEqual(['check', '2025-06-18', 'what must hold']);
  });
});

describe('the clauses', () => {
  it('of a revision say what judges them', async () => {
    const io = fakeIo();
    expect(await run(['clauses', '2025-11-25'], io)).toBe(0);
    expect(io.out()).toContain('2025-11-25/messages/response-id  MUST, ');
    expect(io.out()).toMatch(/2025-11-25\/messages\/response-id {2}MUST, \w+\n.*\n {4}✓ .*rpc\.id-echo/);
    expect(io.out()).toMatch(/2025-11-25\/ping\/periodic .*\n.*\n {4}— It names no figure/);
    expect(io.out().trimEnd().split('\n').at(-1)).toMatch(
      new RegExp(`^2025-11-25 {2}${clausesOf('2025-11-25').length} clauses: \\d+ judged, \\d+ excluded, \\d+ neither$`),
    );
  });

  it('by their id say all there is', async () => {
    const io = fakeIo();
    expect(await run(['clauses', '2025-11-25/ping/respond'], io)).toBe(0);
    expect(io.out()).toMatchInlineSnapshot(`
      "2025-11-25/ping/respond
        MUST, binds the receiver
        A ping is answered promptly, with an empty result.
        https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/ping#behavior-requirements
        judged by handshake.ping-before, ping.ready, ping.busy
        judged in the trace of a client by client.ping.pong
      "
    `);
  });

  it('by their name come from every revision', async () => {
    const io = fakeIo();
    await run(['clauses', 'ping/respond'], io);
    const ids = io.out().match(/^\S+\/ping\/respond$/gm);
    expect(ids).toEqual(REVISIONS.map((revision) => `${revision}/ping/respond`));
  });

  it('that bind clients alone name what judges them there', async () => {
    const io = fakeIo();
    await run(['clauses', '2025-11-25/cancellation/not-initialize'], io);
    expect(io.out()).toMatch(/\n {2}judged in the trace of a client by client\.cancel\.not-initialize\n$/);
    expect(io.out()).not.toContain('judged by');
  });

  it('that nobody judges say why', async () => {
    const io = fakeIo();
    await run(['clauses', '2025-11-25/ping/periodic'], io);
    expect(io.out()).toMatch(/ {2}judged by nothing: It names no figure.*\n$/);
  });

  it('of every revision are counted in each', async () => {
    const io = fakeIo();
    await run(['clauses'], io);
    const lines = io.out().trimEnd().split('\n').slice(-REVISIONS.length);
    expect(lines.map((line) => line.split(' ')[0])).toEqual(REVISIONS);
  });

  it('can be those of one revision', async () => {
    const io = fakeIo();
    await run(['clauses', 'ping/respond', '--revision', '2025-06-18'], io);
    expect(io.out().match(/^\S+\/ping\/respond$/gm)).toEqual(['2025-06-18/ping/respond']);
  });

  it('can be those that nothing judges', async () => {
    const io = fakeIo();
    await run(['clauses', '--unjudged', '--revision', '2025-06-18'], io);
    expect(io.out()).toContain('2025-06-18/ping/periodic');
    expect(io.out()).not.toContain('✓');
    expect(io.out()).toMatch(new RegExp(`${clausesOf('2025-06-18').length} clauses: \\d+ judged`));
  });

  it('may all be judged', async () => {
    const io = fakeIo();
    expect(await run(['clauses', 'ping/respond', '--unjudged'], io)).toBe(0);
    expect(io.out()).toBe('each of them is judged\n');
  });

  it('of another revision than the one asked for are bad usage', async () => {
    const io = fakeIo();
    expect(await run(['clauses', '2025-11-25/ping/respond', '--revision', '2024-11-05'], io)).toBe(2);
    expect(io.err()).toBe('mcp-lifeline: clauses: 2024-11-05 has nothing that is called "2025-11-25/ping/respond"\n');
  });

  it('that there are not are bad usage, with the nearest one', async () => {
    const io = fakeIo();
    expect(await run(['clauses', 'ping/respnd'], io)).toBe(2);
    expect(io.err()).toContain('the nearest is ping/respond,');
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { environmentOf, redactorFor, type Target } from '../src/target.js';

afterEach(() => vi.unstubAllEnvs());

describe('the secrets of a target', () => {
  it('are all variables that it was given, whatever their names', () => {
    const redactor = redactorFor({ command: ['node'], env: { PLAIN: 'a-plain-value', SHORT: 'abc' } });
    expect(redactor.text('a-plain-value, abc')).toBe('env#PLAIN, abc');
  });

  it('are never dates, since every revision is one', () => {
    const redactor = redactorFor({ command: ['node'], env: { MCP_PROTOCOL: '2025-11-25' } });
    expect(redactor.text('2025-11-25')).toBe('2025-11-25');
  });

  it('are inherited variables with the name of a secret, if they are long enough to be one', () => {
    vi.stubEnv('MADE_UP_API_KEY', 'inherited-key-1');
    vi.stubEnv('MADE_UP_PASSWORD', 'inherited-pass');
    vi.stubEnv('MADE_UP_TOKEN', 'true');
    vi.stubEnv('MADE_UP_COLOUR', 'inherited-colour');
    const redactor = redactorFor(target('node'));
    expect(redactor.text('inherited-key-1')).toBe('env#MADE_UP_API_KEY');
    expect(redactor.text('inherited-pass')).toBe('env#MADE_UP_PASSWORD');
    expect(redactor.text('true inherited-colour')).toBe('true inherited-colour');
  });

  it.each<[string, readonly [string, ...string[]], string]>([
    ['the argument behind a flag', ['node', '--api-key', 'value-1'], 'value-1'],
    ['the argument behind a short flag', ['node', '-token', 'value-1'], 'value-1'],
    ['what stands in a flag', ['node', '--token=value-1'], 'value-1'],
    ['what stands in a flag and looks like one', ['node', '--token=-value-1'], '-value-1'],
    ['what stands in a flag and goes over lines', ['node', '--key=value-1\nvalue-2'], 'value-1\nvalue-2'],
    ['a variable given to a wrapper', ['docker', 'run', '-e', 'SOME_API_KEY=value-1', 'image'], 'value-1'],
    ['a bearer token in a header', ['npx', '--header', 'Authorization: Bearer value-1'], 'value-1'],
    ['a key in a header', ['npx', '--header', 'X-Api-Key:value-1'], 'value-1'],
    ['a password in an address', ['npx', 'https://user:value-1@localhost/'], 'value-1'],
  ])('are %s', (_, command, secret) => {
    const redactor = redactorFor({ command, env: {} });
    expect(redactor.facts()).toContainEqual(expect.objectContaining({ length: secret.length }));
    expect(redactor.text(`it is ${secret}.`)).toMatch(/^it is argument#\d\.$/);
    expect(redactor.json(command).join(' ')).not.toContain(secret);
  });

  it.each<[string, readonly [string, ...string[]], string]>([
    ['the flag behind a flag', ['node', '--auth', '--verbose'], '--verbose'],
    ['the argument behind a word that only sounds like a flag', ['node', 'monkey.js', 'value-1'], 'value-1'],
    ['other flags', ['node', '--port', '8080'], '8080'],
  ])('are not %s', (_, command, plain) => {
    expect(redactorFor({ command, env: {} }).text(plain)).toBe(plain);
  });
});

describe('the environment of a target', () => {
  it('is our own with its variables on top', () => {
    vi.stubEnv('MADE_UP_ONE', 'ours');
    vi.stubEnv('MADE_UP_TWO', 'ours');
    expect(environmentOf({ command: ['node'], env: { MADE_UP_TWO: 'its' } })).toMatchObject({
      MADE_UP_ONE: 'ours',
      MADE_UP_TWO: 'its',
    });
  });
});

function target(...command: [string, ...string[]]): Target {
  return { command, env: {} };
}

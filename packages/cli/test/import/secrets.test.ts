import { createRedactor, type Json } from '@mcp-lifeline/trace';
import { describe, expect, it } from 'vitest';
import { learnSecrets } from '../../src/import/secrets.ts';

describe('a secret that shows by its form', () => {
  it.each<[string, Json]>([
    ['under a telling name', { params: { api_key: 'hush-hush-1' } }],
    ['under a telling name in camel case', { params: { accessToken: 'hush-hush-1' } }],
    ['as a header', { params: { headers: { Authorization: 'Bearer hush-hush-1' } } }],
    ['as one of several', { params: { headers: { Cookie: ['a=b', 'hush-hush-1'] } } }],
    ['behind Bearer, in a text', { params: { text: 'curl -H "Authorization: Bearer hush-hush-1"' } }],
    ['in _meta, under whatever hosts call it', { params: { _meta: { 'host.example/authState': 'hush-hush-1' } } }],
    ['as the id of a session', { params: { 'mcp-session-id': 'hush-hush-1' } }],
    ['in a URL', { params: { uri: 'https://user:hush-hush-1@host/path' } }],
  ])('is replaced: %s', (_, message) => {
    const text = redacted([message, { elsewhere: 'it is hush-hush-1' }]);
    expect(text).not.toContain('hush-hush-1');
    expect(text).toMatch(/it is [a-z/._-]+#1"/i);
  });

  it.each([
    'ghp_0123456789abcdefABCDEF',
    'github_pat_0123456789abcdefABCDEF',
    'sk-ant-0123456789abcdef',
    'xoxb-0123456789-abc',
    'AKIA0123456789ABCDEF',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  ])('is replaced wherever it stands: %s', (secret) => {
    expect(redacted([{ result: { content: [{ text: `the key is ${secret}.` }] } }])).not.toContain(secret);
  });
});

describe('what is no secret', () => {
  it.each<[string, Json]>([
    ['a progress token', { params: { _meta: { progressToken: 'progress-token-1' } } }],
    ['a cursor', { params: { nextCursor: 'a-long-cursor' } }],
    ['a date', { params: { token: '2025-11-25' } }],
    ['a short word', { params: { password: 'tools' } }],
    ['a method', { method: 'tools/call', params: { token: 'tools/call' } }],
    ['a number', { params: { token: 12345678 } }],
  ])('stays as it is: %s', (_, message) => {
    expect(redacted([message])).toBe(JSON.stringify([message]));
  });
});

it('is not looked for beyond a bound: nothing is shown then', () => {
  const messages = Array.from({ length: 201 }, (_, index) => ({ params: { password: `hush-hush-${index}` } }));
  expect(() => redacted(messages)).toThrow('it shows more than 200 different secrets');
  expect(redacted(messages.slice(1))).not.toContain('hush');
});

function redacted(messages: readonly Json[]): string {
  const redactor = createRedactor();
  learnSecrets(redactor, messages);
  return JSON.stringify(redactor.json(messages));
}

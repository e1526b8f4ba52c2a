import { describe, expect, it } from 'vitest';
import { CLIENT_CAPABILITIES, replyAsClient } from '../src/responder.js';

describe('a scripted client', () => {
  it('answers a ping', () => {
    expect(replyAsClient('ping')).toEqual({ result: {} });
  });

  it.each([
    ['roots', 'roots/list', { roots: [] }],
    ['sampling', 'sampling/createMessage', { role: 'assistant' }],
    ['elicitation', 'elicitation/create', { action: 'decline' }],
  ])('stands by its capability %s', (capability, method, result) => {
    expect(CLIENT_CAPABILITIES).toHaveProperty(capability);
    expect(replyAsClient(method)).toMatchObject({ result });
  });

  it('says of any other method that it has none', () => {
    for (const method of ['tools/list', 'constructor', '']) {
      expect(replyAsClient(method)).toEqual({ error: { code: -32601, message: 'Method not found' } });
    }
  });
});

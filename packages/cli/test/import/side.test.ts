import { describe, expect, it } from 'vitest';
import { type Side, sideAtEnd, sideOf } from '../../src/import/side.ts';

const CLIENT: Side = { from: 'client' };
const SERVER: Side = { from: 'server' };
const OUT: Side = { way: 'out' };
const IN: Side = { way: 'in' };

describe('a mark', () => {
  it.each<[string, Side]>([
    ['client', CLIENT],
    ['server', SERVER],
    ['Server:', SERVER],
    ['mcp-server', SERVER],
    ['host', CLIENT],
    ['from client', CLIENT],
    ['Message from server', SERVER],
    ['request from the client', CLIENT],
    ['sent by server', SERVER],
    ['server response', SERVER],
    ['client sent', CLIENT],
    ['client received', SERVER],
    ['client->server', CLIENT],
    ['client -> server', CLIENT],
    ['server --> client', SERVER],
    ['client→server', CLIENT],
    ['client_to_server', CLIENT],
    ['server-to-client', SERVER],
    ['clientToServer', CLIENT],
    ['CLIENT TO SERVER', CLIENT],
    ['server <- client', CLIENT],
    ['client <-- server', SERVER],
    ['to server', CLIENT],
    ['toClient', SERVER],
    ['sent to client', SERVER],
    ['editor -> server', CLIENT],
    ['[server -> editor]', SERVER],
    ['SSE → Child (session client-7)', CLIENT],
    ['Child → SSE', SERVER],
    ['c2s', CLIENT],
    ['s2c', SERVER],
    ['STDIN', CLIENT],
    ['stdout', SERVER],
    ['-->', OUT],
    ['->', OUT],
    ['>>>', OUT],
    ['>', OUT],
    ['=>', OUT],
    ['→', OUT],
    ['<--', IN],
    ['<<<', IN],
    ['←', IN],
    ['sent', OUT],
    ['send:', OUT],
    ['Sending message', OUT],
    ['outgoing', OUT],
    ['out', OUT],
    ['received', IN],
    ['recv:', IN],
    ['incoming request', IN],
    ['in', IN],
  ])('%s tells who sent the message', (mark, side) => {
    expect(sideOf(mark)).toEqual(side);
  });

  it.each([
    '',
    'request',
    'response',
    'info',
    'message',
    'proxy',
    'server request',
    'client server',
    'client -> client',
    'started server on port',
    'sent it to the moon',
    'a -> b',
  ])('%j tells nothing, and is not guessed at', (mark) => {
    expect(sideOf(mark)).toBeNull();
  });
});

describe('what stands before a message', () => {
  it.each<[string, Side]>([
    ['2026-01-01T00:00:00Z [files] [info] Message from client: ', CLIENT],
    ['2026-01-01 02:03:14.089 [debug] [server -> editor] ', SERVER],
    ['2026-01-01T00:00:00Z [client->server] ', CLIENT],
    ['[2026-01-01 16:03:12] Received: ', IN],
    ['[2026-01-01 16:03:12] Sent response: ', OUT],
    ['[supergateway] SSE → Child (session 12): ', CLIENT],
    ['12:00:01 --> ', OUT],
    ['<<<', IN],
    ['INFO client -> server ', CLIENT],
    ['[12][client->server]', CLIENT],
    ['server: ', SERVER],
  ])('%j ends in a mark', (prefix, side) => {
    expect(sideAtEnd(prefix)).toEqual(side);
  });

  it.each(['', '2026-01-01 [info] ', 'Using server command: node with args '])('%j may tell nothing', (prefix) => {
    expect(sideAtEnd(prefix)).toBeNull();
  });
});

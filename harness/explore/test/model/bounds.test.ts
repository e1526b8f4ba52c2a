import { describe, expect, test } from 'vitest';
import { CALL } from '../../src/configs/messages.ts';
import { client, server } from '../../src/configs/world-configuration.ts';
import { CONFIGURATIONS } from '../../src/configs.ts';
import { boundsOf } from '../../src/model/bounds.ts';
import { rogueServer } from '../../src/model/rogue-server.ts';

const QUIET = { client: client({}), server: server({}), faults: {}, mostUnderWay: 3 } as const;

describe('the bounds of a model', () => {
  test('tell what may happen, and leave out what may not', () => {
    const options = { ...QUIET, client: client({ cancels: 2 }), faults: { losses: 1, swaps: 0 }, lateProgress: true };
    expect(boundsOf(options)).toEqual({
      'revisions of the client': 'all 4',
      'client: cancels': 2,
      'revisions of the server': 'all 4',
      'messages lost': 1,
      'late progress': 'at any time',
      'messages under way': 3,
    });
  });

  test('name the revisions where they are not all', () => {
    const options = { ...QUIET, server: server({}, { revisions: ['2024-11-05', '2025-11-25'] }) };
    expect(boundsOf(options)).toMatchObject({ 'revisions of the server': '2024-11-05, 2025-11-25' });
  });

  test('add up the calls of a method, however they are planned', () => {
    const calls = [
      { ...CALL, most: 2 },
      { ...CALL, wantsProgress: false },
    ];
    expect(boundsOf({ ...QUIET, client: client({ calls }) })).toMatchObject({ 'client: calls of tools/call': 3 });
  });

  test('of one who keeps no rule are its tricks', () => {
    const options = { ...QUIET, server: rogueServer(2, ['requests', 'answers']) };
    expect(boundsOf(options)).toMatchObject({ 'tricks of the server': '2 of requests, answers' });
    expect(boundsOf({ ...QUIET, server: rogueServer(0) })).toMatchObject({ 'tricks of the server': 'none' });
  });

  test('are told of every configuration', () => {
    for (const { bounds } of CONFIGURATIONS) expect(Object.keys(bounds).length).toBeGreaterThan(1);
  });
});

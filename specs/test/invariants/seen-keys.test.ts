import { describe, expect, it } from 'vitest';
import { isSeen, NOTHING_SEEN, type SeenKeys, withKey } from '../../invariants/client/seen-keys.js';

describe('the keys that were seen', () => {
  it('are those that were added, in whatever order, and no others', () => {
    const added = [5, 1, 2, 9, 3, 4, -1, 8, 'a', '5', 1.5, null, 5];
    const seen = added.map((key) => JSON.stringify(key)).reduce(withKey, NOTHING_SEEN);
    for (const key of added) expect(isSeen(seen, JSON.stringify(key)), String(key)).toBe(true);
    for (const key of [0, 6, 7, 10, -2, 'b', '1', 2.5, true]) expect(isSeen(seen, JSON.stringify(key))).toBe(false);
  });

  it('cost nothing more for one who counts', () => {
    let seen: SeenKeys = NOTHING_SEEN;
    for (let id = 0; id < 1000; id += 1) seen = withKey(seen, String(id));
    expect(seen).toEqual({ ranges: [[0, 999]], others: [] });
  });

  it('are told apart by their type', () => {
    expect(isSeen(withKey(NOTHING_SEEN, '1'), '"1"')).toBe(false);
  });
});

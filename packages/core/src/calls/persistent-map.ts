export type { PersistentMap };

/** The map without entries, the beginning of a history of its own. */
export function emptyMap<K extends string | number, V>(): PersistentMap<K, V> {
  return new PersistentMap(new Map<K, V>(), 0);
}

/**
 * A map whose every version stays readable, at nearly the price of a plain `Map` for whoever goes on from the newest.
 *
 * The technique is Baker's re-rooting. Of the versions that share a `Map`, one is the root and holds it; each other one
 * holds a single difference and points towards the root. A change makes the new version the root. So does reading a
 * version that is not: the pointers on the way to it are turned round.
 *
 * - Reading and changing the root costs what it costs a `Map`; another version first pays for each difference between
 *   it and the root. Versions far apart, used in turn, are slow.
 * - An old version points to newer ones, never the other way, so a version that nobody holds can be collected.
 * - Now and then a change gets a `Map` of its own, a copy, and leaves the old one behind. This bounds what an old
 *   version keeps alive and what reading it costs: `DIFFERENCES_AT_LEAST` plus `DIFFERENCES_AN_ENTRY` times its size.
 *
 * None of it can be seen from outside, but for the order of `entries`.
 *
 * @see Henry G. Baker, "Shallow Binding Makes Functional Arrays Fast", ACM SIGPLAN Notices 26(8), 1991.
 */
class PersistentMap<K extends string | number, V> {
  /** The number of entries. */
  readonly size: number;
  /** The entries, in the root; null in every other version. */
  #root: Map<K, V> | null;
  /** How many changes this version is away from the one that the `Map` was made for. */
  readonly #changes: number;
  /** The way to the root, one step; null in the root. */
  #nearer: PersistentMap<K, V> | null = null;
  /** How this version differs from `#nearer`: at this key it has this value, or no entry. Nothing in the root. */
  #key: K | undefined;
  #value: V | Absent | undefined;

  constructor(root: Map<K, V>, changes: number) {
    this.size = root.size;
    this.#root = root;
    this.#changes = changes;
  }

  /** The value at a key. */
  get(key: K): V | undefined {
    return (this.#root ?? this.#becomeRoot()).get(key);
  }

  /** Whether there is an entry at a key. */
  has(key: K): boolean {
    return (this.#root ?? this.#becomeRoot()).has(key);
  }

  /** The version with this value at this key; this one where it has it already, by `Object.is`. */
  set(key: K, value: V): PersistentMap<K, V> {
    const root = this.#root ?? this.#becomeRoot();
    const before = valueIn(root, key);
    return Object.is(before, value) ? this : this.#change(root, key, before, value);
  }

  /** The version without an entry at this key; this one where there is none. */
  delete(key: K): PersistentMap<K, V> {
    const root = this.#root ?? this.#becomeRoot();
    const before = valueIn(root, key);
    return before === ABSENT ? this : this.#change(root, key, before, ABSENT);
  }

  /** All entries, as a copy. Their order is not promised, since reading another version may change it: sort them. */
  entries(): [K, V][] {
    return [...(this.#root ?? this.#becomeRoot())];
  }

  #change(root: Map<K, V>, key: K, before: V | Absent, after: V | Absent): PersistentMap<K, V> {
    if (this.#changes >= DIFFERENCES_AT_LEAST + DIFFERENCES_AN_ENTRY * root.size) {
      const copy = new Map(root);
      write(copy, key, after);
      return new PersistentMap(copy, 0);
    }
    write(root, key, after);
    const successor = new PersistentMap<K, V>(root, this.#changes + 1);
    this.#differFrom(successor, key, before);
    return successor;
  }

  #differFrom(nearer: PersistentMap<K, V>, key: K, value: V | Absent): void {
    this.#root = null;
    this.#key = key;
    this.#value = value;
    this.#nearer = nearer;
  }

  /** Makes this version the root. No recursion: the way from the root may be as long as the history. */
  #becomeRoot(): Map<K, V> {
    let [root, next] = this.#turnPointersRound();
    const map = root.#root as Map<K, V>;
    while (next !== null) {
      const version: PersistentMap<K, V> = next;
      next = version.#nearer;
      const key = version.#key as K;
      root.#differFrom(version, key, valueIn(map, key));
      write(map, key, version.#value as V | Absent);
      root = version;
    }
    this.#root = map;
    return map;
  }

  /** Makes each version on the way to the root point back to the one before it; the root, and the one before it. */
  #turnPointersRound(): [root: PersistentMap<K, V>, next: PersistentMap<K, V> | null] {
    let version: PersistentMap<K, V> = this;
    let before: PersistentMap<K, V> | null = null;
    while (version.#nearer !== null) {
      const nearer: PersistentMap<K, V> = version.#nearer;
      version.#nearer = before;
      before = version;
      version = nearer;
    }
    return [version, before];
  }
}

/** Changes before a copy is due, whatever the size: copying a small map must not be felt. */
const DIFFERENCES_AT_LEAST = 1_024;

/** And for each entry: so much cheaper than copying is a change, and so much memory may an old version keep. */
const DIFFERENCES_AN_ENTRY = 8;

/** Stands for no entry, since `undefined` may be a value. */
const ABSENT = Symbol('absent');
type Absent = typeof ABSENT;

function valueIn<K, V>(map: ReadonlyMap<K, V>, key: K): V | Absent {
  const value = map.get(key);
  return value !== undefined || map.has(key) ? (value as V) : ABSENT;
}

function write<K, V>(map: Map<K, V>, key: K, value: V | Absent): void {
  if (value === ABSENT) map.delete(key);
  else map.set(key, value);
}

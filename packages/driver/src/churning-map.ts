/**
 * A map through which entries pass by the million, of which few are there at any time.
 *
 * V8 gives a `Map` a new table whenever the old one is full of what was deleted, and the old one points to the new. Once the
 * first has become old, each scavenge keeps and promotes every table since, and what was in them: a busy session then pays
 * twice for each call. So the map itself is made anew now and then, which cuts the chain.
 */
export class ChurningMap<K, V> {
  #map = new Map<K, V>();
  /** Deletions until then. */
  #left = DELETIONS_AT_LEAST;

  get(key: K): V | undefined {
    return this.#map.get(key);
  }

  set(key: K, value: V): void {
    this.#map.set(key, value);
  }

  delete(key: K): boolean {
    if (!this.#map.delete(key)) return false;
    this.#left -= 1;
    if (this.#left > 0) return true;
    this.#map = new Map(this.#map);
    // What the copy costs is spread over so many deletions that it is not felt.
    this.#left = Math.max(DELETIONS_AT_LEAST, DELETIONS_AN_ENTRY * this.#map.size);
    return true;
  }
}

/** So many tables and what was in them are small beside the young generation. */
const DELETIONS_AT_LEAST = 1_024;
const DELETIONS_AN_ENTRY = 8;

/** The end of a byte stream, kept in bounded room. */
export interface ByteTail {
  push(chunk: Uint8Array): void;
  /** The last bytes as text, at most `maxBytes` of them; a character that was cut in two is left out. */
  text(maxBytes: number): string;
}

/** Starts keeping the last `size` bytes; nothing is allocated before the first. */
export function createByteTail(size: number): ByteTail {
  let ring: Uint8Array | null = null;
  /** All bytes that ever came: the next one goes to `total % size`. */
  let total = 0;

  return {
    push(chunk) {
      ring ??= new Uint8Array(size);
      const kept = chunk.subarray(Math.max(0, chunk.length - size));
      const at = (total + chunk.length - kept.length) % size;
      ring.set(kept.subarray(0, size - at), at);
      ring.set(kept.subarray(size - at), 0);
      total += chunk.length;
    },
    text(maxBytes) {
      const count = Math.min(maxBytes, size, total);
      if (ring === null || count === 0) return '';
      const from = (total - count) % size;
      const bytes = new Uint8Array(count);
      bytes.set(ring.subarray(from, from + count));
      bytes.set(ring.subarray(0, Math.max(0, from + count - size)), Math.min(count, size - from));
      return utf8.decode(count < total ? bytes.subarray(firstWhole(bytes)) : bytes);
    },
  };
}

const utf8 = new TextDecoder('utf-8');

/** Where the first whole character begins: at most three bytes in UTF-8 continue one (RFC 3629, section 3). */
function firstWhole(bytes: Uint8Array): number {
  let at = 0;
  while (at < 3 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at += 1;
  return at;
}

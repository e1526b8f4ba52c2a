import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installPeer, PEERS, type PeerName } from '@mcp-lifeline/peers';

/** A subject before it is loaded. */
export interface Candidate {
  readonly name: string;
  readonly title: string;
  /** Of what is measured; null where it has none. */
  readonly version: string | null;
  /**
   * Installs it where that is needed.
   *
   * @param onProgress called with one line of text when something slow begins
   * @returns the URL of a module that exports a `Subject` as `subject`
   */
  locate(onProgress: (line: string) => void): Promise<string>;
}

/** The subjects, in the order of their turns. The first that takes part is the one that the others are compared with. */
export const CANDIDATES: readonly Candidate[] = [
  ours('lifeline', 'mcp-lifeline, this checkout', null),
  ours('floor', 'a raw loop: a map, a queue, lines of JSON, no check', null),
  published('sdk-v1', '@modelcontextprotocol/sdk', 'sdk-1.32.2'),
  published('sdk-v2', '@modelcontextprotocol/client and /server', 'sdk-2.4.0'),
];

function ours(name: string, title: string, version: string | null): Candidate {
  return { name, title, version, locate: () => Promise.resolve(new URL(`${name}.js`, import.meta.url).href) };
}

function published(name: string, title: string, peerName: PeerName): Candidate {
  return {
    name,
    title,
    version: PEERS.find((peer) => peer.name === peerName)?.version ?? null,
    async locate(onProgress) {
      const { directory } = await installPeer(peerName, { onProgress });
      return pathToFileURL(join(directory, 'bench-subject.mjs')).href;
    },
  };
}

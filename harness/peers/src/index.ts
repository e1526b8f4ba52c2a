export { cacheRoot } from './cache-root.js';
export { type InstalledPeer, type InstallOptions, installPeer } from './install.js';
export { PEERS, type Peer, type PeerName } from './peers.js';

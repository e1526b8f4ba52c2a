// This server forwards every message to a public address. Under test it must behave the same with and without a network,
// and no test may leave this machine: its requests fail as they do offline.
globalThis.fetch = () => Promise.reject(new TypeError('fetch failed'));

// It writes 200 MB to stdout without one newline, as fast as they are taken.
const piece = 'x'.repeat(1_000_000);
let left = 200;

function write() {
  if (left === 0) return;
  left -= 1;
  process.stdout.write(piece, () => setImmediate(write));
}

process.stdin.resume();
process.stdout.on('error', () => process.exit(0));
write();

// A server by hand, of none of our code: it takes so many calls, answers the first of them, and ends as it is told.
// usage: taking-server.mjs ENDING CALLS ANSWERED; on standard error it says `all PID` when it has the calls, and `written`
// when its answers were taken.
import { spawn } from 'node:child_process';

const [ending, calls, answered] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const ids = [];
let tail = '';

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  const lines = (tail + text).split('\n');
  tail = lines.pop();
  for (const line of lines) take(JSON.parse(line));
});
process.stdin.on('end', () => {
  if (ending !== 'stubborn') process.exit(0);
});
if (ending === 'stubborn') {
  process.on('SIGTERM', () => {});
  setInterval(() => {}, 1_000);
}

const ENDINGS = {
  hold() {},
  stubborn() {},
  eof() {
    process.stdout.end();
  },
  exit() {
    process.exit(1);
  },
  // What writes the answers goes on when this has exited.
  heir() {
    process.exit(1);
  },
  uncaught() {
    throw new Error('nobody catches this');
  },
  grandchild() {
    spawn('sleep', ['600'], { stdio: ['ignore', 'inherit', 'ignore'] });
    process.exit(1);
  },
  stranger() {
    spawn('sleep', ['600'], { stdio: ['ignore', 'inherit', 'ignore'], detached: true });
    process.exit(1);
  },
};

function take({ id, method, params }) {
  if (method === 'initialize') {
    const { protocolVersion } = params;
    const serverInfo = { name: 'taking-server', version: '1.0.0' };
    write([{ id, result: { protocolVersion, capabilities: { tools: {} }, serverInfo } }]);
  } else if (method === 'tools/call') {
    ids.push(id);
    if (ids.length === calls) end();
  }
}

function end() {
  process.stderr.write(`all ${process.pid}\n`);
  const answers = ids.slice(0, answered).map((answeredId) => ({ id: answeredId, result: { content: [] } }));
  const written = () => process.stderr.write('written\n', () => ENDINGS[ending]());
  if (ending === 'heir') spawn('cat', { stdio: ['pipe', 'inherit', 'ignore'] }).stdin.end(lines(answers), written);
  else write(answers, written);
}

function write(messages, written = () => {}) {
  process.stdout.write(lines(messages), written);
}

function lines(messages) {
  return messages.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join('');
}

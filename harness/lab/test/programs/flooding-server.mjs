// A server by hand, of none of our code: once the session is ready it reads nothing more, and writes as fast as it is read.
// usage: flooding-server.mjs METHOD ID?; with an id what it floods with is requests, else notifications
const [, , method, wantsAnswers] = process.argv;
const LINES = 100;
let tail = '';
let nextId = 1;

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  const lines = (tail + text).split('\n');
  tail = lines.pop();
  for (const line of lines) take(JSON.parse(line));
});
process.stdout.on('error', () => process.exit(0));

function take({ id, method: asked, params }) {
  if (asked === 'initialize') {
    const { protocolVersion } = params;
    const serverInfo = { name: 'flooding-server', version: '1.0.0' };
    const capabilities = { tools: {}, logging: {} };
    process.stdout.write(text({ id, result: { protocolVersion, capabilities, serverInfo } }));
  } else if (asked === 'notifications/initialized') {
    process.stdin.pause();
    flood();
  }
}

/** What the client takes sets the pace. */
function flood() {
  let lines = '';
  for (let line = 0; line < LINES; line += 1)
    lines += text(wantsAnswers ? { id: nextId++, method } : { method, params: LOG });
  process.stdout.write(lines, flood);
}

const LOG = { level: 'info', data: 'all is well' };

function text(message) {
  return `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`;
}

// A server by hand, of none of our code: it answers each call with the calls and cancellations that it got so far.
let tail = '';
let calls = 0;
let cancellations = 0;

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  const lines = (tail + text).split('\n');
  tail = lines.pop();
  for (const line of lines) take(JSON.parse(line));
});

function take({ id, method, params }) {
  if (method === 'initialize') {
    const { protocolVersion } = params;
    const serverInfo = { name: 'counting-server', version: '1.0.0' };
    answer(id, { protocolVersion, capabilities: { tools: {} }, serverInfo });
  } else if (method === 'tools/call') {
    calls += 1;
    answer(id, { content: [], calls, cancellations });
  } else if (method === 'notifications/cancelled') {
    cancellations += 1;
  }
}

function answer(id, result) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);
}

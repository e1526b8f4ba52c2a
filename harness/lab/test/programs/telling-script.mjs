// A server by hand, of none of our code: `tell` writes all progress and the result at once, `tellInTurn` a line at a time.
import { createInterface } from 'node:readline';

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (method === 'initialize') {
    const { protocolVersion } = params;
    const serverInfo = { name: 'telling-script', version: '1.0.0' };
    process.stdout.write(text({ id, result: { protocolVersion, capabilities: { tools: {} }, serverInfo } }));
  } else if (method === 'tools/call') {
    const lines = [...progress(params), text({ id, result: { content: [{ type: 'text', text: 'told' }] } })];
    if (params.name === 'tell') process.stdout.write(lines.join(''));
    else for (const one of lines) process.stdout.write(one);
  }
}

function* progress({ _meta: { progressToken }, arguments: { steps } }) {
  for (let step = 1; step <= steps; step += 1) {
    yield text({ method: 'notifications/progress', params: { progressToken, progress: step, total: steps } });
  }
}

function text(message) {
  return `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`;
}

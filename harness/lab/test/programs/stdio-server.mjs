// The server of `calls-host.mjs` as a child process.
import { connectStdio } from '@mcp-lifeline/node';

export async function stdioServer({ server, plan, ...session }) {
  const stderr = { text: '' };
  const heard = withResolvers();
  const client = await connectStdio({
    command: process.execPath,
    args: [server, ...plan.server.map(String)],
    env: plan.env,
    info: { name: 'calls-host', version: '1.0.0' },
    ladder: plan.ladder,
    onStderr(chunk) {
      stderr.text += Buffer.from(chunk).toString();
      if (stderr.text.includes('written\n')) heard.resolve();
      // Meanwhile the answers, the end of the output and the exit all come to wait in the kernel.
      else if (stderr.text.includes('all ') && plan.blockMs > 0) block(plan.blockMs);
    },
    ...session,
  });
  const pid = () => Number(/all (\d+)/.exec(stderr.text)?.[1]);
  return {
    client,
    peer: {
      hasAll: heard.promise,
      async end() {
        if (plan.server[0] === 'hold') process.kill(pid(), 'SIGKILL');
      },
    },
  };
}

function withResolvers() {
  const made = {};
  made.promise = new Promise((resolve) => {
    made.resolve = resolve;
  });
  return made;
}

function block(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

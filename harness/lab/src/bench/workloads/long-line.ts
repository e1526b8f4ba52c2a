import { cpuSince, settle } from '../lanes.js';
import { scaled, type Workload } from '../workload.js';

const LINE_BYTES = 10_000_000;
const CHUNK_BYTES = 65_536;

/** One long message in the pieces that a pipe delivers. */
export const LONG_LINE: Workload = {
  id: 'line.10mb',
  title: 'a line of 10 MB in chunks of 64 kB',
  figures: [
    { key: 'cpu', unit: 'CPU ms', better: 'less', goal: 16 },
    { key: 'wall', unit: 'wall ms', better: 'less' },
  ],
  async prepare(subject, size) {
    const chunks = cut(longLine());
    const lines = scaled(3, size);
    const sample = async () => {
      let messages = 0;
      const push = subject.readLines(() => {
        messages += 1;
      });
      await settle();
      const cpu = process.cpuUsage();
      const began = performance.now();
      for (let line = 0; line < lines; line += 1) for (const chunk of chunks) push(chunk);
      const wall = (performance.now() - began) / lines;
      if (messages !== lines) throw new Error(`${messages} of ${lines} long lines were read`);
      return { cpu: cpuSince(cpu) / 1000 / lines, wall };
    };
    await sample();
    return { sample, close: () => Promise.resolve() };
  },
};

function longLine(): Buffer {
  const empty = (text: string) =>
    JSON.stringify({ jsonrpc: '2.0', id: 1, result: { content: [{ type: 'text', text }] } });
  return Buffer.from(`${empty('x'.repeat(LINE_BYTES - empty('').length - 1))}\n`);
}

function cut(bytes: Buffer): Buffer[] {
  const chunks = [];
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) chunks.push(bytes.subarray(at, at + CHUNK_BYTES));
  return chunks;
}

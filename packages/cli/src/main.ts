import { EXIT } from './exit-code.js';
import { processIo } from './process-io.js';
import { internalError, run } from './run.js';

/** The command itself: runs with the arguments of this process and leaves its exit code behind. */
export async function main(): Promise<void> {
  const io = processIo();
  // Whatever is thrown where nobody listens is a fault of ours; servers that still run are killed on the way out.
  process.on('uncaughtException', (error) => {
    io.stderr.write(internalError(error, io.env));
    io.exit(EXIT.ourFault);
  });
  process.exitCode = await run(process.argv.slice(2), io);
}

import { environmentOf, redactorFor, type Target, TOOL } from '@mcp-lifeline/check';
import { RawPeer, type Reply, replyAsClient } from '@mcp-lifeline/peer';
import { TRACE_FORMAT } from '@mcp-lifeline/trace';
import type { ReplyKind } from './act.js';
import type { Carrier } from './carrier.js';

/** How late an answer is that is to come late, in ms. */
const LATE_MS = 120;

/** The closing ladder from the first signal on, in ms: whether the server leaves by itself was seen before. */
const LADDER = { termMs: 700, reapMs: 500 };

/** Starts a process for each line. */
export function processCarrier(target: Target, signal?: AbortSignal): Carrier {
  const redactor = redactorFor(target);
  return {
    open(name, offer, { leaveMs, lingerMs }) {
      let how: ReplyKind = 'at-once';
      const peer = new RawPeer({
        command: target.command,
        ...(target.cwd === undefined ? {} : { cwd: target.cwd }),
        env: environmentOf(target),
        header: {
          trace: TRACE_FORMAT,
          tool: TOOL,
          target: { transport: 'stdio', command: target.command },
          scenario: name,
          revision: offer,
          clock: { unit: 'ms', startedAt: new Date().toISOString() },
        },
        redactor,
        ladder: { ...LADDER, graceMs: leaveMs, drainMs: lingerMs },
        reply: (method) => replyTo(method, how),
        ...(signal === undefined ? {} : { signal }),
      });
      return {
        line: peer,
        answer: (next) => {
          how = next;
          peer.replies.delay(next === 'late' ? LATE_MS : 0);
        },
        finish: async (ending) => ({
          trace: await peer.finish(ending),
          spawnError: redactor.json(peer.spawnError),
          stderrTail: peer.stderrTail,
          outputBytes: peer.outputBytes,
        }),
      };
    },
  };
}

/** Pings are answered whatever else is not: a client must. */
function replyTo(method: string, how: ReplyKind): Reply | null {
  if (method === 'ping' || how === 'at-once' || how === 'late') return replyAsClient(method);
  return how === 'never' ? null : { error: { code: DECLINED, message: 'The user declined' } };
}

/** As the pages on sampling have it for a user who says no. */
const DECLINED = -1;

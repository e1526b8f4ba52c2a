import { childChannel } from '@mcp-lifeline/adapter-stdio';
import { PROCESS_QUICK } from '@mcp-lifeline/core/process';
import { type Channel, tapChannel } from '@mcp-lifeline/driver';
import { killSurvivors } from '@mcp-lifeline/peer';
import type { Survivor, Trace } from '@mcp-lifeline/trace';
import { type Driven, type DriveOptions, drive } from './drive.js';
import { Recording } from './recording.js';

/** A server to be driven. */
export interface Target {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How a session is driven, and what stands between the client and the tap. */
export interface SessionOptions extends Omit<DriveOptions, 'taps'> {
  /** Spoils what the client does, for who wants to see the judge find it. */
  readonly spoil?: (channel: Channel) => Channel;
  /** The same for what is recorded. */
  readonly misrecord?: (recording: Recording) => Pick<Recording, 'app' | 'process'>;
}

/** A session of our client with a server process. */
export interface RecordedSession extends Driven {
  readonly trace: Trace;
  /** What was left of the server; it was killed. */
  readonly survivors: readonly Survivor[];
}

/** Starts a server, drives our client against it and records all of it. Leaves no process, whatever happens. */
export async function recordSession(target: Target, options: SessionOptions): Promise<RecordedSession> {
  const { spoil = (channel: Channel) => channel, misrecord, ...session } = options;
  const { revisions } = session;
  const recording = new Recording(target.command, revisions?.at(-1) ?? null, target.name);
  const taps = misrecord?.(recording) ?? recording;
  const [command, ...args] = target.command;
  const channel = childChannel({
    command,
    args,
    env: { ...process.env, ...target.env, ...recording.env },
    ladder: PROCESS_QUICK,
    onProcess: (event) => taps.process(event),
  });
  const driven = await drive(spoil(tapChannel(channel, recording)), { ...session, taps });
  const { trace, survivors } = await recording.end();
  killSurvivors(survivors);
  return { ...driven, trace, survivors };
}

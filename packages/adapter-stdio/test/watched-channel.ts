import type { Channel, ChannelListener } from '@mcp-lifeline/driver';
import { type ChildChannel, type ChildChannelOptions, childChannel } from '../src/child-channel.js';
import { isGroupAlive } from '../src/group.js';
import { eventually, PATIENT } from './watched-child.js';

/** One thing that a channel told; `heard` is left out, since chunks are no behaviour. */
export type Told =
  | 'opened'
  | 'drained'
  | 'ended'
  | 'writeFailed'
  | { readonly received: unknown }
  | { readonly garbled: string; readonly text: string }
  | { readonly gone: string };

/** What a channel told, in order, and how many chunks were heard. */
export interface Listened {
  readonly told: readonly Told[];
  readonly heard: () => number;
  /** Waits until it told one of these. */
  readonly until: (what: 'opened' | 'drained' | 'ended' | 'writeFailed' | 'received' | 'gone') => Promise<void>;
  /** The messages alone. */
  readonly messages: () => readonly unknown[];
  /** What it said of its end; empty before. */
  readonly detail: () => string;
}

/** Opens a channel and writes down what it tells. */
export function listen(channel: Channel, react: Partial<ChannelListener> = {}): Listened {
  const told: Told[] = [];
  let heard = 0;
  channel.open({
    opened: () => {
      told.push('opened');
      react.opened?.();
    },
    heard: () => {
      heard += 1;
    },
    received: (json) => {
      told.push({ received: json });
      react.received?.(json);
    },
    garbled: (why, text) => told.push({ garbled: why, text }),
    drained: () => {
      told.push('drained');
      react.drained?.();
    },
    ended: () => {
      told.push('ended');
      react.ended?.();
    },
    writeFailed: () => told.push('writeFailed'),
    gone: (detail) => told.push({ gone: detail ?? '' }),
  });
  const isTold = (what: string): boolean => told.some((one) => nameOf(one) === what);
  return {
    told,
    heard: () => heard,
    until: (what) => eventually(() => isTold(what), what),
    messages: () => told.flatMap((one) => (typeof one === 'object' && 'received' in one ? [one.received] : [])),
    detail: () => told.flatMap((one) => (typeof one === 'object' && 'gone' in one ? [one.gone] : [])).join(''),
  };
}

/** What was told, by name alone. */
export function names(told: readonly Told[]): readonly string[] {
  return told.map(nameOf);
}

/** A channel to a command, which is opened and listened to. */
export function channelTo(
  command: readonly [string, ...string[]],
  options: Partial<ChildChannelOptions> = {},
  react: Partial<ChannelListener> = {},
): Listened & { readonly channel: ChildChannel } {
  const [program, ...args] = command;
  const channel = childChannel({ command: program, args, env: process.env, ladder: PATIENT, ...options });
  const listened = listen(channel, react);
  started.push({ channel, listened });
  return { ...listened, channel };
}

/** For after each test: kills what is left, and waits until nothing is left of any group. */
export async function leaveNoChannel(): Promise<void> {
  for (const { channel, listened } of started.splice(0)) {
    const { pid } = channel;
    channel.kill();
    await listened.until('gone');
    if (pid !== undefined) await eventually(() => !isGroupAlive(pid), `nothing left of group ${pid}`);
  }
}

const started: { readonly channel: ChildChannel; readonly listened: Listened }[] = [];

function nameOf(told: Told): string {
  return typeof told === 'string' ? told : (Object.keys(told)[0] ?? '');
}

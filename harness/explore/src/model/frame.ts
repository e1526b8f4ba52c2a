import type { Channels } from './channel.js';

/** The columns of a row. */
export const CLIENT = 0;
export const CLIENT_HOST = 1;
export const TO_SERVER = 2;
export const TO_CLIENT = 3;
export const SERVER = 4;
export const SERVER_HOST = 5;
export const PROCESS = 6;
export const CHILD = 7;
export const FAULTS = 8;
export const WATCHERS = 9;
export const WIDTH = 10;

/** A row in the making: the world while something happens in it. */
export class Frame {
  readonly row = new Int32Array(WIDTH);
  readonly channels: Channels;

  constructor(channels: Channels) {
    this.channels = channels;
  }

  /** Begins anew from a row. */
  begin(from: Int32Array): void {
    this.row.set(from);
  }

  at(column: number): number {
    return this.row[column] as number;
  }

  put(column: number, value: number): void {
    this.row[column] = value;
  }

  /** Puts one more item on its way. */
  push(channel: number, item: number): void {
    this.put(channel, this.channels.push(this.at(channel), item));
  }
}

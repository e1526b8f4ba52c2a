import type { AppData, WireData } from '@mcp-lifeline/trace';

/** Takes what an application saw of its session. Nothing is made for it where there is none. */
export interface AppTap {
  app(data: AppData): void;
}

/** Takes what crossed a channel. */
export interface WireTap {
  wire(data: WireData): void;
}

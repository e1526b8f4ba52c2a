import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where packages put Chromium, or Chrome, which does as well. */
const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const HOW_TO_GET_IT =
  'run .ci/setup as root, which installs it where there is apt-get; or install Chromium or Chrome, ' +
  'and set MCP_LIFELINE_CHROMIUM to its path if it is not found';

/** Quiet, and without a wish to talk to anybody. */
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The browser of this machine: the one that MCP_LIFELINE_CHROMIUM names, else the first in the usual places.
 *
 * @throws {Error} that says what to do, when there is none.
 */
export function findChromium(
  named: string | undefined = process.env['MCP_LIFELINE_CHROMIUM'],
  places: readonly string[] = USUAL_PLACES,
): string {
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`MCP_LIFELINE_CHROMIUM names ${named}, which is not there`);
  }
  const found = places.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`no browser on this machine: ${HOW_TO_GET_IT}`);
  return found;
}

/**
 * Starts it without a window, on a profile of its own that goes with it; and without its sandbox, which root cannot have:
 * only what we built ourselves is loaded, and nothing from the network.
 */
export async function launchChromium(): Promise<Browser> {
  return await chromium.launch({
    executablePath: findChromium(),
    args: FLAGS,
    chromiumSandbox: false,
    timeout: 60_000,
  });
}

// docs/machines/: each machine as JSON, as a Mermaid diagram, and as tables found by stepping it.
import { describeMachine } from './machines/describe.mjs';
import { exploreProcess } from './machines/explore.mjs';
import { renderPage } from './machines/render.mjs';

const dist = new URL('../../packages/core/dist/process/', import.meta.url);

export const generator = {
  name: 'machines',
  async outputs() {
    const { processMachine } = await import(new URL('machine.js', dist));
    return machineOutputs(processMachine, await import(new URL('index.js', dist)));
  },
};

/** The texts for one core: its machine's literal and its public functions. */
export function machineOutputs(processMachine, core) {
  const machine = describeMachine(processMachine);
  return new Map([
    ['docs/machines/process.json', `${JSON.stringify(machine, null, 2)}\n`],
    ['docs/machines/process.md', renderPage(machine, exploreProcess(core))],
  ]);
}

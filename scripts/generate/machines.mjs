// docs/machines/: each machine as JSON, as a Mermaid diagram, and as tables found by stepping it.
import { describeMachine } from './machines/describe.mjs';
import { exploreProcess, PROCESS_WORDS } from './machines/explore-process.mjs';
import { exploreSession, SESSIONS } from './machines/explore-session.mjs';
import { renderPage } from './machines/render.mjs';

const dist = new URL('../../packages/core/dist/', import.meta.url);

export const generator = {
  name: 'machines',
  async outputs() {
    const load = async (path) => await import(new URL(path, dist));
    return machineOutputs({
      ...(await load('process/machine.js')),
      ...(await load('client/machine.js')),
      ...(await load('server/machine.js')),
      processCore: await load('process/index.js'),
      sessionCore: { ...(await load('index.js')), ...(await load('saving.js')) },
    });
  },
};

/** The texts for all machines: of each its literal, and of each core its public functions. */
export function machineOutputs({ processMachine, clientMachine, serverMachine, processCore, sessionCore }) {
  return new Map([
    ...outputsOf(processMachine, exploreProcess(processCore), PROCESS_WORDS),
    ...outputsOf(clientMachine, exploreSession(sessionCore, SESSIONS.client), SESSIONS.client.words),
    ...outputsOf(serverMachine, exploreSession(sessionCore, SESSIONS.server), SESSIONS.server.words),
  ]);
}

function outputsOf(literal, steps, words) {
  const machine = describeMachine(literal);
  return [
    [`docs/machines/${machine.id}.json`, `${JSON.stringify(machine, null, 2)}\n`],
    [`docs/machines/${machine.id}.md`, renderPage(machine, steps, words)],
  ];
}

// Every state that the process core can reach, and what each input does there: stepped, not read off the machine.

const NOW = 0;
const TIMERS = ['grace', 'term', 'reap', 'drain'];
const PLAIN_INPUTS = [
  { type: 'start' },
  { type: 'close' },
  { type: 'kill' },
  { type: 'spawned' },
  { type: 'spawnFailed', code: 'ENOENT' },
  { type: 'inputBroken' },
  { type: 'outputEnded' },
  { type: 'exited', code: 0, signal: null },
  { type: 'groupGone' },
];

/** What the tables speak of: the inputs by name; what is remembered beside the state, as words for "so" and "not so". */
export const PROCESS_WORDS = {
  inputs: [...PLAIN_INPUTS.map(({ type }) => type), ...TIMERS.map((timer) => `${timer} elapsed`)],
  facts: {
    asked: ['close was asked for', 'no close yet'],
    exited: ['leader gone', 'leader lives'],
    outputDone: ['output done', 'output open'],
    groupGone: ['group gone', 'group not gone'],
  },
};

/** @returns {{ path, facts, input, next: { path, facts }, effects }[]} one entry for each reachable state and input */
export function exploreProcess(core) {
  const first = core.openProcess(core.PROCESS_DEFAULTS, NOW);
  const seen = new Set([JSON.stringify(core.abstract(first))]);
  const waiting = [first];
  const steps = [];
  for (let state = waiting.shift(); state; state = waiting.shift()) {
    for (const { name, input } of inputsFor(core.save(state).timers)) {
      const [next, effects] = input ? core.step(state, input) : [state, []];
      steps.push({ ...look(core, state), input: name, next: look(core, next), effects: effects.map(nameEffect) });
      const key = JSON.stringify(core.abstract(next));
      if (!seen.has(key)) waiting.push(next);
      seen.add(key);
    }
  }
  return steps;
}

/** A timer that is not armed cannot elapse; its expiry would be stale. */
function inputsFor(armed) {
  return [
    ...PLAIN_INPUTS.map((input) => ({ name: input.type, input: { ...input, now: NOW } })),
    ...TIMERS.map((name) => {
      const input = armed[name] && { type: 'elapsed', name, generation: armed[name].generation, now: NOW };
      return { name: `${name} elapsed`, input };
    }),
  ];
}

function look(core, state) {
  const { asked, exit, outputDone, groupGone } = core.abstract(state);
  return { path: core.phase(state), facts: { asked, exited: exit !== null, outputDone, groupGone } };
}

function nameEffect(effect) {
  return [effect.type, effect.name ?? effect.signal ?? effect.how].filter(Boolean).join(' ');
}

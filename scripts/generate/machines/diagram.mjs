// One machine as a Mermaid state diagram.

/** All states first, then all transitions, all at top level: inside a composite Mermaid would declare states anew. */
export function renderDiagram({ initial, states }) {
  const outside = states.filter(({ meta }) => meta.environment);
  return [
    'stateDiagram-v2',
    ...states.filter(({ path }) => !path.includes('.')).flatMap((state) => declare(state, states, '  ')),
    ...states.flatMap(({ path, ...state }) => bodyOf(state).map((line) => `  ${idOf(path)} : ${line}`)),
    `  [*] --> ${idOf(initial)}`,
    ...states.flatMap(({ path, transitions }) =>
      transitions.filter((t) => t.target).map((t) => `  ${idOf(path)} --> ${idOf(t.target)} : ${labelOf(t)}`),
    ),
    ...outside.flatMap(({ path, meta }) =>
      meta.from.map((from) => `  ${idOf(from)} --> ${idOf(path)} : (from outside)`),
    ),
    ...states.filter(({ type }) => type === 'final').map(({ path }) => `  ${idOf(path)} --> [*]`),
    // Mermaid cannot dash the edge of a state diagram: the state that only the environment leads to is dashed instead.
    ...(outside.length > 0 ? ['  classDef outside stroke-dasharray: 5 5'] : []),
    ...outside.map(({ path }) => `  class ${idOf(path)} outside`),
  ].join('\n');
}

function declare({ path, name }, states, indent) {
  const children = states.filter((other) => other.path.slice(0, other.path.lastIndexOf('.')) === path);
  const head = `${indent}state "${name}" as ${idOf(path)}`;
  if (children.length === 0) return [head];
  return [`${head} {`, ...children.flatMap((child) => declare(child, states, `${indent}  `)), `${indent}}`];
}

/** Entry, exit and the inputs that stay inside, as UML writes them into the state. */
function bodyOf({ type, entry, exit, transitions }) {
  if (type === 'compound') return [];
  return [
    ...(entry.length > 0 ? [`entry / ${namesOf(entry)}`] : []),
    ...(exit.length > 0 ? [`exit / ${namesOf(exit)}`] : []),
    ...transitions.filter((t) => !t.target && t.actions.length > 0).map(labelOf),
  ];
}

function labelOf({ event, delay, guard, actions }) {
  const trigger = event ?? `after ${delay}`;
  return `${trigger}${guard ? ` [${guard}]` : ''}${actions.length > 0 ? ` / ${namesOf(actions)}` : ''}`;
}

function namesOf(actions) {
  return actions.map(({ name, params }) => [name, ...Object.values(params)].join(' ')).join(', ');
}

function idOf(path) {
  return path.replaceAll('.', '_');
}

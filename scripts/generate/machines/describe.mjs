// A machine as plain data: what a page needs to draw it, and nothing of XState.

/** @returns {{ id, description, initial, context, states: object[] }} states in document order, parents first */
export function describeMachine(machine) {
  const { id, config } = machine;
  return {
    id,
    description: config.description,
    initial: pathOf(machine.root.initial.target[0]),
    context: config.context,
    states: Object.values(machine.root.states).flatMap(describeState),
  };
}

function describeState(node) {
  const { config } = node;
  const state = {
    path: pathOf(node),
    name: node.key,
    type: node.type,
    description: node.description,
    tags: node.tags,
    meta: node.meta ?? {},
    initial: node.type === 'compound' ? pathOf(node.initial.target[0]) : null,
    entry: toList(config.entry).map(describeAction),
    exit: toList(config.exit).map(describeAction),
    delays: Object.keys(config.after ?? {}),
    transitions: [...node.transitions.values()].flat().map(describeTransition),
  };
  return [state, ...Object.values(node.states).flatMap(describeState)];
}

/** `target: null` without actions is a transition that is forbidden on purpose. */
function describeTransition({ eventType, delay, guard, target, actions }) {
  return {
    ...(delay === undefined ? { event: eventType } : { delay }),
    guard: guard ?? null,
    target: target ? pathOf(target[0]) : null,
    actions: actions.map(describeAction),
  };
}

function describeAction(action) {
  const { type, params } = typeof action === 'string' ? { type: action } : action;
  return { name: type, params: params ?? {} };
}

function pathOf(node) {
  return node.path.join('.');
}

function toList(value) {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

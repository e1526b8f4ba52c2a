// The steps of one machine as tables: where each input leads, and what it does.

/** The product of state and input, by targets alone. */
export function renderMatrix(steps, { inputs, facts }) {
  const rows = group(steps, ({ path }) => path).map(([path, atPath]) => [
    `**${path}**`,
    ...inputs.map((name) => {
      const changing = atPath.filter((step) => step.input === name && !changesNothing(step, facts));
      const targets = changing.map(({ next }) => (next.path === path ? '=' : next.path));
      return [...new Set(targets)].sort().join('<br>') || '·';
    }),
  ]);
  return table(['', ...inputs], rows);
}

/** What each input does in each state, and on what that depends. */
export function renderSteps(steps, { facts }) {
  return group(steps, ({ path }) => path)
    .flatMap(([path, atPath]) => renderState(path, atPath, facts))
    .join('\n\n');
}

export function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function renderState(path, steps, facts) {
  const rows = group(steps, ({ input }) => input).flatMap(([input, cases]) =>
    group(cases, (step) => outcomeOf(step, facts))
      .filter(([, [example]]) => !changesNothing(example, facts))
      .map(([, same]) => [
        `\`${input}\``,
        conditionOf(same, cases, facts),
        same[0].next.path === path ? 'stays' : `\`${same[0].next.path}\``,
        learned(same[0], facts).join(', '),
        fullest(same)
          .map((effect) => `\`${effect}\``)
          .join(', '),
      ]),
  );
  if (rows.length === 0) return [`### ${path}`, 'Final: nothing changes any more.'];
  return [`### ${path}`, table(['input', 'when', 'next', 'remembers', 'effects'], rows)];
}

/** The fewest facts that tell these cases from the others of the same pair. */
function conditionOf(same, cases, facts) {
  const others = cases.filter((step) => !same.includes(step));
  let names = Object.keys(facts).filter((fact) => new Set(same.map((step) => step.facts[fact])).size === 1);
  const tellsApart = (some) => others.every((step) => some.some((fact) => step.facts[fact] !== same[0].facts[fact]));
  if (!tellsApart(names)) throw new Error(`no plain condition for ${same[0].input} in ${same[0].path}`);
  for (const name of [...names]) {
    const fewer = names.filter((other) => other !== name);
    if (tellsApart(fewer)) names = fewer;
  }
  return names.map((fact) => facts[fact][same[0].facts[fact] ? 0 : 1]).join(', ');
}

function outcomeOf(step, facts) {
  return JSON.stringify([step.next.path, learned(step, facts), step.effects.filter(isAlways)]);
}

/** Cases that differ in what is optional are one: the one with most of it is shown. */
function fullest(same) {
  const [longest] = same.map(({ effects }) => [...new Set(effects)]).toSorted((a, b) => b.length - a.length);
  return longest;
}

function isAlways(effect) {
  return !effect.startsWith('(');
}

/** What a step remembers that was not so before it: facts, and the cause of the end. */
function learned({ facts: before, next, cause }, facts) {
  return [
    ...(next.cause && !cause ? [`cause ${next.cause}`] : []),
    ...Object.keys(facts).flatMap((fact) => (next.facts[fact] && !before[fact] ? [facts[fact][0]] : [])),
  ];
}

function changesNothing(step, facts) {
  return step.next.path === step.path && learned(step, facts).length === 0 && step.effects.length === 0;
}

function group(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
}

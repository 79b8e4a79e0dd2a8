import type { StateMachine } from './compile.ts';
import { shapeOf, stepShape } from './drawing-shapes.ts';
import type { State, States } from './states.ts';

/**
 * A state machine as a Graphviz graph (DOT), to be read like the SOP: from the top down, branches beside each other in boxes.
 * A request and the wait for its answer are one box of two rows. Pure: the same machine gives the same text.
 */
export function drawing({ StartAt, States: states }: StateMachine): string {
  const drawn = row(states, { end: undefined });
  return [
    'digraph {',
    'graph [rankdir=TB, nodesep=0.18, ranksep=0.28, margin=0, bgcolor="transparent", fontname="Helvetica-Bold", fontsize=13]',
    'node [fontname="Helvetica", fontsize=13, margin="0.12,0.06", height=0.3]',
    'edge [fontname="Helvetica", fontsize=11, arrowsize=0.6]',
    'start [shape=circle, class=start, label="", width=0.16, height=0.16]',
    ...drawn.nodes,
    ...drawn.edges,
    edge('start', entryOf(StartAt, states)),
    '}',
  ].join('\n');
}

/** Arrows stand apart: Graphviz puts a node into the box in which it is first spoken of. */
interface Drawn {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}

const together = (parts: readonly Drawn[]): Drawn => ({
  nodes: parts.flatMap(({ nodes }) => nodes),
  edges: parts.flatMap(({ edges }) => edges),
});

interface Where {
  /** The node to which what ends here leads on; undefined where nothing does. */
  readonly end: string | undefined;
}

/** The states of one row, each under its name; those of branches inside. */
function row(given: States, where: Where): Drawn {
  const states = withChoices(given);
  return together(
    Object.entries(states).map(([name, state]): Drawn => {
      if (isWaitOfStep(state) || isEndOfBranch(state, where)) return { nodes: [], edges: [] };
      if (state['Type'] === 'Parallel') return parallel(name, state, { states, where });
      const wait = isAsk(name, state, states) ? String(state['Next']) : undefined;
      const isLast = state['End'] === true && where.end === undefined;
      const node = wait === undefined ? shapeOf(name, state, isLast) : stepShape(name, wait);
      const leaving = wait === undefined ? state : states[wait];
      return { nodes: [`${id(name)} ${node}`], edges: edgesOf(name, leaving ?? state, { states, where }) };
    }),
  );
}

/** A branch that only some handoffs go through is drawn as what it asks: a Choice, and what some do, up to the branch's end. */
const withChoices = (states: States): States =>
  Object.fromEntries(
    Object.entries(states).flatMap(([name, state]) => {
      if (state['Type'] !== 'Map') return [[name, state]];
      const { StartAt, States: inside } = state['ItemProcessor'] as {
        readonly StartAt: string;
        readonly States: States;
      };
      return [[name, { Type: 'Choice', Choices: [{ Next: StartAt }] }], ...Object.entries(inside)];
    }),
  );

interface Inside {
  readonly states: States;
  readonly where: Where;
}

function parallel(name: string, state: State, inside: Inside): Drawn {
  const branches = state['Branches'] as readonly { readonly StartAt: string; readonly States: States }[];
  const [fork, join] = [forkOf(name), joinOf(name)];
  const drawn = branches.map((branch) => row(branch.States, { end: join }));
  return {
    nodes: [
      `subgraph ${id(`cluster ${name}`)} {`,
      `graph [label=<<TABLE BORDER="0"><TR><TD>${name}</TD></TR></TABLE>>, class=beside, style=rounded, margin=10, labeljust=l]`,
      `${fork} [shape=point, class=fork, width=0.07]`,
      ...drawn.flatMap(({ nodes }, i) => [
        `subgraph ${id(`cluster ${name} ${i}`)} {`,
        'graph [label="", class=branch, style=rounded, margin=8]',
        ...nodes,
        '}',
      ]),
      `${join} [shape=point, class=fork, width=0.07]`,
      '}',
    ],
    edges: [
      // Branches begin at the same height, however short they are.
      ...branches.map(({ StartAt, States }) => edge(fork, entryOf(StartAt, States), 'weight=20')),
      ...together(drawn).edges,
      ...edgesOf(name, state, inside),
    ],
  };
}

/** The arrows that leave a state: what its choice leads to, and what comes next. */
function edgesOf(name: string, state: State, { states, where }: Inside): string[] {
  const from = state['Type'] === 'Parallel' ? joinOf(name) : id(name);
  const to = (next: unknown): string | undefined => {
    const target = states[String(next)];
    if (!target) return where.end;
    return isEndOfBranch(target, where) ? where.end : entryOf(String(next), states);
  };
  if (state['Type'] === 'Choice') {
    const choices = state['Choices'] as readonly { readonly Next: string }[];
    return [
      ...choices.map(({ Next }) => edge(from, to(Next), 'label=" yes"')),
      edge(from, to(state['Default']), 'label=" no"'),
    ];
  }
  if (state['Type'] === 'Succeed') return [];
  const next = state['End'] ? where.end : to(state['Next']);
  const readings = readingsAfter(state, states).map((reading) => edge(from, to(reading), 'style=dashed'));
  return next === undefined ? readings : [edge(from, next), ...readings];
}

/** The states that read an answer after which the flow does not simply go on. */
const readingsAfter = (state: State, states: States): readonly string[] =>
  ((state['Catch'] ?? []) as readonly { readonly Next: string }[])
    .map(({ Next }) => Next)
    .filter((name) => String(states[name]?.['Resource']).endsWith(':getItem'));

const isAsk = (name: string, state: State, states: States): boolean => {
  const next = states[String(state['Next'])];
  return state['Type'] === 'Task' && next !== undefined && isWaitOfStep(next) && isStepOf(name, next);
};

/** Waits for somebody's answer: drawn with the request before it. */
const isWaitOfStep = (state: State): boolean => String(state['Resource']).endsWith('.waitForTaskToken');

/** The end of a branch is where its arrows come together again. */
const isEndOfBranch = (state: State, { end }: Where): boolean => state['Type'] === 'Succeed' && end !== undefined;

/** The node at which a state is entered. */
function entryOf(name: string, states: States): string {
  const state = states[name];
  if (state?.['Type'] === 'Parallel') return forkOf(name);
  // A mail whose state has asked as well leads to the wait, which is drawn with its request.
  const ask =
    state &&
    isWaitOfStep(state) &&
    Object.keys(states).find((each) => states[each]?.['Next'] === name && isStepOf(each, state));
  return id(ask || name);
}

/** Whether a wait asks again by this state. */
const isStepOf = (name: string, wait: State): boolean =>
  ((wait['Catch'] ?? []) as readonly { readonly Next: string }[]).some(({ Next }) => Next === name);

const forkOf = (name: string): string => id(`fork ${name}`);
const joinOf = (name: string): string => id(`join ${name}`);

const edge = (from: string, to: string | undefined, attributes = ''): string =>
  to === undefined ? '' : `${from} -> ${to}${attributes === '' ? '' : ` [${attributes}]`}`;

const id = (name: string): string => `"${name}"`;

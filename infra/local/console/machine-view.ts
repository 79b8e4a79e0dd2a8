import { DescribeStateMachineForExecutionCommand } from '@aws-sdk/client-sfn';
import type { HandoffRecord } from '../../../functions/domain/handoff/handoff.ts';
import { ruleIn } from '../../../functions/domain/handoff/step-rule.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import type { Html } from '../../../functions/pages/html.ts';
import { lateStates, machineCard, type StateOf } from '../../../functions/pages/operations/machine-card.ts';
import { pictureOf } from '../../../statemachines/shipped-pictures.ts';
import { findPlaybook } from '../../../statemachines/shipped-playbooks.ts';
import type { System } from '../system.ts';
import { type Execution, executionArn } from './execution.ts';
import { currentStates } from './execution-states.ts';
import { takenPath } from './taken-path.ts';

/** The pictures of state machines, each drawn or read once. */
export interface Pictures {
  of(playbook: Playbook): Promise<string>;
}

export function createPictures(): Pictures {
  const kept = new Map<Playbook, Promise<string>>();
  return {
    of: (playbook) => {
      const picture = kept.get(playbook) ?? pictureFor(playbook);
      kept.set(playbook, picture);
      return picture;
    },
  };
}

/** The committed picture of a shipped playbook; any other is drawn. */
async function pictureFor(playbook: Playbook): Promise<string> {
  const shipped = findPlaybook(playbook.name);
  const committed = 'playbook' in shipped && shipped.playbook === playbook ? pictureOf(playbook.name)?.svg : undefined;
  if (committed !== undefined) return committed;
  const drawing = await import('../../../statemachines/picture.ts');
  return drawing.pictureOf(playbook);
}

export interface Machine {
  readonly svg: string;
  /** Amazon States Language. */
  readonly definition: string;
  readonly execution: Execution;
  readonly record: HandoffRecord | undefined;
  /** Virtual milliseconds since the epoch. */
  readonly now: number;
  /** Shows all of it, not only where it stands. */
  readonly whole: boolean;
  /** Where it is shown in part, and where whole. */
  readonly paths: { readonly part: string; readonly whole: string };
}

/** The state machine's picture, marked with the way of an execution: where it stands, the path it took, what was late. */
export function machineView({ definition, execution, record, now, ...shown }: Machine): Html {
  const path = takenPath(execution.events);
  const current = new Set(currentStates(execution.events));
  const requestOf = requestsOf(JSON.parse(definition));
  const late = record
    ? lateStates(record, statesIn(requestOf, record), new Date(now).toISOString())
    : new Set<string>();
  const marks = { path, current, late, requestOf };
  // Where it has ended, the state that it came to last.
  const around = current.size > 0 ? [...current] : [...path.entered].slice(-1);
  return machineCard({ ...shown, marks, around });
}

/** The definition that an execution follows. */
export async function definitionOf(system: System, name: string): Promise<string> {
  const { definition } = await system.clients.sfn.send(
    new DescribeStateMachineForExecutionCommand({ executionArn: executionArn(system, name) }),
  );
  return definition ?? '{}';
}

interface State {
  readonly Next?: string;
  readonly Resource?: string;
  readonly Branches?: readonly States[];
  readonly ItemProcessor?: States;
  readonly Catch?: readonly { readonly Next: string }[];
}
interface States {
  readonly States?: Readonly<Record<string, State>>;
}

/** The request of each step, by what the step waits for. */
const statesIn =
  (requestOf: ReadonlyMap<string, string>, record: HandoffRecord): StateOf =>
  (step) =>
    [...requestOf].find(([wait]) => wait.startsWith(`Wait for ${ruleIn(record, step).waitFor} (`))?.[1];

/** The request before each wait for an answer, by the name of the wait. */
function requestsOf({ States: states = {} }: States): Map<string, string> {
  const requests = new Map<string, string>();
  for (const [
    name,
    { Next: next = '', ItemProcessor: within, Branches: branches = within ? [within] : [] },
  ] of Object.entries(states)) {
    // A mail's state may lead to the wait as well; the request is what it goes back to.
    const { Resource: resource, Catch: catches = [] } = states[next] ?? {};
    if (resource?.endsWith('.waitForTaskToken') && catches.some(({ Next }) => Next === name)) requests.set(next, name);
    for (const branch of branches) for (const [wait, request] of requestsOf(branch)) requests.set(wait, request);
  }
  return requests;
}

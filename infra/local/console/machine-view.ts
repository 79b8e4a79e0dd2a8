import { readFile } from 'node:fs/promises';
import { DescribeStateMachineForExecutionCommand } from '@aws-sdk/client-sfn';
import { raw } from 'hono/html';
import { type HandoffRecord, isLate, roundsOf, ruleIn } from '../../../functions/domain/handoff/handoff.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { type Html, html } from '../../../functions/pages/html.ts';
import { findPlaybook } from '../../../statemachines/shipped-playbooks.ts';
import type { System } from '../system.ts';
import { type Execution, executionArn } from './execution.ts';
import { currentStates } from './execution-states.ts';
import { focusedPicture } from './focused-picture.ts';
import { markedPicture } from './marked-picture.ts';
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
  if ('playbook' in shipped && shipped.playbook === playbook)
    return readFile(new URL(`../../../statemachines/${playbook.name}.svg`, import.meta.url), 'utf8');
  const { pictureOf } = await import('../../../statemachines/picture.ts');
  return pictureOf(playbook);
}

/** The picture and the style that it brings along, apart: a page allows styles one by one. */
export function withoutStyle(svg: string): { readonly picture: string; readonly style: string } {
  const [whole = '', style = ''] = /<style>([\s\S]*?)<\/style>\n?/.exec(svg) ?? [];
  return { picture: svg.replace(whole, ''), style };
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
export function machineView({ svg, definition, execution, record, now, whole, paths }: Machine): Html {
  const requestOf = requestsOf(JSON.parse(definition));
  const current = new Set(currentStates(execution.events));
  const marks = { path: takenPath(execution.events), current, late: lateStates(record, requestOf, now), requestOf };
  const marked = markedPicture(withoutStyle(svg).picture, marks);
  // Where it has ended, the state that it came to last.
  const last = current.size > 0 ? [...current] : [...marks.path.entered].slice(-1);
  const shown = whole
    ? marked
    : focusedPicture(
        marked,
        last.map((state) => requestOf.get(state) ?? state),
      );
  const other = whole
    ? html`<a class="small end" href="${paths.part}">Where it stands</a>`
    : html`<a class="small end" href="${paths.whole}">Whole picture</a>`;
  return html`<section class="card machine" aria-label="State machine"><div class="line"><h2>State machine</h2><span class="legend small"><i class="now"></i> now <i class="past"></i> passed <i class="late"></i> late</span>${other}</div>
<div class="picture${whole && ' whole'}"${whole && html` tabindex="0" role="region" aria-label="Picture of the state machine"`}>${raw(shown)}</div></section>`;
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
}
interface States {
  readonly States?: Readonly<Record<string, State>>;
}

/** The request before each wait for an answer, by the name of the wait. */
function requestsOf({ States: states = {} }: States): Map<string, string> {
  const requests = new Map<string, string>();
  for (const [name, { Next: next = '', Branches: branches = [] }] of Object.entries(states)) {
    if (states[next]?.Resource?.endsWith('.waitForTaskToken')) requests.set(next, name);
    for (const branch of branches) for (const [wait, request] of requestsOf(branch)) requests.set(wait, request);
  }
  return requests;
}

/** The requests whose answer was late in some round, or is by now. */
function lateStates(
  record: HandoffRecord | undefined,
  requestOf: ReadonlyMap<string, string>,
  now: number,
): ReadonlySet<string> {
  const asOf = new Date(now).toISOString();
  const late = Object.values(record?.steps ?? {}).filter((step) => roundsOf(step).some((round) => isLate(round, asOf)));
  const waits = late.map(({ step }) => record && `Wait for ${ruleIn(record, step).waitFor} (`);
  return new Set(
    [...requestOf].flatMap(([wait, request]) =>
      waits.some((begin) => begin && wait.startsWith(begin)) ? request : [],
    ),
  );
}

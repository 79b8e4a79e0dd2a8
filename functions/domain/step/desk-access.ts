import { pendingRequest } from '../handoff/exceptions.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import { partiesOf } from '../handoff/roles-held.ts';
import type { StepRecord } from '../handoff/step-record.ts';
import { isOver } from '../handoff/step-rule.ts';
import { stillActs } from '../handoff/still-acts.ts';
import type { People } from '../people/people.ts';
import type { Capacity } from '../playbook/playbook.ts';

/** Who sits at the desk. */
export interface AtDesk {
  readonly email: string;
  /** Mail addresses of those whose work they look after. */
  readonly lookedAfter: ReadonlySet<string>;
  readonly people: People;
}

/**
 * In what capacity somebody opens a step from their desk: what they own, review or look after they act on; of a handoff in which
 * they, or those they look after, have a part they see the rest. Undefined for what is none of theirs, or not open.
 */
export function deskCapacity(record: HandoffRecord, step: string, at: AtDesk): Capacity | undefined {
  // It comes from a form.
  const asked = Object.hasOwn(record.steps, step) ? record.steps[step] : undefined;
  if (!asked || asked.decision || isOver(record, step)) return undefined;
  if (asked.owner === at.email) return 'owner';
  if (pendingRequest(asked)?.reviewer === at.email) return 'reviewer';
  if (at.people.get(at.email)?.role === 'revenueOperations') return 'revenueOperations';
  if (isAbove(asked, at) && stillActs(record, at.people, { asked, link: { person: at.email, as: 'manager' } }))
    return 'manager';
  return takesPart(record, at) ? 'reader' : undefined;
}

const isAbove = ({ owner, standInFor = owner, exceptions = [] }: StepRecord, { lookedAfter }: AtDesk): boolean =>
  [owner, standInFor, exceptions.at(-1)?.reviewer].some((email) => email !== undefined && lookedAfter.has(email));

/** Whether somebody, or one of those they look after, holds a role in a handoff, or owns one of its steps. */
const takesPart = (record: HandoffRecord, { email, lookedAfter }: AtDesk): boolean =>
  partiesOf(record).some((each) => each === email || lookedAfter.has(each));

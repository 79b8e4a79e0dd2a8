import { stepsSupplying } from '../playbook/capabilities.ts';
import type { Instant } from '../time/calendar.ts';
import type { HandoffRecord } from './handoff.ts';
import { planText } from './plan-text.ts';
import { draftPlanOf } from './success-plan.ts';
import { lastSupplied } from './supplied.ts';

/** The success plan as it stands. People are mail addresses. */
export interface StandingPlan {
  readonly text: string;
  /** Who saved it last, and when; absent while it is the draft of the system. */
  readonly edited?: { readonly by: string; readonly at: Instant };
  /** Who has reviewed it internally, as told by `toldBy`. */
  readonly reviewed?: { readonly by: string; readonly toldBy: string; readonly at: Instant };
}

/** The plan that somebody saved last; the draft until then. */
export function planOf(record: HandoffRecord): StandingPlan {
  const saved = lastSupplied(record, 'successPlan');
  const reviewed = lastSupplied(record, 'planReviewer');
  return {
    text: saved?.value ?? planText(draftPlanOf(record)),
    ...(saved && { edited: { by: saved.by, at: saved.at } }),
    ...(reviewed && { reviewed: { by: reviewed.value, toldBy: reviewed.by, at: reviewed.at } }),
  };
}

/** Whether somebody has been asked for a plan: from then on it is within reach on every page. */
export const hasPlan = (record: HandoffRecord): boolean =>
  stepsSupplying(record.playbook, 'successPlan').some(({ id }) => record.steps[id] !== undefined);

import type { FunctionName } from './function-names.ts';

/** What a CRM's events say they come from. */
export const dealSource = 'handoff.crm';

/** What the CRM said, as it was heard: it goes to the queue of what is to be read. */
export const heardRule = {
  name: 'deal-heard',
  what: 'What the CRM said of deals waits to be read there.',
  source: 'handoff.heard',
  detailType: 'Deal Heard',
} as const;

/** What a CRM says on a bus of its own goes there, too. */
export const partnerRule = {
  name: 'deal-heard-from-partner',
  what: 'What the CRM says on its own bus waits to be read there.',
} as const;

const won = ['Deal Closed Won'];
const stopped = ['Deal Reopened', 'Deal Lost', 'Deal Cancelled'];
const changed = ['Deal Changed'];
const proposed = ['Deal Proposed'];
const outcomes = ['Onboarding Completed', 'Customer Expanded', 'Customer Renewed', 'Customer Churned'];
const known = [...won, ...stopped, ...changed, ...proposed, ...outcomes];

/** Values of an event's field: these, or any but these. */
export type Values = readonly string[] | { readonly anythingBut: readonly string[] };

export interface DealRule {
  readonly name: string;
  readonly what: string;
  readonly source: Values;
  readonly detailType: Values;
  /** The function that takes the event. */
  readonly target: FunctionName;
}

/**
 * Which events go where, on AWS and on one machine. An event that is nearly a deal's matches a rule too: it would vanish
 * silently otherwise, while `start-handoff` keeps it with the reason why it cannot be used.
 */
export const dealRules: readonly DealRule[] = [
  {
    name: 'deal-closed-won',
    what: 'A won deal starts a handoff.',
    source: [dealSource],
    detailType: won,
    target: 'start-handoff',
  },
  {
    name: 'deal-stopped',
    what: 'A deal that is no longer won stops its handoff.',
    source: [dealSource],
    detailType: stopped,
    target: 'stop-deal',
  },
  {
    name: 'deal-proposed',
    what: 'A deal past the proposal stage gets a draft package.',
    source: [dealSource],
    detailType: proposed,
    target: 'follow-deal',
  },
  {
    name: 'deal-changed',
    what: 'What changes of a deal that is won is followed in its handoff.',
    source: [dealSource],
    detailType: changed,
    target: 'follow-deal',
  },
  {
    name: 'customer-outcome',
    what: 'What became of a customer is kept with the handoff of the deal.',
    source: [dealSource],
    detailType: outcomes,
    target: 'follow-deal',
  },
  {
    name: 'deal-type-unknown',
    what: 'An event of the CRM that is no known deal event is kept, with what is wrong about it.',
    source: [dealSource],
    detailType: { anythingBut: known },
    target: 'start-handoff',
  },
  {
    name: 'deal-source-unknown',
    what: 'A deal event from an unknown source is kept, with what is wrong about it.',
    source: { anythingBut: [dealSource] },
    detailType: known,
    target: 'start-handoff',
  },
];

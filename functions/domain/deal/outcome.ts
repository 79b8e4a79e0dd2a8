import type { Instant } from '../time/calendar.ts';

/** What becomes of a customer, by the event that says so (S2, S4). */
export const outcomeEvents = {
  'Onboarding Completed': 'onboarding completed',
  'Customer Expanded': 'expanded',
  'Customer Renewed': 'renewed',
  'Customer Churned': 'churned',
} as const;

export type OutcomeKind = (typeof outcomeEvents)[keyof typeof outcomeEvents];

/** What became of a customer after a handoff, as the CRM or whoever sends events tells it. */
export interface Outcome {
  readonly outcome: OutcomeKind;
  /** When it happened, UTC. */
  readonly at: Instant;
  /** When its event was put on the bus, UTC. */
  readonly saidAt: Instant;
  /** What was gained, kept or lost with it, in units of the currency: neither is ever there without the other. */
  readonly amount?: number;
  /** ISO 4217 code. */
  readonly currency?: string;
  /** What the sender calls it, such as the id of the renewal's deal: said again under it, it is the same outcome, corrected. */
  readonly reference?: string;
}

/** Two with the same of this are the same outcome: by what the sender calls it, else by when it happened. */
export const sameOutcome = ({ outcome, at, reference }: Outcome): string =>
  `${outcome} ${reference ?? new Date(at).toISOString()}`;

/** Whether it was said that the customer's onboarding is complete. */
export const isOnboarded = (outcomes: readonly Pick<Outcome, 'outcome'>[] | undefined): boolean =>
  (outcomes ?? []).some(({ outcome }) => outcome === 'onboarding completed');

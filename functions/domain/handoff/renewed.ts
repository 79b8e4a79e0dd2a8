import type { Outcome } from '../deal/outcome.ts';
import { dayIn } from '../time/formats.ts';
import type { HandoffRecord } from './handoff.ts';

/**
 * Why nobody is reminded of a renewal (S3) on `renewalDate` (`YYYY-MM-DD`): the customer has left, or has renewed by then.
 * Undefined where the contract is still to be renewed. A renewal is of the term that ran on the day before: a date that was
 * entered on its day, or since, ends the next one.
 */
export function nothingToRenew(
  { outcomes = [], packageHistory = {} }: Pick<HandoffRecord, 'outcomes' | 'packageHistory'>,
  renewalDate: string,
): string | undefined {
  const known = outcomes
    .filter(({ outcome }) => outcome !== 'onboarding completed')
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || Date.parse(a.saidAt) - Date.parse(b.saidAt));
  const last = known.at(-1);
  if (last?.outcome === 'churned') return `The customer churned on ${dayOf(last)}.`;
  const entered = packageHistory['contract.renewalDate']?.saved?.at;
  const renewed = known.findLast(
    (each) =>
      each.outcome === 'renewed' &&
      dayOf(each) <= renewalDate &&
      (entered === undefined || dayOf(each) > dayIn(entered, 'UTC')),
  );
  return renewed && `The customer renewed on ${dayOf(renewed)}.`;
}

/** Outcomes that are told by the day begin with it in UTC. */
const dayOf = ({ at }: Outcome): string => dayIn(at, 'UTC');

import { isTexts } from '../fields/reading.ts';
import type { Person } from '../people/person.ts';
import type { Instant } from '../time/calendar.ts';
import type { HandoffRecord } from './handoff.ts';
import type { MailFate } from './mail-record.ts';
import type { Decision } from './step-record.ts';

/** An address outside the company that mail must not go to without a person's word. */
export interface Suppression {
  readonly email: string;
  readonly since: Instant;
  readonly what: 'bounced' | 'complained';
}

/** Why somebody of the own company cannot be reached, as mails and the console say it. */
export const whyUnreachable = (what: 'bounced' | 'complained' | 'rejected', why: string): string =>
  ({
    bounced: `Email bounced (${why})`,
    complained,
    rejected: `An email was refused on its way (${why})`,
  })[what];

const complained = 'An email was reported as spam';
/** As records of earlier versions say it. */
const complainedBefore = 'A mail was reported as spam';

/**
 * Whether a delivery clears the mark: it proves that the mailbox takes mail again. It proves nothing about somebody who
 * reported us as spam (that mail was delivered, too): they have to act on a link.
 */
export const isClearedByDelivery = ({ why }: NonNullable<Person['unreachable']>): boolean =>
  why !== complained && why !== complainedBefore;

/** What is known of an address only ever gets worse by later news about the same mail. */
const order: readonly MailFate['what'][] = ['delivered', 'rejected', 'bounced', 'complained'];

/** The fates that `what` replaces. */
export const weakerFates = (what: MailFate['what']): readonly MailFate['what'][] => order.slice(0, order.indexOf(what));

/** The addresses to which a mail of this handoff came back, or whose owners complained. */
export function troubledAddresses({ mails }: Pick<HandoffRecord, 'mails'>): ReadonlySet<string> {
  const fates = Object.values(mails).flatMap(({ fates = {} }) => Object.entries(fates));
  return new Set(fates.filter(([, { what }]) => what === 'bounced' || what === 'complained').map(([email]) => email));
}

/** Whether a person named the address in a decision of this handoff after it was suppressed: then it is mailed again. */
export function isApprovedAgain({ steps }: Pick<HandoffRecord, 'steps'>, { email, since }: Suppression): boolean {
  const decisions = Object.values(steps).flatMap(({ decision }) => decision ?? []);
  return decisions.some(
    (decision) => decision.as !== 'system' && Date.parse(decision.at) > Date.parse(since) && names(decision, email),
  );
}

const names = ({ evidence }: Decision, email: string): boolean =>
  Object.values(evidence)
    .filter(isTexts)
    .some((list) => list.some((each) => each.toLowerCase() === email));

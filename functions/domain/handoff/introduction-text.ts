import type { HandoffPackage } from '../deal/package.ts';
import { type KnownContact, shareable } from '../deal/shareable.ts';
import { excerpt } from '../fields/clean-text.ts';
import { listed } from '../fields/words.ts';
import { firstName } from '../people/first-name.ts';
import { announcementRule } from '../playbook/announcements.ts';
import { meetsCustomer, tellsOf } from '../playbook/capabilities.ts';
import { customerOf, type HandoffRecord } from './handoff.ts';

/** Who at the customer is written to first: those who decide, champion or work with us, and who stay after the signature. */
export function customerContacts(pkg: HandoffPackage): readonly KnownContact[] {
  const wanted = shareable(pkg).contacts.filter(({ roles }) =>
    roles.some((role) => role === 'decision-maker' || role === 'champion' || role === 'day-to-day'),
  );
  const staying = wanted.filter(({ stays }) => stays);
  return staying.length > 0 ? staying : wanted;
}

export interface Introduction {
  readonly record: Pick<HandoffRecord, 'deal' | 'playbook'>;
  readonly package: HandoffPackage;
  readonly customerSuccessManager: string;
  readonly accountExecutive: string;
  readonly company: string;
  /** The account executive's own words to the customer. */
  readonly personalLine?: string | undefined;
}

/**
 * A draft of the first mail to the customer (S0–S4): who is there for them, what they told us already, what comes next. The CSM
 * edits and approves it. Of the package it uses only what may be shared with the customer; and the line that the account
 * executive wrote for it. It names no time: a deal that is won again must find the same words, so that they don't go out twice.
 */
export function introductionText(introduction: Introduction): string {
  const { record, package: pkg, customerSuccessManager, accountExecutive, company, personalLine } = introduction;
  const { text } = shareable(pkg);
  const names = customerContacts(pkg).map(({ name }) => firstName(name));
  const seller = firstName(accountExecutive);
  const understood = [
    said('Where you want to start', text('dealContext.primaryUseCase')),
    said('By day 30', text('customerGoals.outcomes30Days')),
  ].flat();
  const paragraphs = [
    `Hi ${names.length === 0 ? `everyone at ${customerOf(record)}` : listed(names)},`,
    `Thank you for choosing ${company}. I'm ${customerSuccessManager}, your ${record.playbook.roles.customerSuccessManager.name}. ${seller} (copied) told me what you discussed, so you won't start over.`,
    ...(personalLine === undefined ? [] : [`A word from ${seller}:\n${personalLine}`]),
    ...understood,
    ...(understood.length === 0 ? [] : ['Anything off? Just reply.']),
    meetsCustomer(record.playbook)
      ? `Next is our kickoff: your goals, a plan, who helps you. Which times in the coming days suit you?`
      : `${onboardingText(record)}Would you rather talk? Just reply, and we find a time.`,
    helpText(record, seller),
    `${customerSuccessManager} and ${accountExecutive}, ${company}`,
  ];
  return paragraphs.join('\n\n');
}

/** What comes by itself where no kickoff does. */
function onboardingText({ playbook }: Introduction['record']): string {
  const { length } = tellsOf(playbook).filter(({ tell }) => announcementRule(tell.say).from === 'approved');
  return length === 0 ? '' : `Next come ${length} short ${length === 1 ? 'email' : 'emails'} to get you going. `;
}

/** How long sales answers questions after the introduction. */
function helpText({ playbook }: Introduction['record'], seller: string): string {
  const closes = tellsOf(playbook).find(({ tell }) => tell.say === 'availability-closes' && !tell.silent)?.tell.opens;
  const window = closes?.after === 'introductionSent' ? ` for ${closes.within}` : '';
  return `${seller} will still help${window}; I'm here from now on.`;
}

const said = (label: string, text: string | undefined): string[] =>
  text === undefined ? [] : [`${label}: ${excerpt(text, 240)}`];

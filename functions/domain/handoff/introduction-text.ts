import type { HandoffPackage } from '../deal/package.ts';
import { excerpt } from '../fields/clean-text.ts';
import type { Stakeholder } from '../fields/values.ts';
import { announcementRule } from '../playbook/announcements.ts';
import { meetsCustomer, tellsOf } from '../playbook/capabilities.ts';
import type { HandoffRecord } from './handoff.ts';

/** Who at the customer is written to first: those who decide, champion or work with us, and who stay after the signature. */
export function customerContacts(pkg: HandoffPackage): readonly Stakeholder[] {
  const wanted = (pkg.stakeholders ?? []).filter(({ roles }) =>
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
 * A draft of the first mail to the customer (S0–S4): who is there for them, what they told us already, what comes next.
 * The CSM edits and approves it. Uses nothing of the package but why they bought, the use case and the first goal; and the
 * line that the account executive wrote for it.
 */
export function introductionText(introduction: Introduction): string {
  const { record, package: pkg, customerSuccessManager, accountExecutive, company, personalLine } = introduction;
  const names = customerContacts(pkg).map(({ name }) => name);
  const understood = [
    said('Why you chose us', pkg.dealContext?.whyTheyBought),
    said('What you want to start with', pkg.dealContext?.primaryUseCase),
    said('What you expect in the first 30 days', pkg.customerGoals?.outcomes30Days),
  ].flat();
  const approved = tellsOf(record.playbook).filter(({ tell }) => announcementRule(tell.say).from === 'approved').length;
  const mails =
    approved === 0
      ? ''
      : `Over the next days you will get ${approved} short ${approved === 1 ? 'mail that helps' : 'mails that help'} you get started. `;
  const next = meetsCustomer(record.playbook)
    ? 'As a next step I would like to meet for our kickoff: we go through your goals, agree on a plan, and you meet the people who will help you. Which times in the coming days suit you?'
    : `${mails}If you would rather talk, just reply, and we find a time.`;
  const paragraphs = [
    `Hello ${names.length === 0 ? `everybody at ${excerpt(record.deal.customer.name, 60)}` : listOf(names)},`,
    `Welcome to ${company}! I am ${customerSuccessManager}, and from now on I am the one to turn to. ${accountExecutive}, in copy, has told me what you talked about, so that you need not say it all again.`,
    ...(personalLine === undefined ? [] : [`A word from ${accountExecutive}:\n${personalLine}`]),
    ...(understood.length === 0 ? [] : [`This is what I have understood:\n${understood.join('\n')}`]),
    ...(understood.length === 0 ? [] : ['Please tell me if I got any of it wrong.']),
    next,
    `Best regards\n${customerSuccessManager}\n${company}`,
  ];
  return paragraphs.join('\n\n');
}

function said(label: string, text: string | undefined): string[] {
  return text === undefined || text === 'none' ? [] : [`- ${label}: ${excerpt(text, 240)}`];
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

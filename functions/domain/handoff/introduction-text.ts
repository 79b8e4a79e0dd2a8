import type { HandoffPackage } from '../deal/package.ts';
import { type KnownContact, shareable } from '../deal/shareable.ts';
import { excerpt } from '../fields/clean-text.ts';
import { firstName } from '../people/first-name.ts';
import { announcementRule } from '../playbook/announcements.ts';
import { meetsCustomer, tellsOf } from '../playbook/capabilities.ts';
import { textsOf } from '../texts/texts.ts';
import { withinText } from '../time/wording.ts';
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
  /** Words to the customer of whoever planned the meeting, and who that is. */
  readonly personalLine?: { readonly text: string; readonly by: string } | undefined;
}

/**
 * A draft of the first mail to the customer (S0–S4): who is there for them, what they told us already, what comes next. The CSM
 * edits and approves it. Of the package it uses only what may be shared with the customer; and the line that was
 * written for it, under the name of whoever wrote it. It names no time: a deal that is won again must find the same words, so that they don't go out twice.
 */
export function introductionText(introduction: Introduction): string {
  const { record, package: pkg, customerSuccessManager, accountExecutive, company, personalLine } = introduction;
  const { toCustomer: words } = textsOf(record.playbook.language);
  const { text } = shareable(pkg);
  const names = customerContacts(pkg).map(({ name }) => name);
  // Two of one first name would seem to be one.
  const called = firstName(accountExecutive);
  const seller = called === firstName(customerSuccessManager) ? accountExecutive : called;
  const understood = [
    said(words.start, text('dealContext.primaryUseCase')),
    said(words.day30, text('customerGoals.outcomes30Days')),
  ].flat();
  const paragraphs = [
    words.hi(names, { firstOf: firstName, customer: customerOf(record) }),
    words.thanks({
      company,
      name: customerSuccessManager,
      role: record.playbook.roles.customerSuccessManager.name,
      seller,
    }),
    ...(personalLine === undefined ? [] : [words.personal(personalLine.by, personalLine.text)]),
    ...understood,
    ...(understood.length === 0 ? [] : [words.anythingOff]),
    meetsCustomer(record.playbook) ? words.kickoffNext : `${onboardingText(record)}${words.ratherTalk}`,
    helpText(record, seller),
    words.signed(customerSuccessManager, accountExecutive, company),
  ];
  return paragraphs.join('\n\n');
}

/** What comes by itself where no kickoff does. */
function onboardingText({ playbook }: Introduction['record']): string {
  const { length } = tellsOf(playbook).filter(({ tell }) => announcementRule(tell.say).from === 'approved');
  return textsOf(playbook.language).toCustomer.onboardingNext(length);
}

/** How long sales answers questions after the introduction. */
function helpText({ playbook }: Introduction['record'], seller: string): string {
  const closes = tellsOf(playbook).find(({ tell }) => tell.say === 'availability-closes' && !tell.silent)?.tell.opens;
  const { toCustomer, within } = textsOf(playbook.language);
  const window = closes?.after === 'introductionSent' ? within.for(withinText(closes.within, playbook.language)) : '';
  return toCustomer.stillHelp(seller, window);
}

const said = (write: (text: string) => string, text: string | undefined): string[] =>
  text === undefined ? [] : [write(excerpt(text, 240))];

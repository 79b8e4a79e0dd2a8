import type { EvidenceProblem } from '../domain/fields/evidence.ts';
import type { Evidence } from '../domain/fields/values.ts';
import { ruleIn } from '../domain/handoff/step-rule.ts';
import { announcementMessage } from '../domain/messages/announcement.ts';
import { choiceOf } from '../domain/playbook/capabilities.ts';
import type { Deciding } from './deciding.ts';

export const checkRecipientsUses = ['site', 'calendarOf'] as const;

/** What the mail service takes in one mail: those it goes to, and those in copy. */
const mostRecipients = 50;

/** A mail that a choice lets go out reaches at most fifty people: with more it would be refused when it is about to go. */
export function recipientProblems(
  { world: { site, calendarOf }, opened, submission: { at } }: Deciding<typeof checkRecipientsUses>,
  choice: string,
  evidence: Evidence,
): readonly EvidenceProblem[] {
  const { record, link, people } = opened;
  const rule = ruleIn(record, link.step);
  const asked = record.steps[link.step];
  if (!rule.announce || !asked) return [];
  const decision = { choice, evidence, by: link.person, as: link.as, at };
  const decided = { ...record, steps: { ...record.steps, [link.step]: { ...asked, decision } } };
  const { say } = rule.announce;
  const mail = announcementMessage({ record: decided, say, people, at, site, calendarOf });
  if ('nothing' in mail || mail.to.length + mail.cc.length <= mostRecipients) return [];
  const [to, copies] = [mail.to.length, mail.cc.length];
  const inCopy = copies === 0 ? '' : ` and ${copies} in copy`;
  const field = choiceOf(rule, choice)?.evidence.find(({ kind }) => kind === 'emails')?.name ?? 'choice';
  const problem = `One mail reaches at most ${mostRecipients} people. This one would go to ${to}${inCopy}: enter at most ${mostRecipients - copies}.`;
  return [{ field, problem }];
}

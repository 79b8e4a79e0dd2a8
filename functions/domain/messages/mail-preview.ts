import { readAnswer } from '../fields/answer.ts';
import { type Form, textsOf } from '../fields/evidence.ts';
import type { EvidenceField } from '../fields/field-rule.ts';
import type { Evidence } from '../fields/values.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import { askedStep } from '../handoff/step-rule.ts';
import type { Mailbox } from '../people/people.ts';
import { type Announcement, announcementRule } from '../playbook/announcements.ts';
import { anchorNames } from '../playbook/playbook.ts';
import type { AnnouncementInput } from './announced.ts';
import { announcementMessage } from './announcement.ts';
import type { Message } from './message.ts';

/** An email to the customer as it goes out once a form is sent as it stands. */
export interface MailPreview {
  /** When it goes: '1 day after sign-off'; at once where it is not said. */
  readonly when?: string;
  readonly from: Mailbox;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly replyTo?: string;
  readonly message: Message;
}

interface Previewed extends Omit<AnnouncementInput, 'say' | 'url'> {
  readonly step: string;
  /** Whose form it is: an email address. */
  readonly by: string;
  readonly choice: string;
  /** What stands in the form. */
  readonly form: Form;
}

/**
 * What a choice would send to the customer: the very emails that the announcing functions write later, from the form as it
 * stands. None where the choice sends nothing, or where the form says too little to send it.
 */
export function mailPreviews({ step, by, choice, form, ...input }: Previewed): readonly MailPreview[] {
  const { record, people, at, site } = input;
  const found = askedStep(record, step);
  const chosen = found?.rule.choices.find(({ id }) => id === choice);
  if (!found || !chosen) return [];
  const evidence = evidenceIn(chosen.evidence, form);
  const decision = { choice, by, as: 'owner', at, evidence } as const;
  const decided: HandoffRecord = { ...record, steps: { ...record.steps, [step]: { ...found.asked, decision } } };
  const { announce, approves } = found.rule;
  const approved = approves === undefined ? undefined : record.playbook.steps[approves];
  const later = approved?.kind === 'tell' ? approved.tells.filter(({ silent }) => !silent) : [];
  const mails: readonly { readonly say: Announcement; readonly when?: string }[] = [
    ...(announce ? [{ say: announce.say }] : []),
    ...later.map(({ say, opens }) => ({
      say,
      ...(opens && { when: `${opens.within} after ${anchorNames[opens.after]}` }),
    })),
  ];
  const toCustomer = mails.filter(({ say }) => announcementRule(say).toCustomer);
  return toCustomer.flatMap(({ say, when }): MailPreview[] => {
    const told = announcementMessage({ ...input, record: decided, say });
    if ('nothing' in told) return [];
    const { to, cc, replyTo, message, fromName } = told;
    const from = { name: fromName ?? site.name, email: site.sender ?? '' };
    return [{ from, to, cc, message, ...(replyTo && { replyTo }), ...(when && { when }) }];
  });

  function evidenceIn(fields: readonly EvidenceField[], sent: Form): Evidence {
    const zone = people.get(by)?.availability.zone ?? site.defaultZone;
    const said = fields.flatMap((field) => {
      const { value } = readAnswer(field, textsOf(sent, field.name).join('\n'), { at, zone });
      return value === undefined ? [] : [[field.name, value] as const];
    });
    return Object.fromEntries(said);
  }
}

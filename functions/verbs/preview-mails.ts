import { askedStep } from '../domain/handoff/step-rule.ts';
import type { MailPreview } from '../domain/messages/mail-preview.ts';
import { announcementRule } from '../domain/playbook/announcements.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';

const previewMailsUses = ['site', 'calendarOf'] as const;

/** What the choices of a page would send to the customer, by choice, as its forms stand. */
export type Previews = ReadonlyMap<string, readonly MailPreview[]>;

/**
 * The emails to the customer that the page of a step shows before they go out; empty for any other page. Few steps send any: what
 * writes them is loaded where one does.
 */
export async function previewMails(
  { site, calendarOf }: WorldOf<typeof previewMailsUses>,
  outcome: StepOutcome,
  at: Instant,
): Promise<Previews> {
  if (outcome.kind !== 'step' || !outcome.behind) return new Map();
  const { view, refused, behind } = outcome;
  const { step, person } = view;
  const { announce, approves } = askedStep(behind.record, step)?.rule ?? {};
  const announces = announce && announcementRule(announce.say).toCustomer;
  if (!announces && approves === undefined) return new Map();
  const { mailPreviews } = await import('../domain/messages/mail-preview.ts');
  return new Map(
    view.choices.flatMap(({ id, fields }) => {
      const standing = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
      const form = refused?.choice === id ? refused.typed : standing;
      const mails = mailPreviews({ ...behind, site, calendarOf, at, step, by: person.email, choice: id, form });
      return mails.length === 0 ? [] : [[id, mails] as const];
    }),
  );
}

import * as z from 'zod/mini';
import { once } from '../fields/lazily.ts';
import type { Instant } from '../time/calendar.ts';

/** What the other side said about one mail to one address. `delayed`: it could not be delivered this time. */
type MailFact = 'delivered' | 'delayed' | 'bounced' | 'complained' | 'rejected';

/** What became of a mail of ours, as SES tells it. */
export interface MailEvent {
  readonly what: MailFact;
  /** When it happened, UTC; the same however often the event arrives. */
  readonly at: Instant;
  /** The addresses it happened to, in lower case. */
  readonly recipients: readonly string[];
  /** In a few words, without addresses: `NoEmail`, `abuse`. */
  readonly why: string;
  readonly messageId: string;
  readonly sentAt: Instant;
  /** Undefined of a report, which is about no single handoff. */
  readonly handoffId?: string;
  /** The kind of mail and the step it was about; empty when the mail did not say. */
  readonly kind: string;
  readonly step: string;
}

/** Made when first asked for, because it takes a while and functions start without it. */
const schema = once(() => {
  // By patterns: a minimum length is measured of whatever has a length, be it a text or not.
  const address = z.string().check(z.regex(/^.{3}/s), z.toLowerCase());
  /** With milliseconds always, because the records compare instants as text. */
  const instant = z.pipe(
    z.iso.datetime({ offset: true }),
    z.transform((text) => new Date(text).toISOString()),
  );
  const recipients = z.array(z.object({ emailAddress: address }));

  const mail = z.object({
    messageId: z.string().check(z.regex(/./s)),
    timestamp: instant,
    destination: z.array(address),
    tags: z.record(z.string(), z.array(z.string())),
  });

  return z.discriminatedUnion('eventType', [
    z.object({
      eventType: z.literal('Bounce'),
      mail,
      bounce: z.object({
        bounceType: z.string(),
        bounceSubType: z.string(),
        bouncedRecipients: recipients,
        timestamp: instant,
      }),
    }),
    z.object({
      eventType: z.literal('Complaint'),
      mail,
      complaint: z.object({
        complainedRecipients: recipients,
        complaintFeedbackType: z.nullish(z.string()),
        timestamp: instant,
      }),
    }),
    z.object({ eventType: z.literal('Reject'), mail, reject: z.object({ reason: z.string() }) }),
    z.object({
      eventType: z.literal('Delivery'),
      mail,
      delivery: z.object({ recipients: z.array(address), timestamp: instant }),
    }),
  ]);
});

type Parsed = z.infer<ReturnType<typeof schema>>;

/**
 * Reads an event of SES's event publishing as EventBridge delivers it (`Email Delivered`, `Email Bounced`, `Email Complaint
 * Received`, `Email Rejected`). Undefined for a mail that is neither of a handoff nor a report. Throws when it cannot be read: it then comes
 * again, and ends where ops see it. Nobody's address is in the error.
 */
export function parseMailEvent(event: unknown): MailEvent | undefined {
  const { detail } = Object(event);
  const parsed = schema().safeParse(detail);
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path }) => `detail.${path.join('.')}`);
    throw new Error(`SES sent an event that cannot be read: ${[...new Set(where)].join(', ')}.`);
  }
  const { tags, messageId, timestamp } = parsed.data.mail;
  if (!tags['handoff']?.[0]) return undefined;
  // SES takes no empty tag: a mail about no step says 'none', and a report, which is about no handoff, says it of that as well.
  const tag = (name: string) => (tags[name]?.[0] ?? '').replace(/^none$/, '');
  const handoffId = tag('handoff');
  return {
    ...factOf(parsed.data),
    messageId,
    sentAt: timestamp,
    ...(handoffId && { handoffId }),
    kind: tag('kind'),
    step: tag('step'),
  };
}

function factOf(event: Parsed): Pick<MailEvent, 'what' | 'at' | 'recipients' | 'why'> {
  const addresses = (list: readonly { readonly emailAddress: string }[]) =>
    list.map(({ emailAddress }) => emailAddress);
  switch (event.eventType) {
    case 'Bounce': {
      const { bounceType, bounceSubType, bouncedRecipients, timestamp } = event.bounce;
      return {
        // "Undetermined" says nothing about the address; only a permanent bounce does.
        what: bounceType === 'Permanent' ? 'bounced' : 'delayed',
        at: timestamp,
        recipients: addresses(bouncedRecipients),
        why: bounceSubType,
      };
    }
    case 'Complaint': {
      const { complainedRecipients, complaintFeedbackType, timestamp } = event.complaint;
      return {
        what: 'complained',
        at: timestamp,
        recipients: addresses(complainedRecipients),
        why: complaintFeedbackType ?? 'no reason given',
      };
    }
    case 'Reject':
      // SES says neither when nor for whom: it holds for the mail as a whole.
      return {
        what: 'rejected',
        at: event.mail.timestamp,
        recipients: event.mail.destination,
        why: event.reject.reason,
      };
    case 'Delivery':
      return { what: 'delivered', at: event.delivery.timestamp, recipients: event.delivery.recipients, why: '' };
  }
}

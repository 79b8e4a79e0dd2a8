import type { MailKind, MeetingInvitation, Message } from '../domain/messages/message.ts';
import type { Mailbox } from '../domain/people/people.ts';

/** A mail, ready but for its rendering and encoding. */
export interface OutgoingMail {
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  /** Shown as the sender's name; the address is the system's own. */
  readonly fromName?: string;
  readonly replyTo?: string;
  readonly message: Message;
  readonly invitation?: MeetingInvitation;
  /** Customers see nothing of the internal process. */
  readonly toCustomer?: boolean;
  /** What it is about: never personal data. Mails of one handoff form one thread. */
  readonly tags: {
    /** None of a report, which is about no single handoff. */
    readonly handoff?: string;
    readonly kind: MailKind;
    readonly step: string;
    /** All steps that it speaks of, where there are several, each with its kind: one link each, in this order. SES joins them by `_`. */
    readonly steps?: readonly string[];
    readonly kinds?: readonly string[];
  };
}

/** The mail service. */
export interface Mail {
  /** Throws MailThrottled or MailRejected when the mail certainly was not sent; any other error (MailUnavailable) leaves it unknown. */
  send(mail: OutgoingMail): Promise<{ messageId: string }>;
}

import { SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { SiteFacts } from '../domain/handoff/site.ts';
import { renderMail } from '../mails/render-mail.ts';
import {
  MailBlocked,
  MailForbidden,
  MailQuotaExhausted,
  MailRejected,
  MailThrottled,
  MailUnavailable,
} from '../ports/errors.ts';
import type { Mail, OutgoingMail } from '../ports/mail.ts';
import { passesByItself } from './passing-errors.ts';

export interface SesSettings {
  /** The verified address mails come from. */
  readonly from: string;
  readonly configurationSet?: string;
  /** Where answers go to mails that name nobody else for them. */
  readonly replyTo?: string;
}

/** One attempt: after a lost answer a second one could send a mail twice, and the state machine waits better than a function. */
export const sesOfEnvironment = (): SESClient => new SESClient({ maxAttempts: 1 });

/**
 * Mail through SES v1 `SendRawEmail`: text, HTML and, where a meeting is scheduled, a calendar part that Outlook and Gmail
 * show as an invitation. Mails of one handoff refer to one root id, which makes them one thread.
 */
export function sesMail(client: SESClient, site: SiteFacts, settings: SesSettings): Mail {
  return {
    async send(mail) {
      const raw = await encode(mail, site, settings);
      try {
        const { MessageId } = await client.send(
          new SendRawEmailCommand({
            Source: settings.from,
            Destinations: [...mail.to, ...mail.cc].map(({ email }) => email),
            RawMessage: { Data: raw },
            Tags: [
              // SES takes no empty tag: a report says 'none'.
              { Name: 'handoff', Value: tagValue(mail.tags.handoff ?? '') },
              { Name: 'kind', Value: tagValue(mail.tags.kind) },
              { Name: 'step', Value: tagValue(mail.tags.step) },
              ...(mail.tags.steps ? [{ Name: 'steps', Value: tagValue(mail.tags.steps.join('_')) }] : []),
              ...(mail.tags.kinds ? [{ Name: 'kinds', Value: tagValue(mail.tags.kinds.join('_')) }] : []),
            ],
            ...(settings.configurationSet && { ConfigurationSetName: settings.configurationSet }),
          }),
        );
        return { messageId: MessageId ?? '' };
      } catch (error) {
        throw asRefusal(error);
      }
    },
  };
}

/** SES allows letters, digits, `_` and `-` in a tag, and none that is empty. */
const tagValue = (text: string): string => text.replace(/[^A-Za-z0-9_-]/g, '-').slice(0, 255) || 'none';

function asRefusal(error: unknown): unknown {
  if (passesByItself(error)) return new MailUnavailable(`SES: ${error.name}`, { cause: error });
  if (!(error instanceof SESServiceException)) return error;
  if (error.name === 'Throttling' || error.name === 'ThrottlingException') {
    // SES tells its two quotas apart in words only.
    const Throttled = /daily/i.test(error.message) ? MailQuotaExhausted : MailThrottled;
    return new Throttled(`SES: ${error.message}`, { cause: error });
  }
  // IAM's words, which in the sandbox may name whom the mail was for.
  if (/^AccessDenied/.test(error.name))
    return new MailForbidden(error.message.replace(/identity\/[^'\s]*@/g, 'identity/...@'), { cause: error });
  // Everything else is about us (sending is paused, an identity is not verified): the mail itself is good, and waits until
  // somebody has fixed it.
  const isAboutTheMail =
    error.name === 'InvalidParameterValue' ||
    (error.name === 'MessageRejected' && !/not verified|paused/i.test(error.message));
  const Refused = isAboutTheMail ? MailRejected : MailBlocked;
  return new Refused(`SES refused a mail: ${error.name}`, { cause: error });
}

async function encode(mail: OutgoingMail, site: SiteFacts, settings: SesSettings): Promise<Uint8Array> {
  const { subject, text, html } = renderMail(mail.message, { site, toCustomer: mail.toCustomer ?? false });
  const root =
    mail.tags.handoff === undefined ? undefined : `<${tagValue(mail.tags.handoff)}@${settings.from.split('@').at(-1)}>`;
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer/index.js');
  const replyTo = mail.replyTo ?? settings.replyTo;
  const calendar = mail.invitation && (await import('../mails/invitation.ts')).invitationText(mail.invitation);
  const composer = new MailComposer({
    from: { name: mail.fromName ?? site.name, address: settings.from },
    to: mail.to.map(({ name, email }) => ({ name, address: email })),
    cc: mail.cc.map(({ name, email }) => ({ name, address: email })),
    // Never a text of addresses, which would have to be taken apart first.
    ...(replyTo && { replyTo: { name: '', address: replyTo } }),
    subject,
    text,
    html,
    ...(root !== undefined && { references: root, inReplyTo: root }),
    // What goes to a customer is a person's letter: programs that answer by themselves answer that person.
    ...(!mail.toCustomer && { headers: { 'Auto-Submitted': 'auto-generated' } }),
    ...(calendar && {
      icalEvent: {
        method: mail.invitation?.calledOff ? 'CANCEL' : 'REQUEST',
        filename: 'invite.ics',
        content: calendar,
      },
    }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return new Promise((resolve, reject) => {
    composer.compile().build((error, message) => (error ? reject(error) : resolve(message)));
  });
}

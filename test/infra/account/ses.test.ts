import {
  GetAccountSendingEnabledCommand,
  GetSendQuotaCommand,
  GetSendStatisticsCommand,
  SendEmailCommand,
  SendRawEmailCommand,
  SendTemplatedEmailCommand,
} from '@aws-sdk/client-ses';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { describe, expect, it } from 'vitest';
import type { BusEvent } from '../../../infra/account/events.ts';
import { failure, friday, openAccount } from './open-account.ts';

type Composed = ConstructorParameters<typeof MailComposer>[0];

const letter: Composed = {
  from: '"Zoë Müller" <zoe@example.com>',
  to: ['"Ann, CSM" <ann@example.com>'],
  cc: 'bob@example.com',
  subject: 'Übergabe – שלום',
  text: 'Hello Ann',
  html: '<p>Hello <b>Ann</b></p>',
  references: '<root@example.com>',
  messageId: '<mine@example.com>',
  icalEvent: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n' },
};

const raw = async (changes: Composed = {}): Promise<SendRawEmailCommand> =>
  new SendRawEmailCommand({
    RawMessage: { Data: await new MailComposer({ ...letter, ...changes }).compile().build() },
  });

const plain = (lines: string): SendRawEmailCommand =>
  new SendRawEmailCommand({ RawMessage: { Data: Buffer.from(lines) } });

describe('the local SES', () => {
  it('keeps a raw mail, taken apart', async () => {
    const { account, clients } = await openAccount();
    const { MessageId } = await clients.ses.send(await raw());
    const [mail] = account.inbox.mails;
    expect(mail).toMatchObject({
      id: MessageId,
      at: friday,
      recipients: ['ann@example.com', 'bob@example.com'],
      from: { name: 'Zoë Müller', address: 'zoe@example.com' },
      to: [{ name: 'Ann, CSM', address: 'ann@example.com' }],
      cc: [{ address: 'bob@example.com' }],
      bcc: [],
      subject: 'Übergabe – שלום',
      html: expect.stringContaining('<p>Hello <b>Ann</b></p>'),
      calendar: { method: 'REQUEST' },
    });
    expect(mail?.text.trim()).toBe('Hello Ann');
    expect(mail?.attachments.map((part) => part.mimeType)).toEqual(['text/calendar', 'application/ics']);
    expect(account.inbox.find(MessageId ?? '')).toBe(mail);
    expect(account.usage().mail).toEqual({ messages: 1, recipients: 2 });
  });

  it('puts its own Message-ID and Date, as SES does, and leaves References', async () => {
    const { account, clients } = await openAccount();
    const { MessageId } = await clients.ses.send(await raw());
    const [mail] = account.inbox.mails;
    expect(mail?.headers).toMatchObject({
      'message-id': `<${MessageId}@email.amazonses.com>`,
      date: 'Fri, 20 Nov 2026 16:00:00 +0000',
      references: '<root@example.com>',
    });
    const sent = Buffer.from(mail?.raw ?? []).toString();
    expect(sent.match(/^Message-ID:.*$/gim)).toEqual([`Message-ID: <${MessageId}@email.amazonses.com>`]);
    expect(sent).toContain('text/calendar');
  });

  it('composes a mail from its parts, and counts every recipient', async () => {
    const { account, clients } = await openAccount();
    await clients.ses.send(
      new SendEmailCommand({
        Source: 'Zoë <zoe@example.com>',
        Destination: {
          ToAddresses: ['ann@example.com'],
          CcAddresses: ['bob@example.com'],
          BccAddresses: ['eve@example.com'],
        },
        ReplyToAddresses: ['reply@example.com'],
        Message: { Subject: { Data: 'Grüße & <mehr>' }, Body: { Text: { Data: 'a & b' }, Html: { Data: '<p>a</p>' } } },
        Tags: [{ Name: 'handoff', Value: 'H-1' }],
      }),
    );
    const [mail] = account.inbox.mails;
    expect(mail).toMatchObject({
      subject: 'Grüße & <mehr>',
      text: expect.stringContaining('a & b'),
      bcc: [{ address: 'eve@example.com' }],
      replyTo: [{ address: 'reply@example.com' }],
      tags: { handoff: 'H-1' },
    });
    expect(Buffer.from(mail?.raw ?? []).toString()).not.toContain('eve@example.com');
    expect(account.usage().mail.recipients).toBe(3);
  });

  it('tells watchers of each mail', async () => {
    const { account, clients } = await openAccount();
    const seen: string[] = [];
    const stop = account.inbox.watch((mail) => seen.push(mail.subject));
    await clients.ses.send(await raw({ subject: 'one' }));
    stop();
    await clients.ses.send(await raw({ subject: 'two' }));
    expect(seen).toEqual(['one']);
    expect(account.inbox.mails).toHaveLength(2);
    account.inbox.clear();
    expect(account.inbox.mails).toHaveLength(0);
  });

  it.each([
    ['no sender', 'To: ann@example.com\r\n\r\nHi', "Missing required header 'From'."],
    ['no recipient', 'From: zoe@example.com\r\n\r\nHi', "Missing required header 'To'."],
    [
      'a header twice',
      'From: zoe@example.com\r\nTo: ann@example.com\r\nSubject: a\r\nSubject: b\r\n\r\nHi',
      "Duplicate header 'Subject'.",
    ],
    ['an address without a domain', 'From: zoe@example.com\r\nTo: ann\r\n\r\nHi', "Missing final '@domain'"],
    [
      'too many recipients',
      `From: zoe@example.com\r\nTo: ${Array.from({ length: 51 }, (_, n) => `u${n}@example.com`).join(', ')}\r\n\r\nHi`,
      'Recipient count exceeds 50.',
    ],
  ])('refuses a mail with %s', async (_, message, reason) => {
    const { account, clients } = await openAccount();
    expect(await failure(clients.ses.send(plain(message)))).toMatchObject({
      name: 'InvalidParameterValue',
      message: reason,
    });
    expect(account.inbox.mails).toHaveLength(0);
  });

  it('throttles and rejects when told to', async () => {
    const { account, clients } = await openAccount();
    account.mailTrouble.throttleNext(1);
    expect(await failure(clients.ses.send(await raw()))).toMatchObject({
      name: 'Throttling',
      message: 'Maximum sending rate exceeded.',
    });
    account.mailTrouble.reject('BOB@example.com');
    expect((await failure(clients.ses.send(await raw()))).name).toBe('MessageRejected');
    account.mailTrouble.clear();
    await clients.ses.send(await raw());
    expect(account.usage().mail.messages).toBe(1);
  });

  it('sends bounces, complaints and deliveries over the bus where a rule listens', async () => {
    const events: BusEvent[] = [];
    const { account, clients, clock } = await openAccount({
      rules: [
        {
          name: 'mail',
          pattern: { source: ['aws.ses'], 'detail-type': ['Email Bounced', 'Email Complaint Received'] },
          target: 'heard',
        },
      ],
      functions: { heard: (event: BusEvent) => events.push(event) },
    });
    account.mailTrouble.bounce('ann@example.com');
    account.mailTrouble.complain('bob@example.com');
    const { MessageId } = await clients.ses.send(await raw());
    expect(clock.nextTimer()?.label).toBe('Mail to ann@example.com bounces');
    await clock.runToEnd();
    expect(events.map((event) => event['detail-type'])).toEqual(['Email Bounced', 'Email Complaint Received']);
    expect(events[0]).toMatchObject({
      source: 'aws.ses',
      time: '2026-11-20T16:00:02Z',
      detail: {
        eventType: 'Bounce',
        bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'ann@example.com' }] },
        mail: { messageId: MessageId, destination: ['ann@example.com', 'bob@example.com'] },
      },
    });
    expect(account.usage().eventsPut).toBe(0);
  });

  it('counts against the quota', async () => {
    const { clients, clock } = await openAccount();
    await clients.ses.send(await raw());
    expect((await clients.ses.send(new GetSendQuotaCommand({}))).SentLast24Hours).toBe(2);
    const { SendDataPoints } = await clients.ses.send(new GetSendStatisticsCommand({}));
    expect(SendDataPoints).toMatchObject([{ DeliveryAttempts: 2, Timestamp: new Date(friday) }]);
    await clock.advanceTo(friday + 86_400_000);
    expect((await clients.ses.send(new GetSendQuotaCommand({}))).SentLast24Hours).toBe(0);
    expect((await clients.ses.send(new GetAccountSendingEnabledCommand({}))).Enabled).toBe(true);
  });

  it('refuses other actions by name', async () => {
    const { clients } = await openAccount();
    const template = new SendTemplatedEmailCommand({
      Source: 'a@example.com',
      Destination: {},
      Template: 't',
      TemplateData: '{}',
    });
    expect((await failure(clients.ses.send(template))).message).toBe(
      'NotEmulated: SES.SendTemplatedEmail is not emulated by the local account',
    );
  });
});

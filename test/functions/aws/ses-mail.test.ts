import { SESClient } from '@aws-sdk/client-ses';
import { describe, expect, it } from 'vitest';
import { sesMail } from '../../../functions/aws/ses-mail.ts';
import type { MeetingInvitation, Message } from '../../../functions/domain/messages/message.ts';
import {
  MailBlocked,
  MailForbidden,
  MailRejected,
  MailThrottled,
  MailUnavailable,
} from '../../../functions/ports/errors.ts';
import type { OutgoingMail } from '../../../functions/ports/mail.ts';
import { inProcessSettings } from '../../../infra/account/clients.ts';
import type { Mail } from '../../../infra/account/ses/mail.ts';
import { createRequestHandler } from '../../../infra/account/wire/in-process.ts';
import { openAccount } from '../../infra/account/open-account.ts';
import { site } from '../../support/handoff-record.ts';

const message: Message = {
  subject: 'Hold the kickoff: Müller & Söhne',
  preview: 'Due Mon, Nov 23',
  blocks: [
    { paragraph: 'Hello Lena,' },
    { paragraph: 'Say <b>hello</b> & smile 🚀.' },
    { button: { label: 'Hold the kickoff', url: 'https://handoff.example.com/s/abc' } },
  ],
};

const outgoing = (more: Partial<OutgoingMail> = {}): OutgoingMail => ({
  to: [{ name: 'Lena Vogt', email: 'lena.vogt@example.com' }],
  cc: [],
  message,
  tags: { handoff: 'D-2026-1041-1', kind: 'ask', step: 'hold-kickoff' },
  ...more,
});

const invitation: MeetingInvitation = {
  uid: 'D-2026-1041-1-schedule-kickoff@example.com',
  sequence: 0,
  stamp: '2026-11-20T15:00:00Z',
  start: '2026-11-24T09:00:00Z',
  zone: 'Europe/Berlin',
  minutes: 60,
  summary: 'Kickoff: Müller & Söhne',
  description: 'The plan.',
  organizer: { name: 'Handoff', email: 'handoff@example.com' },
  attendees: [
    { name: 'Lena Vogt', email: 'lena.vogt@example.com' },
    { name: 'Jörg Müller', email: 'joerg@customer.example' },
  ],
};

async function openMail() {
  const { account, clients } = await openAccount();
  const mail = sesMail(clients.ses, site, { from: 'handoff@example.com' });
  const sent = async (what: OutgoingMail): Promise<Mail> => {
    const { messageId } = await mail.send(what);
    const found = account.inbox.find(messageId);
    if (!found) throw new Error('The mail did not arrive.');
    return found;
  };
  return { mail, sent, account };
}

/** The names of the header lines, as the wire has them. */
const headerNames = (mail: Mail): string[] =>
  (
    Buffer.from(mail.raw)
      .toString('latin1')
      .split(/\r?\n\r?\n/)[0] ?? ''
  )
    .split(/\r?\n(?![ \t])/)
    .map((line) => line.slice(0, line.indexOf(':')).toLowerCase());

describe('a mail through SES', () => {
  it('arrives as text and HTML, from the system, to its people', async () => {
    const { sent } = await openMail();
    const mail = await sent(outgoing({ cc: [{ name: 'Anna Keller', email: 'anna.keller@example.com' }] }));
    expect(mail).toMatchObject({
      subject: message.subject,
      from: { name: 'Handoff', address: 'handoff@example.com' },
      to: [{ name: 'Lena Vogt', address: 'lena.vogt@example.com' }],
      cc: [{ name: 'Anna Keller', address: 'anna.keller@example.com' }],
      recipients: ['lena.vogt@example.com', 'anna.keller@example.com'],
      tags: { handoff: 'D-2026-1041-1', kind: 'ask', step: 'hold-kickoff' },
      calendar: undefined,
    });
    expect(mail.text).toContain('Say <b>hello</b> & smile 🚀.');
    expect(mail.text).toContain('https://handoff.example.com/s/abc');
    expect(mail.html).toContain('Say &lt;b&gt;hello&lt;/b&gt; &amp; smile 🚀.');
    expect(mail.html).not.toContain('<b>hello</b>');
  });

  it('says who wrote it and whom to answer, from the address that is verified', async () => {
    const { sent } = await openMail();
    const mail = await sent(outgoing({ fromName: 'Lena Vogt, Lumen Works', replyTo: 'lena.vogt@example.com' }));
    expect(mail.from).toEqual({ name: 'Lena Vogt, Lumen Works', address: 'handoff@example.com' });
    expect(mail.replyTo).toMatchObject([{ address: 'lena.vogt@example.com' }]);
  });

  it('has answers sent where the settings say, unless the mail names somebody', async () => {
    const { account, clients } = await openAccount();
    const mail = sesMail(clients.ses, site, { from: 'handoff@example.com', replyTo: 'operations@example.com' });
    await mail.send(outgoing());
    await mail.send(outgoing({ replyTo: 'lena.vogt@example.com' }));
    expect(account.inbox.mails.map(({ replyTo }) => replyTo.map(({ address }) => address))).toEqual([
      ['operations@example.com'],
      ['lena.vogt@example.com'],
    ]);
  });

  it('belongs to the thread of its handoff', async () => {
    const { sent } = await openMail();
    const [first, second, other] = [
      await sent(outgoing()),
      await sent(outgoing({ message: { ...message, subject: 'Another' } })),
      await sent(outgoing({ tags: { handoff: 'D-2-1', kind: 'ask', step: 'hold-kickoff' } })),
    ];
    expect(first.headers['references']).toMatch(/^<D-2026-1041-1@example\.com>$/);
    expect(first.headers['in-reply-to']).toBe(first.headers['references']);
    expect(second.headers['references']).toBe(first.headers['references']);
    expect(other.headers['references']).not.toBe(first.headers['references']);
  });

  it('says that a system wrote it, unless it is a person’s letter to a customer; and nobody can unsubscribe from their work', async () => {
    const { sent } = await openMail();
    const [request, letter] = [await sent(outgoing()), await sent(outgoing({ toCustomer: true }))];
    expect(request.headers['auto-submitted']).toBe('auto-generated');
    expect(headerNames(letter)).not.toContain('auto-submitted');
    expect([...headerNames(request), ...headerNames(letter)].filter((name) => name.startsWith('list-'))).toEqual([]);
  });

  it('carries an invitation that Outlook and Gmail show', async () => {
    const { sent } = await openMail();
    const mail = await sent(outgoing({ invitation }));
    expect(mail.calendar?.method).toBe('REQUEST');
    const calendar = (mail.calendar?.text ?? '').replace(/\r?\n[ \t]/g, '');
    expect(calendar).toContain('METHOD:REQUEST');
    expect(calendar).toContain(`UID:${invitation.uid}`);
    expect(calendar).toContain('SEQUENCE:0');
    expect(calendar).toContain('DTSTART;TZID=Europe/Berlin:20261124T100000');
    expect(calendar).toMatch(/ATTENDEE.*joerg@customer\.example/i);
    expect(Buffer.from(mail.raw).toString()).toMatch(/text\/calendar;[^\n]*(\r?\n[ \t][^\n]*)*method=REQUEST/i);
    expect(mail.attachments.some(({ filename }) => filename === 'invite.ics')).toBe(true);
  });

  it('takes a meeting out of calendars', async () => {
    const { sent } = await openMail();
    const mail = await sent(outgoing({ invitation: { ...invitation, sequence: 1, calledOff: true } }));
    expect(mail.calendar?.method).toBe('CANCEL');
    expect(mail.calendar?.text).toContain('METHOD:CANCEL');
    expect(mail.calendar?.text).toContain('STATUS:CANCELLED');
  });

  it.each([
    ['a subject', { message: { ...message, subject: 'Hi\r\nBcc: spy@example.com\r\n\r\nbody' } }],
    ['a sender’s name', { fromName: 'Lena\r\nBcc: spy@example.com' }],
    ['a recipient’s name', { to: [{ name: 'Lena\r\nBcc: spy@example.com', email: 'lena.vogt@example.com' }] }],
    ['a reply address', { replyTo: 'lena.vogt@example.com\r\nBcc: spy@example.com' }],
    ['the id of the handoff', { tags: { handoff: 'D-1\r\nBcc: spy@example.com', kind: 'ask' as const, step: 'x' } }],
  ])('keeps to one header what hides in %s', async (_, more) => {
    const { sent, account } = await openMail();
    const mail = await sent(outgoing(more));
    expect(headerNames(mail)).not.toContain('bcc');
    expect(mail.bcc).toEqual([]);
    expect(mail.recipients).toEqual(['lena.vogt@example.com']);
    expect(headerNames(mail).filter((name) => name === 'subject')).toHaveLength(1);
    expect(account.inbox.mails).toHaveLength(1);
  });

  it('keeps a quoted name in quotes', async () => {
    const { sent } = await openMail();
    const mail = await sent(
      outgoing({ to: [{ name: 'Vogt, "Lena" <ceo@example.com>', email: 'lena.vogt@example.com' }] }),
    );
    expect(mail.recipients).toEqual(['lena.vogt@example.com']);
    expect(mail.to).toHaveLength(1);
    expect(mail.to[0]?.address).toBe('lena.vogt@example.com');
  });

  it('has tags that SES takes, whatever they are made of', async () => {
    const { sent } = await openMail();
    const mail = await sent(outgoing({ tags: { handoff: 'ä/1', kind: 'handoff-cancelled', step: '' } }));
    expect(mail.tags).toEqual({ handoff: '--1', kind: 'handoff-cancelled', step: 'none' });
  });
});

/** An account whose SES refuses every call. */
function refusing(status: number, code: string, message: string) {
  let calls = 0;
  const body = Buffer.from(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  );
  const requestHandler = () =>
    createRequestHandler(async () => {
      calls += 1;
      return { status, headers: { 'content-type': 'text/xml' }, body };
    });
  return {
    identity: { identity: { accountId: '111111111111', region: 'us-east-1' }, requestHandler },
    calls: () => calls,
  };
}

describe('what SES refuses', () => {
  it('is to be tried again when it sends too fast', async () => {
    const { mail, account } = await openMail();
    account.mailTrouble.throttleNext(1);
    await expect(mail.send(outgoing())).rejects.toThrow(MailThrottled);
    await mail.send(outgoing());
    expect(account.inbox.mails).toHaveLength(1);
  });

  it('is never sent when the address is refused, and the error names nobody', async () => {
    const { mail, account } = await openMail();
    account.mailTrouble.reject('lena.vogt@example.com', 'Address blacklisted: lena.vogt@example.com');
    const failed = mail.send(outgoing());
    await expect(failed).rejects.toThrow(MailRejected);
    await expect(failed).rejects.not.toThrow('lena');
    expect(account.inbox.mails).toEqual([]);
  });

  it('waits when it is about us and not about the mail: nothing is given up', async () => {
    const { mail, account } = await openMail();
    account.mailTrouble.reject('lena.vogt@example.com', 'Email address is not verified. example.com');
    await expect(mail.send(outgoing())).rejects.toThrow(MailBlocked);
  });

  it('is told at once when a permission is missing, in IAM’s words and without an address', async () => {
    const { identity, calls } = refusing(
      403,
      'AccessDenied',
      "User `x' is not authorized to perform `ses:SendRawEmail' on resource `arn:aws:ses:eu-central-1:111111111111:identity/lena.vogt@example.com'",
    );
    const failed = sesMail(new SESClient(inProcessSettings(identity, 'ses')), site, {
      from: 'handoff@example.com',
    }).send(outgoing());
    await expect(failed).rejects.toThrow(MailForbidden);
    await expect(failed).rejects.toThrow(/not authorized to perform `ses:SendRawEmail'.*identity\/\.\.\.@example\.com/);
    expect(calls()).toBe(1);
  });

  it.each([
    [
      'fails',
      {
        status: 503,
        headers: {},
        body: Buffer.from('<ErrorResponse><Error><Code>ServiceUnavailable</Code></Error></ErrorResponse>'),
      },
    ],
    ['cannot be reached', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })],
  ])('is unknown when the service %s', async (_, answer) => {
    const identity = { accountId: '111111111111', region: 'us-east-1' };
    const requestHandler = () =>
      createRequestHandler(async () => {
        if (answer instanceof Error) throw answer;
        return answer;
      });
    const client = new SESClient(inProcessSettings({ identity, requestHandler }, 'ses'));
    await expect(sesMail(client, site, { from: 'handoff@example.com' }).send(outgoing())).rejects.toThrow(
      MailUnavailable,
    );
  });
});

import type { Clock } from '../clock.ts';
import type { EventBus } from '../events.ts';
import type { Identity } from '../identity.ts';
import type { Meter } from '../usage.ts';
import { AwsError, notEmulated } from '../wire/errors.ts';
import { isObject, type Service } from '../wire/message.ts';
import { composeMessage } from './compose.ts';
import type { KeepingInbox } from './inbox.ts';
import { type Draft, type Mail, parseMessage, replaceHeaders } from './mail.ts';
import { reportFate } from './mail-events.ts';
import type { MailTroubles } from './trouble.ts';

type Parameters = Readonly<Record<string, unknown>>;

export interface SesWorld {
  readonly clock: Clock;
  readonly identity: Identity;
  readonly meter: Meter;
  readonly newId: () => string;
  readonly inbox: KeepingInbox;
  readonly trouble: MailTroubles;
  readonly events: EventBus;
}

const mostRecipients = 50;
const longestMessage = 10 * 1024 * 1024;
const day = 24 * 60 * 60 * 1000;
/** SES refuses a message in which one of these occurs twice. */
const onceOnly = ['from', 'to', 'cc', 'bcc', 'subject', 'date', 'message-id', 'reply-to', 'sender'];
const replaced = new Set(['message-id', 'date', 'bcc', 'return-path', 'x-ses-configuration-set', 'x-ses-message-tags']);

/** SES's v1 API with its sandbox left: every identity counts as verified, and mails end in the inbox. */
export function createSes(world: SesWorld): Service {
  const { clock, inbox } = world;
  const identities = new Set<string>();

  async function sendRaw(parameters: Parameters): Promise<unknown> {
    const message = parameters['RawMessage'];
    const data = isObject(message) ? message['Data'] : undefined;
    if (typeof data !== 'string' || data === '') throw parameterError('RawMessage.Data must not be empty');
    const raw = Buffer.from(data, 'base64');
    const draft = await parse(raw);
    const given = strings(parameters['Destinations']);
    const named = [...draft.to, ...draft.cc, ...draft.bcc].map((each) => each.address);
    return accept(draft, raw, {
      recipients: given.length > 0 ? given : named,
      source: parameters['Source'],
      tags: tags(parameters['Tags']),
    });
  }

  async function sendComposed(parameters: Parameters): Promise<unknown> {
    const destination = isObject(parameters['Destination']) ? parameters['Destination'] : {};
    const recipients = ['ToAddresses', 'CcAddresses', 'BccAddresses'].flatMap((list) => strings(destination[list]));
    const raw = await composeMessage(parameters);
    return accept(await parse(raw), raw, { recipients, source: parameters['Source'], tags: tags(parameters['Tags']) });
  }

  function accept(
    draft: Draft,
    raw: Uint8Array,
    envelope: { readonly recipients: readonly string[]; readonly source: unknown; readonly tags: Mail['tags'] },
  ): unknown {
    const from = draft.from;
    if (from === undefined) throw parameterError("Missing required header 'From'.");
    const repeated = draft.repeated.find((name) => onceOnly.includes(name));
    if (repeated !== undefined) throw parameterError(`Duplicate header '${headerName(repeated)}'.`);
    const recipients = [...new Set(envelope.recipients.map(bareAddress))];
    if (recipients.length === 0) throw parameterError("Missing required header 'To'.");
    if (recipients.length > mostRecipients) throw parameterError(`Recipient count exceeds ${mostRecipients}.`);
    if (raw.byteLength > longestMessage)
      throw parameterError(`Message length is more than ${longestMessage} bytes long.`);
    for (const address of [from.address, ...recipients]) checkAddress(address);
    if (typeof envelope.source === 'string') checkAddress(bareAddress(envelope.source));
    world.trouble.admit(recipients);

    const at = clock.now();
    const id = `0100${at.toString(16).padStart(12, '0')}-${world.newId()}-000000`;
    const stamps = {
      'Message-ID': `<${id}@email.amazonses.com>`,
      Date: new Date(at).toUTCString().replace('GMT', '+0000'),
    };
    const { repeated: _, ...parsed } = draft;
    const headers: Record<string, string> = {
      ...parsed.headers,
      'message-id': stamps['Message-ID'],
      date: stamps.Date,
    };
    delete headers['bcc'];
    const mail: Mail = {
      ...parsed,
      id,
      at,
      from,
      recipients,
      headers,
      tags: envelope.tags,
      raw: replaceHeaders(raw, replaced, stamps),
    };
    world.meter.mail(recipients.length);
    inbox.keep(mail);
    reportFate(world, mail);
    return { MessageId: id };
  }

  function verificationAttributes(parameters: Parameters): unknown {
    const asked = strings(parameters['Identities']);
    return {
      VerificationAttributes: {
        entry: Object.fromEntries(asked.map((name) => [name, { VerificationStatus: 'Success' }])),
      },
    };
  }

  function sendQuota(): unknown {
    const since = clock.now() - day;
    const sent = inbox.mails.reduce((sum, mail) => sum + (mail.at > since ? mail.recipients.length : 0), 0);
    return { Max24HourSend: 50000, MaxSendRate: 14, SentLast24Hours: sent };
  }

  return {
    call: async (action, parameters) => {
      switch (action) {
        case 'SendRawEmail':
          return sendRaw(parameters);
        case 'SendEmail':
          return sendComposed(parameters);
        case 'GetSendQuota':
          return sendQuota();
        case 'GetAccountSendingEnabled':
          return { Enabled: true };
        case 'GetSendStatistics':
          return { SendDataPoints: sendStatistics(inbox.mails) };
        case 'VerifyEmailIdentity':
          identities.add(String(parameters['EmailAddress']));
          return {};
        case 'ListIdentities':
          return { Identities: [...identities] };
        case 'GetIdentityVerificationAttributes':
          return verificationAttributes(parameters);
        default:
          throw notEmulated(`SES.${action}`);
      }
    },
  };
}

async function parse(raw: Uint8Array): Promise<Draft> {
  try {
    return await parseMessage(raw);
  } catch (error) {
    throw parameterError(`The message is not MIME: ${String(error)}`);
  }
}

/** Delivery attempts in buckets of 15 minutes. */
function sendStatistics(mails: readonly Mail[]): unknown[] {
  const bucket = 15 * 60 * 1000;
  const attempts = new Map<number, number>();
  for (const mail of mails) {
    const start = Math.floor(mail.at / bucket) * bucket;
    attempts.set(start, (attempts.get(start) ?? 0) + mail.recipients.length);
  }
  return [...attempts].map(([start, count]) => ({
    Timestamp: new Date(start).toISOString(),
    DeliveryAttempts: count,
    Bounces: 0,
    Complaints: 0,
    Rejects: 0,
  }));
}

function parameterError(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function tags(value: unknown): Mail['tags'] {
  const list = Array.isArray(value) ? value.filter(isObject) : [];
  return Object.fromEntries(list.map((tag) => [String(tag['Name']), String(tag['Value'])]));
}

/** The address of `Name <address>` or of a bare address. */
function bareAddress(text: string): string {
  return (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).trim();
}

function checkAddress(address: string): void {
  const at = address.lastIndexOf('@');
  if (at < 1 || at === address.length - 1) throw parameterError("Missing final '@domain'");
  if (!/^[\x21-\x7e]+$/.test(address.slice(0, at)))
    throw parameterError('Local address contains control or whitespace');
  if (/[\s\p{Cc}]/u.test(address.slice(at))) throw parameterError('Domain contains control or whitespace');
}

/** `reply-to` as `Reply-To`. */
function headerName(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}

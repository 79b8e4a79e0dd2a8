import type { Clock } from '../clock.ts';
import type { EventBus } from '../events.ts';
import type { Identity } from '../identity.ts';
import type { Meter } from '../usage.ts';
import { AwsError, notEmulated } from '../wire/errors.ts';
import { isObject, type Service } from '../wire/message.ts';
import { checkParameters, queryComplaints } from '../wire/parameters.ts';
import { bareAddress, checkAddress, parameterError } from './addresses.ts';
import { composeMessage } from './compose.ts';
import { createIdentities } from './identities.ts';
import type { KeepingInbox } from './inbox.ts';
import { type Draft, type Mail, parseMessage, replaceHeaders } from './mail.ts';
import { reportFate } from './mail-events.ts';
import { mailShapes } from './ses-shapes.ts';
import { messageTags } from './tags.ts';
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
  /** Addresses and domains that are verified: only from these mail is taken. */
  readonly senders: readonly string[];
  /** Names. */
  readonly configurationSets: readonly string[];
}

const mostRecipients = 50;
const longestMessage = 10 * 1024 * 1024;
const day = 24 * 60 * 60 * 1000;
/** SES refuses a message in which one of these occurs twice. */
const onceOnly = ['from', 'to', 'cc', 'bcc', 'subject', 'date', 'message-id', 'reply-to', 'sender'];
const setHeader = 'x-ses-configuration-set';
const tagsHeader = 'x-ses-message-tags';
const replaced = new Set(['message-id', 'date', 'bcc', 'return-path', setHeader, tagsHeader]);
/** With these a message is sent in the name of another account's identity. */
const foreign = ['x-ses-source-arn', 'x-ses-from-arn', 'x-ses-return-path-arn'];

/** SES's v1 API with its sandbox left: whoever sends has to be verified, and mails end in the inbox. */
export function createSes(world: SesWorld): Service {
  const { clock, inbox } = world;
  const identities = createIdentities(world.senders, world.identity.region);

  async function sendRaw(parameters: Parameters): Promise<unknown> {
    const message = parameters['RawMessage'];
    const data = isObject(message) ? message['Data'] : undefined;
    if (typeof data !== 'string' || data === '') throw parameterError('RawMessage.Data must not be empty');
    if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(data)) throw new AwsError('MalformedInput', 'Invalid Base64');
    const raw = Buffer.from(data, 'base64');
    const draft = await parse(raw);
    const given = strings(parameters['Destinations']);
    const named = [...draft.to, ...draft.cc, ...draft.bcc].map((each) => each.address);
    return accept(draft, raw, { recipients: given.length > 0 ? given : named, parameters });
  }

  async function sendComposed(parameters: Parameters): Promise<unknown> {
    const destination = isObject(parameters['Destination']) ? parameters['Destination'] : {};
    const recipients = ['ToAddresses', 'CcAddresses', 'BccAddresses'].flatMap((list) => strings(destination[list]));
    const raw = await composeMessage(parameters);
    return accept(await parse(raw), raw, { recipients, parameters });
  }

  function accept(
    draft: Draft,
    raw: Uint8Array,
    { parameters, ...envelope }: { readonly recipients: readonly string[]; readonly parameters: Parameters },
  ): unknown {
    const from = draft.from;
    const tags = messageTags(parameters['Tags'], draft.headers[tagsHeader]);
    const configurationSet = configurationSetOf(parameters['ConfigurationSetName'] ?? draft.headers[setHeader]);
    const theirs = foreign.find((name) => draft.headers[name] !== undefined);
    if (theirs !== undefined) throw notEmulated(`SES header ${headerName(theirs)}`);
    if (from === undefined) throw parameterError("Missing required header 'From'.");
    const repeated = draft.repeated.find((name) => onceOnly.includes(name));
    if (repeated !== undefined) throw parameterError(`Duplicate header '${headerName(repeated)}'.`);
    const recipients = [...new Set(envelope.recipients.map(bareAddress))];
    if (recipients.length === 0) throw parameterError("Missing required header 'To'.");
    if (recipients.length > mostRecipients) throw parameterError(`Recipient count exceeds ${mostRecipients}.`);
    if (raw.byteLength > longestMessage)
      throw parameterError(`Message length is more than ${longestMessage} bytes long: '${raw.byteLength}'.`);
    const { sender, 'return-path': returnPath } = draft.headers;
    const senders = [from.address, parameters['Source'], sender, parameters['ReturnPath'] ?? returnPath]
      .filter((each) => typeof each === 'string')
      .map(bareAddress);
    for (const address of [...senders, ...recipients]) checkAddress(address);
    identities.check(senders);
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
      tags,
      ...(configurationSet && { configurationSet }),
      raw: replaceHeaders(raw, replaced, stamps),
    };
    world.meter.mail(recipients.length);
    inbox.keep(mail);
    reportFate(world, mail);
    return { MessageId: id };
  }

  function configurationSetOf(name: unknown): string | undefined {
    if (name === undefined || name === '') return undefined;
    if (world.configurationSets.includes(String(name))) return String(name);
    throw new AwsError('ConfigurationSetDoesNotExist', `Configuration set <${String(name)}> does not exist.`);
  }

  function sendQuota(): unknown {
    const since = clock.now() - day;
    const sent = inbox.mails.reduce((sum, mail) => sum + (mail.at > since ? mail.recipients.length : 0), 0);
    return { Max24HourSend: 50000, MaxSendRate: 14, SentLast24Hours: sent };
  }

  return {
    call: async (action, parameters) => {
      const members = Object.hasOwn(mailShapes, action) ? mailShapes[action] : undefined;
      if (members === undefined) throw notEmulated(`SES.${action}`);
      checkParameters(`SES.${action}`, { members, complaints: queryComplaints }, parameters);
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
          return identities.verifyEmail(parameters);
        case 'ListIdentities':
          return identities.list(parameters);
        default:
          return identities.attributes(parameters);
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

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** `reply-to` as `Reply-To`. */
function headerName(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}

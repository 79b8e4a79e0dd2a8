import {
  GetIdentityVerificationAttributesCommand,
  ListIdentitiesCommand,
  SESClient,
  SendEmailCommand,
  type SendEmailCommandInput,
  SendRawEmailCommand,
  type SendRawEmailCommandInput,
  VerifyEmailIdentityCommand,
} from '@aws-sdk/client-ses';
import { describe, expect, it } from 'vitest';
import type { AccountOptions } from '../../../infra/account/account.ts';
import type { BusEvent } from '../../../infra/account/events.ts';
import { course } from '../../support/course.ts';
import { failure, openAccount } from './open-account.ts';
import { callQuery } from './raw-call.ts';

const senders = ['shop@example.com', 'verified.example'];
const open = (options: Partial<AccountOptions> = {}) =>
  openAccount({ senders, configurationSets: ['stage'], ...options });

type Changes = Partial<Omit<SendRawEmailCommandInput, 'RawMessage'>>;

const raw = (from: string, { headers = '', ...changes }: Changes & { readonly headers?: string } = {}) =>
  new SendRawEmailCommand({
    RawMessage: { Data: Buffer.from(`From: ${from}\r\nTo: ann@customer.example\r\n${headers}\r\nHi`) },
    ...changes,
  });

const composed = (changes: Partial<SendEmailCommandInput> = {}) =>
  new SendEmailCommand({
    Source: 'shop@example.com',
    Destination: { ToAddresses: ['ann@customer.example'] },
    Message: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } },
    ...changes,
  });

const unverified = (addresses: string): string =>
  `Email address is not verified. The following identities failed the check in region US-EAST-1: ${addresses}`;

describe('the sender of a mail', () => {
  it.each([
    ['an address', 'shop@example.com'],
    ['an address with a name', '"The shop" <shop@example.com>'],
    ['an address whose domain is spelled otherwise', 'shop@EXAMPLE.com'],
    ['an address with a label', 'shop+orders@example.com'],
    ['an address of a domain', 'anybody@verified.example'],
    ['an address of a domain below it', 'anybody@mail.verified.example'],
  ])('is verified as %s', async (_, from) => {
    const { account, clients } = await open();
    await clients.ses.send(raw(from));
    await clients.ses.send(composed({ Source: from }));
    expect(account.inbox.mails).toHaveLength(2);
  });

  it.each([
    ['somebody else', raw('boss@example.com'), 'boss@example.com'],
    ['the same name in capitals', raw('Shop@example.com'), 'Shop@example.com'],
    ['a domain that only ends alike', raw('shop@notverified.example'), 'shop@notverified.example'],
    ['the domain above a verified one', raw('shop@example'), 'shop@example'],
    ['another source', raw('shop@example.com', { Source: 'boss@example.com' }), 'boss@example.com'],
    ['another sender', raw('shop@example.com', { headers: 'Sender: boss@example.com\r\n' }), 'boss@example.com'],
    [
      'another way back',
      raw('shop@example.com', { headers: 'Return-Path: <back@example.com>\r\n' }),
      'back@example.com',
    ],
    [
      'a source and an author who are both not',
      raw('a@example.com', { Source: 'b@example.com' }),
      'a@example.com, b@example.com',
    ],
    ['another way back for a composed mail', composed({ ReturnPath: 'back@example.com' }), 'back@example.com'],
  ])('is not verified as %s', async (_, command, addresses) => {
    const { account, clients } = await open();
    const send = command instanceof SendRawEmailCommand ? clients.ses.send(command) : clients.ses.send(command);
    expect(await failure(send)).toMatchObject({ name: 'MessageRejected', message: unverified(addresses) });
    expect(account.inbox.mails).toEqual([]);
    expect(account.usage().mail).toEqual({ messages: 0, recipients: 0 });
  });

  it('is nobody in an account that has verified nobody', async () => {
    const { clients } = await open({ senders: [] });
    expect((await failure(clients.ses.send(raw('shop@example.com')))).message).toBe(unverified('shop@example.com'));
  });
});

describe('identities', () => {
  it('are pending until somebody follows the link in a mail, which nobody does here', async () => {
    const { clients } = await open();
    const list = async (asked: object) => (await clients.ses.send(new ListIdentitiesCommand(asked))).Identities;
    await clients.ses.send(new VerifyEmailIdentityCommand({ EmailAddress: 'boss@example.com' }));
    await clients.ses.send(new VerifyEmailIdentityCommand({ EmailAddress: 'shop@example.com' }));
    expect(await list({})).toEqual([...senders, 'boss@example.com']);
    expect(await list({ IdentityType: 'Domain' })).toEqual(['verified.example']);
    expect(await list({ IdentityType: 'EmailAddress' })).toEqual(['shop@example.com', 'boss@example.com']);
    const { VerificationAttributes } = await clients.ses.send(
      new GetIdentityVerificationAttributesCommand({ Identities: [...senders, 'boss@example.com', 'else.example'] }),
    );
    expect(VerificationAttributes).toEqual({
      'shop@example.com': { VerificationStatus: 'Success' },
      'verified.example': { VerificationStatus: 'Success' },
      'boss@example.com': { VerificationStatus: 'Pending' },
    });
    expect((await failure(clients.ses.send(raw('boss@example.com')))).message).toBe(unverified('boss@example.com'));
  });

  it('come in pages', async () => {
    const { clients } = await open();
    const first = await clients.ses.send(new ListIdentitiesCommand({ MaxItems: 1 }));
    expect(first.Identities).toEqual(['shop@example.com']);
    const second = await clients.ses.send(new ListIdentitiesCommand({ MaxItems: 1, NextToken: first.NextToken }));
    expect([second.Identities, second.NextToken]).toEqual([['verified.example'], undefined]);
  });
});

describe('what a mail carries', () => {
  const tags = (count: number) => Array.from({ length: count }, (_, n) => ({ Name: `tag-${n}`, Value: 'x' }));
  const tag = (Name: string, Value: string) => [{ Name, Value }];

  it('is its tags and its configuration set, which its events tell', async () => {
    const events: BusEvent[] = [];
    const { account, clients, clock } = await open({
      rules: [{ name: 'all', pattern: { source: ['aws.ses'] }, target: 'heard' }],
      functions: { heard: (event: BusEvent) => void events.push(event) },
    });
    await clients.ses.send(raw('shop@example.com', { ConfigurationSetName: 'stage', Tags: tag('kind', 'a_B-1') }));
    await clock.runToEnd();
    expect(account.inbox.mails[0]).toMatchObject({ tags: { kind: 'a_B-1' }, configurationSet: 'stage' });
    expect(events[0]?.detail).toMatchObject({
      mail: { tags: { 'ses:configuration-set': ['stage'], kind: ['a_B-1'] } },
    });
  });

  it('may stand in its headers, which nobody else sees, unless the call says it too', async () => {
    const { account, clients } = await open();
    const headers = 'X-SES-CONFIGURATION-SET: stage\r\nX-SES-MESSAGE-TAGS: kind=a, step=b\r\n';
    await clients.ses.send(raw('shop@example.com', { headers }));
    await clients.ses.send(raw('shop@example.com', { headers, Tags: tag('kind', 'c') }));
    expect(account.inbox.mails.map((mail) => [mail.tags, mail.configurationSet])).toEqual([
      [{ kind: 'a', step: 'b' }, 'stage'],
      [{ kind: 'c' }, 'stage'],
    ]);
    expect(Buffer.from(account.inbox.mails[0]?.raw ?? []).toString()).not.toMatch(/x-ses-/i);
  });

  it('has room for 50 tags of 255 characters', async () => {
    const { account, clients } = await open();
    await clients.ses.send(raw('shop@example.com', { Tags: tags(50) }));
    await clients.ses.send(raw('shop@example.com', { Tags: tag('n'.repeat(255), 'v'.repeat(255)) }));
    expect(account.inbox.mails).toHaveLength(2);
  });

  it.each([
    ['51 tags', { Tags: tags(51) }, 'InvalidParameterValue', 'Too many message tags: 51, at most 50.'],
    [
      'a name with odd characters',
      { Tags: tag('a:b', 'x') },
      'InvalidParameterValue',
      "Invalid tag name <a:b>: only alphanumeric ASCII characters, '_', and '-' are allowed.",
    ],
    [
      'a value with odd characters',
      { Tags: tag('a', 'é') },
      'InvalidParameterValue',
      "Invalid tag value <é>: only alphanumeric ASCII characters, '_', and '-' are allowed.",
    ],
    ['an empty name', { Tags: tag('', 'x') }, 'InvalidParameterValue', 'The tag name must be specified.'],
    ['an empty value', { Tags: tag('a', '') }, 'InvalidParameterValue', 'The tag value must be specified.'],
    [
      'a name that is too long',
      { Tags: tag('n'.repeat(256), 'x') },
      'InvalidParameterValue',
      'Tag name cannot exceed 255 characters.',
    ],
    [
      'a name twice',
      { Tags: [...tag('a', 'x'), ...tag('a', 'y')] },
      'InvalidParameterValue',
      'Duplicate message tag names are not allowed.',
    ],
    [
      'a wrong tag in its headers',
      { headers: 'X-SES-MESSAGE-TAGS: a=b c\r\n' },
      'InvalidParameterValue',
      'Invalid tag value <b c>',
    ],
    [
      'an unknown configuration set',
      { ConfigurationSetName: 'other' },
      'ConfigurationSetDoesNotExistException',
      'Configuration set <other> does not exist.',
    ],
    [
      'an unknown configuration set in its headers',
      { headers: 'X-SES-CONFIGURATION-SET: other\r\n' },
      'ConfigurationSetDoesNotExistException',
      'Configuration set <other> does not exist.',
    ],
    [
      'an identity of another account',
      { FromArn: 'arn:aws:ses:us-east-1:222222222222:identity/b.example' },
      'UnknownOperationException',
      'SES.SendRawEmail parameter FromArn',
    ],
    [
      'an identity of another account in its headers',
      { headers: 'X-SES-SOURCE-ARN: arn:aws:ses:us-east-1:222222222222:identity/b.example\r\n' },
      'UnknownOperationException',
      'SES header X-Ses-Source-Arn',
    ],
  ])('is refused: %s', async (_, changes, name, message) => {
    const { account, clients } = await open();
    const refused = await failure(clients.ses.send(raw('shop@example.com', changes)));
    expect(refused).toMatchObject({ name, message: expect.stringContaining(message) });
    expect(account.inbox.mails).toEqual([]);
  });
});

describe('a raw mail over the wire', () => {
  const most = 10 * 1024 * 1024;

  it('has up to 10 MB', course, async () => {
    const { account } = await open();
    const { url } = await account.listen(0);
    const ses = new SESClient({
      region: 'us-east-1',
      endpoint: url,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
    const head = 'From: shop@example.com\r\nTo: ann@customer.example\r\n\r\n';
    const send = (length: number) => {
      // All of these are spelled in base64 with characters that a form escapes.
      const Data = Buffer.from(head.padEnd(length, '?>'));
      return ses.send(new SendRawEmailCommand({ RawMessage: { Data } }));
    };
    await send(most);
    expect(account.inbox.mails[0]?.raw.byteLength).toBeGreaterThan(most);
    expect(await failure(send(most + 1))).toMatchObject({
      name: 'InvalidParameterValue',
      message: `Message length is more than ${most} bytes long: '${most + 1}'.`,
    });
    expect(account.inbox.mails).toHaveLength(1);
  });
});

const form = {
  Version: '2010-12-01',
  Action: 'SendEmail',
  Source: 'shop@example.com',
  'Destination.ToAddresses.member.1': 'ann@customer.example',
  'Message.Subject.Data': 's',
  'Message.Body.Text.Data': 't',
};

describe('the local SES', () => {
  it('takes a mail as a form', async () => {
    const { account } = await open();
    expect(await callQuery(account, 'ses')(form)).toMatchObject({ status: 200, error: undefined });
    expect(account.inbox.mails).toHaveLength(1);
  });

  it.each([
    ['no subject', { 'Message.Subject.Data': undefined }, 'ValidationError', "Value null at 'message.subject'"],
    [
      'no body',
      { 'Message.Body.Text.Data': undefined, 'Message.Body': '' },
      'InvalidParameterValue',
      'neither a text nor an HTML body',
    ],
    ['another charset', { 'Message.Subject.Charset': 'ISO-8859-1' }, 'UnknownOperationException', 'Charset ISO-8859-1'],
    [
      'recipients that are no list',
      { 'Destination.ToAddresses': 'ann@customer.example' },
      'MalformedInput',
      'destination.toAddresses is no list',
    ],
    [
      'an unknown member',
      { 'Destination.Copies.member.1': 'a@b.example' },
      'UnknownOperationException',
      'SES.SendEmail parameter destination.Copies',
    ],
    ["a source's ARN", { SourceArn: 'arn' }, 'UnknownOperationException', 'parameter SourceArn'],
    [
      'a message that is no base64',
      { Action: 'SendRawEmail', 'RawMessage.Data': 'a*b', Destination: undefined },
      'MalformedInput',
      'Invalid Base64',
    ],
    ['a message left out', { Action: 'SendRawEmail' }, 'ValidationError', "Value null at 'rawMessage'"],
    [
      'a kind of identity that there is not',
      { Action: 'ListIdentities', IdentityType: 'Phone' },
      'ValidationError',
      'enum value set: [EmailAddress, Domain]',
    ],
    [
      'a page size that is no number',
      { Action: 'ListIdentities', MaxItems: 'all' },
      'MalformedInput',
      'maxItems is no integer',
    ],
    [
      'a token of its own making',
      { Action: 'ListIdentities', NextToken: 'abc' },
      'InvalidParameterValue',
      'Invalid NextToken.',
    ],
    [
      'an address that is none',
      { Action: 'VerifyEmailIdentity', EmailAddress: 'ann' },
      'InvalidParameterValue',
      'Invalid email address<ann>.',
    ],
  ])('refuses %s', async (_, changes: Record<string, string | undefined>, error, message) => {
    const { account } = await open();
    const kept = changes['Action'] === undefined ? form : { Version: form.Version };
    const asked = Object.entries({ ...kept, ...changes }).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    );
    expect(await callQuery(account, 'ses')(Object.fromEntries(asked))).toMatchObject({
      error,
      message: expect.stringContaining(message),
    });
    expect(account.inbox.mails).toEqual([]);
  });
});

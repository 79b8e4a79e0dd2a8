import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { notEmulated } from '../wire/errors.ts';
import { isObject } from '../wire/message.ts';
import { parameterError } from './addresses.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** SendEmail's parameters as the MIME message that SES makes of them. */
export async function composeMessage(parameters: Parameters): Promise<Uint8Array> {
  const destination = record(parameters['Destination']);
  const message = record(parameters['Message']);
  const body = record(message['Body']);
  const text = data(body['Text']);
  const html = data(body['Html']);
  if (text === undefined && html === undefined)
    throw parameterError('The message has neither a text nor an HTML body.');
  const composer = new MailComposer({
    from: String(parameters['Source'] ?? ''),
    to: list(destination['ToAddresses']),
    cc: list(destination['CcAddresses']),
    bcc: list(destination['BccAddresses']),
    replyTo: list(parameters['ReplyToAddresses']),
    subject: data(message['Subject']) ?? '',
    ...(text === undefined ? {} : { text }),
    ...(html === undefined ? {} : { html }),
  });
  const mime = composer.compile();
  // The inbox shows who was in Bcc; SES takes the header out when it sends.
  mime.keepBcc = true;
  return mime.build();
}

function record(value: unknown): Parameters {
  return isObject(value) ? value : {};
}

function data(content: unknown): string | undefined {
  const { Data: text, Charset: charset } = record(content);
  if (charset !== undefined && !/^(utf-?8|us-ascii|7bit)$/i.test(String(charset)))
    throw notEmulated(`SES.SendEmail Charset ${String(charset)}`);
  return text === undefined ? undefined : String(text);
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

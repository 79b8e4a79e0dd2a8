import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { isObject } from '../wire/message.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** SendEmail's parameters as the MIME message that SES makes of them. */
export function composeMessage(parameters: Parameters): Promise<Uint8Array> {
  const destination = record(parameters['Destination']);
  const message = record(parameters['Message']);
  const body = record(message['Body']);
  const text = data(body['Text']);
  const html = data(body['Html']);
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
  const text = record(content)['Data'];
  return text === undefined ? undefined : String(text);
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

import PostalMime from 'postal-mime';

interface Mailbox {
  /** Display name, decoded; may be empty. */
  readonly name: string;
  readonly address: string;
}

interface Attachment {
  readonly filename: string | undefined;
  readonly mimeType: string;
  readonly content: Uint8Array;
}

/** A mail as the local SES took it. */
export interface Mail {
  /** The SES message id, as SendRawEmail answered it. */
  readonly id: string;
  /** Virtual milliseconds since the epoch. */
  readonly at: number;
  /** Who gets it, of to, cc and bcc alike; what SES bills. */
  readonly recipients: readonly string[];
  readonly from: Mailbox;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly bcc: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** By lower-case name, as on the wire (unfolded, not decoded); a repeated header's first value. Message-ID and Date are SES's own. */
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly Attachment[];
  /** The `text/calendar` part, when there is one. */
  readonly calendar: { readonly method: string; readonly text: string } | undefined;
  /** SES message tags. */
  readonly tags: Readonly<Record<string, string>>;
  /** The name of the one it was sent in; undefined for none. */
  readonly configurationSet?: string;
  /** The message as it went out, MIME. */
  readonly raw: Uint8Array;
}

/** A parsed message before SES has accepted it: a mail without what SES adds. */
export type Draft = Omit<Mail, 'id' | 'at' | 'recipients' | 'tags' | 'configurationSet' | 'raw' | 'from'> & {
  readonly from: Mailbox | undefined;
  /** Lower-case names of the headers that occur more than once. */
  readonly repeated: readonly string[];
};

type Parsed = Awaited<ReturnType<typeof PostalMime.parse>>;

/** Parses a MIME message. Rejects what is no message at all. */
export async function parseMessage(raw: Uint8Array): Promise<Draft> {
  const parsed = await PostalMime.parse(raw);
  const headers: Record<string, string> = Object.create(null);
  const repeated: string[] = [];
  for (const { key, value } of parsed.headers) {
    if (key in headers) repeated.push(key);
    else headers[key] = value;
  }
  const calendar = parsed.attachments.find((part) => part.mimeType === 'text/calendar');
  return {
    from: mailboxes(parsed.from === undefined ? [] : [parsed.from])[0],
    to: mailboxes(parsed.to),
    cc: mailboxes(parsed.cc),
    bcc: mailboxes(parsed.bcc),
    replyTo: mailboxes(parsed.replyTo),
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html ?? '',
    headers,
    repeated,
    attachments: parsed.attachments.map((part) => ({
      filename: part.filename ?? undefined,
      mimeType: part.mimeType,
      content: bytes(part.content),
    })),
    calendar:
      calendar === undefined
        ? undefined
        : { method: calendar.method ?? '', text: Buffer.from(bytes(calendar.content)).toString('utf8') },
  };
}

/** The draft's mailboxes, groups taken apart. */
function mailboxes(addresses: Parsed['to']): Mailbox[] {
  return (addresses ?? []).flatMap((each): Mailbox[] =>
    each.group === undefined ? [{ name: each.name, address: each.address }] : each.group,
  );
}

function bytes(content: ArrayBuffer | Uint8Array | string): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}

/**
 * The message with headers dropped (lower-case names) and others put first; the body is untouched. SES does this to
 * Message-ID and Date, and removes Bcc.
 */
export function replaceHeaders(
  raw: Uint8Array,
  dropped: ReadonlySet<string>,
  added: Readonly<Record<string, string>>,
): Uint8Array {
  const buffer = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const blank = /\r?\n\r?\n/.exec(buffer.toString('latin1'));
  const end = blank === null ? buffer.length : blank.index;
  const fields = buffer
    .toString('latin1', 0, end)
    .split(/\r?\n(?![ \t])/)
    .filter((field) => !dropped.has(field.slice(0, field.indexOf(':')).toLowerCase()));
  const head = [...Object.entries(added).map(([name, value]) => `${name}: ${value}`), ...fields].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), buffer.subarray(end)]);
}

import { isRecord } from '../domain/fields/record.ts';
import type { MailSaid } from '../domain/handoff/audit-entry.ts';
import type { MailFate, MailRecord } from '../domain/handoff/mail-record.ts';
import { entryOfMail } from '../domain/handoff/own-entries.ts';
import { weakerFates } from '../domain/handoff/reachability.ts';
import type { Arrivals, Mails } from '../ports/mails.ts';
import type { Item, Table } from './dynamodb.ts';
import { digest, entryId } from './item-keys.ts';
import { packedText, shortText, textIn } from './packed-text.ts';
import { partition, sort } from './table.ts';

/**
 * What became of a mail at one address stands in an attribute of its own, so that it is one write whoever else got the mail,
 * and code that knows only `mailStatus` (an older version, rolled back to) still sees that the mail was sent.
 */
const fatePrefix = 'fate:';
const fateText = ({ what, at }: MailFate): string => `${what} ${at}`;

/**
 * The mails of handoffs; or of what else has mails, in partitions of its own. `more`: what each item has beside, by the time at
 * which it is written.
 */
export function mailRecords(
  table: Table,
  {
    partitionOf = partition.handoff,
    more = () => ({}),
  }: {
    readonly partitionOf?: (id: string) => string;
    readonly more?: (at: string) => Item;
  } = {},
): Mails {
  const keyOf = (id: string, key: string) => ({ pk: partitionOf(id), sk: sort.mail(key) });
  /** All or none, in one write; whether it was done. */
  const writeFates = (key: Item, fates: readonly (readonly [string, MailFate])[]) =>
    table.update(key, {
      UpdateExpression: `SET ${fates.map((_, i) => `#fate${i} = :fate${i}`).join(', ')}`,
      ConditionExpression: [
        'attribute_exists(pk)',
        ...fates.map(([, { what }], i) => {
          const weaker = weakerFates(what).map((each) => `begins_with(#fate${i}, :${each})`);
          return `(${[`attribute_not_exists(#fate${i})`, ...weaker].join(' OR ')})`;
        }),
      ].join(' AND '),
      ExpressionAttributeNames: Object.fromEntries(fates.map(([email], i) => [`#fate${i}`, `${fatePrefix}${email}`])),
      values: {
        ...Object.fromEntries(fates.map(([, fate], i) => [`:fate${i}`, fateText(fate)])),
        ...Object.fromEntries(
          fates.flatMap(([, { what }]) => weakerFates(what)).map((each): [string, string] => [`:${each}`, each]),
        ),
      },
    });
  return {
    async claim(id, key, { at, token, lease }) {
      const mail = { ...keyOf(id, key), mailStatus: 'claimed', at, claim: token, ...more(at) };
      if (await table.put(mail, { ConditionExpression: 'attribute_not_exists(pk)' })) return 'claimed';
      const stands = await table.get(keyOf(id, key));
      const { mailStatus: status, claim: theirs, at: since, waited } = stands ?? {};
      if (status === 'sent' || status === 'held') return status;
      if (theirs === token) return 'claimed';
      if (lease === undefined) return 'unknown';
      const same = theirs === undefined ? 'attribute_not_exists(claim)' : 'claim = :theirs';
      const ConditionExpression = `mailStatus = :claimed AND ${same}`;
      const values = { ':claimed': 'claimed', ...(theirs !== undefined && { ':theirs': theirs }) };
      const hasWaited = waited instanceof Set && waited.has(at);
      if (!hasWaited && Math.abs(Date.parse(at) - Date.parse(String(since))) < lease) {
        // Tried again, a caller has the same time: that it was here before says that the claim is older than that.
        const waiting = { ...values, ':at': new Set([at]) };
        await table.update(keyOf(id, key), {
          UpdateExpression: 'ADD waited :at',
          ConditionExpression,
          values: waiting,
        });
        return 'in hand';
      }
      const taken = await table.put(mail, { ConditionExpression, values });
      return taken ? 'unknown' : 'in hand';
    },

    async markSent({ id, key, messageId, at, sentTo, inDigest, said }) {
      const entry = entryOfMail({ key, status: 'sent', at, ...(inDigest && { inDigest }), ...(said && { said }) });
      const sent = { messageId, sentTo, inDigest, ...(entry && { said: { ...said, id: entryId(entry) } }) };
      // Mails are read with every look at their handoff, and there are more of them than of anything else.
      const text = shortText(JSON.stringify(sent));
      const item = { ...keyOf(id, key), mailStatus: 'sent', at, ...more(at), sent: text };
      await table.put(item);
      return mailOf(key, item);
    },

    async release(id, key, token) {
      await table.delete(keyOf(id, key), {
        ConditionExpression: 'mailStatus = :claimed AND claim = :token',
        values: { ':claimed': 'claimed', ':token': token },
      });
    },

    async hold(id, key, at) {
      await table.put(
        { ...keyOf(id, key), mailStatus: 'held', at, ...more(at) },
        { ConditionExpression: 'attribute_not_exists(pk) OR mailStatus <> :sent', values: { ':sent': 'sent' } },
      );
    },

    async of(id) {
      // A handoff has some thirty mails of 0.2 KB: reading them all costs less than an index would, written with each mail.
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :mail)',
        values: { ':pk': partitionOf(id), ':mail': 'MAIL' },
      });
      return mailsIn(items).filter(({ messageId }) => messageId !== undefined);
    },

    async recordArrived(id, arrived) {
      const text = JSON.stringify(arrived);
      // Instants are told by one clock, and sort as they are written.
      const last =
        Object.values(arrived)
          .flatMap((times) => Object.values(times))
          .sort()
          .at(-1) ?? '';
      await table.put({ pk: partitionOf(id), sk: sort.arrived(last, digest(text)), arrived: packedText(text) });
    },

    async recordFates({ id, key, fates }) {
      const all = Object.entries(fates);
      if ((await writeFates(keyOf(id, key), all)) || all.length === 1) return;
      // Something worse is known of one of them in the meantime: the others' news stand all the same.
      for (const each of all) await writeFates(keyOf(id, key), [each]);
    },
  };
}

/** The mails among the items of a partition, with what each night found to have arrived. */
export function mailsIn(items: readonly Item[]): readonly MailRecord[] {
  const under = (prefix: string) => items.filter(({ sk }) => String(sk).startsWith(prefix));
  const nights = under(sort.arrivals).map(({ arrived }): Arrivals => JSON.parse(textIn(arrived)));
  return under(sort.mail('')).map((item) => {
    const mail = mailOf(String(item['sk']).slice(sort.mail('').length), item);
    const times = nights.flatMap((night) => Object.entries(night[mail.key] ?? {}));
    if (times.length === 0) return mail;
    const delivered = times.map(([email, at]): [string, MailFate] => [email, { what: 'delivered', at }]);
    // Whatever else is known of an address is worse, or the same.
    return { ...mail, fates: { ...Object.fromEntries(delivered), ...mail.fates } };
  });
}

export function mailOf(key: string, written: Item): MailRecord {
  const { sent } = written;
  const item: Item = sent === undefined ? written : { ...JSON.parse(textIn(sent)), ...written };
  const fates = Object.entries(item).filter(([name]) => name.startsWith(fatePrefix));
  return {
    key,
    status: item['mailStatus'] as MailRecord['status'],
    at: String(item['at']),
    ...(typeof item['messageId'] === 'string' && { messageId: item['messageId'] }),
    ...(item['inDigest'] === true && { inDigest: true }),
    ...(isRecord(item['said']) && { said: item['said'] as unknown as MailSaid }),
    ...(Array.isArray(item['sentTo']) && { sentTo: item['sentTo'].map(String) }),
    ...(fates.length > 0 && {
      fates: Object.fromEntries(
        fates.map(([name, text]) => {
          const [what = '', at = ''] = String(text).split(' ');
          return [name.slice(fatePrefix.length), { what: what as MailFate['what'], at }];
        }),
      ),
    }),
  };
}

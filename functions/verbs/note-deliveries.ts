import { type MailEvent, parseMailEvent } from '../domain/handoff/mail-event.ts';
import type { MailRecord } from '../domain/handoff/mail-record.ts';
import type { WorldOf } from '../ports/world.ts';
import { inTurns } from './in-turns.ts';
import { clearMarks, isOnRecord, trackMail, trackMailUses } from './track-mail.ts';

export const noteDeliveriesUses = [
  'deliveries.take',
  'deliveries.noted',
  'mails.recordArrived',
  ...trackMailUses,
] as const;

type World = WorldOf<typeof noteDeliveriesUses>;

type OfHandoff = MailEvent & { readonly handoffId: string };

/** Of a hundred deliveries each: more than that many in a night wait for the next one. */
const mostTurns = 400;

/**
 * Notes which mails arrived since the last night, in one write for each handoff. Nobody waits for that: who cannot be reached is told of
 * at once, and has their mark taken off by what they do, or in the night after a mail has reached them again. What cannot be read stays
 * where it is, until it waits for a person. Broken off or repeated, it goes on where it was.
 */
export const noteDeliveries = (world: World) => async (): Promise<{ readonly deliveries: number }> => {
  let deliveries = 0;
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const waiting = await world.deliveries.take();
    if (waiting.length === 0) break;
    const read = waiting.flatMap((each) => readOrNothing(each));
    await noteAll(
      world,
      read.flatMap(({ news }) => (isOfHandoff(news) ? [news] : [])),
    );
    for (const { news, event } of read) if (news && !isOfHandoff(news)) await trackMail(world)({ event });
    await world.deliveries.noted(read.map(({ receipt }) => receipt));
    deliveries += read.length;
  }
  return { deliveries };
};

function readOrNothing<Waiting extends { readonly event: unknown }>(waiting: Waiting) {
  try {
    return [{ ...waiting, news: parseMailEvent(waiting.event) }];
  } catch {
    return [];
  }
}

const isOfHandoff = (news: MailEvent | undefined): news is OfHandoff =>
  news?.handoffId !== undefined && news.what === 'delivered';

async function noteAll(world: World, deliveries: readonly OfHandoff[]): Promise<void> {
  const byHandoff = Map.groupBy(deliveries, ({ handoffId }) => handoffId);
  const mailsOf = await inTurns([...byHandoff.keys()], async (id) => [id, await world.mails.of(id)] as const);
  const news = mailsOf.map(([id, mails]) => ({ id, unknown: (byHandoff.get(id) ?? []).flatMap(unknownIn(mails)) }));
  await clearMarks(
    world,
    news.flatMap(({ unknown }) => unknown),
  );
  await inTurns(news, async ({ id, unknown }) => {
    const byKey = [...Map.groupBy(unknown, ({ key }) => key)].flatMap(([key, told]) =>
      key === undefined ? [] : [[key, Object.fromEntries(told.map(({ email, at }) => [email, at]))] as const],
    );
    if (byKey.length > 0) await world.mails.recordArrived(id, Object.fromEntries(byKey));
  });
}

/** Whom a mail has reached of whom that is not on record, and the key of the mail, where it is known. */
const unknownIn =
  (mails: readonly MailRecord[]) =>
  ({ messageId, recipients, at, sentAt }: OfHandoff) => {
    const mail = mails.find((each) => each.messageId === messageId);
    return recipients
      .filter((email) => !isOnRecord(mail?.fates?.[email]?.what, 'delivered'))
      .map((email) => ({ key: mail?.key, email, at, sentAt }));
  };

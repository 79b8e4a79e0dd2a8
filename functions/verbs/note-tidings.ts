import { reliefKey } from '../domain/handoff/trouble.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { insist } from '../mailing/insist.ts';
import type { WorldOf } from '../ports/world.ts';
import type { DigestTidings } from './digest-tidings.ts';
import { inTurns } from './in-turns.ts';

export const noteTidingsUses = ['digestTopics.drop', 'mails.markSent'] as const;

type World = WorldOf<typeof noteTidingsUses>;

/** Puts on record what a digest has told, handoff by handoff: no email says it again. */
export async function noteTold(
  world: World,
  { escalated, over }: Pick<DigestTidings, 'escalated' | 'over'>,
  { email, messageId, at }: { readonly email: string; readonly messageId: string; readonly at: Instant },
): Promise<void> {
  const told = [
    ...escalated.map(({ record, saying: { step, key } }) => ({ record, step, key, kind: 'escalate' })),
    ...over.map(({ record, relief }) => ({ record, step: relief.step, key: reliefKey(relief), kind: 'trouble-over' })),
  ].filter(({ record, key }) => record.mails[key]?.status !== 'sent');
  await inTurns(told, async ({ record, step, key, kind }) => {
    const { id } = record.state;
    const said = { step, detail: `${kind} to ${email}` };
    await insist(() => world.mails.markSent({ id, key, messageId, at, inDigest: true, said }));
  });
}

/** Leaves out what there is nothing more to say of. */
export const dropSettled = (
  world: World,
  { settled }: Pick<DigestTidings, 'settled'>,
  email: string,
): Promise<unknown> => inTurns(settled, (topic) => world.digestTopics.drop(email, topic));

import type { MailKind } from '../../../functions/domain/messages/message.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import type { Mail } from '../../account/ses/mail.ts';
import { partsOf } from '../play/asks-in-mail.ts';
import type { SampleEvent } from '../sample-company.ts';
import { everyKind } from './every-kind.ts';
import { languageOfMail } from './mail-language.ts';
import { castOf, playScene } from './play-scene.ts';
import type { Scene } from './scenes.ts';

/** A mail that a play brought about. */
export interface CollectedMail {
  /** The deal's file, without its ending. */
  readonly sample: string;
  /** In which play it was the first of its kind. */
  readonly scene: string;
  /** Several where it speaks of several steps. */
  readonly kinds: readonly string[];
  /** That its HTML says it is in: an ISO 639 code. */
  readonly language: string;
  readonly mail: Mail;
}

export interface SampleDeal {
  readonly name: string;
  readonly event: SampleEvent;
}

/**
 * Plays scenes with sample deals and collects what SES took: of each deal the first mail of a kind about a step to a
 * reader; those after it say the same at another time.
 */
export async function collectMails({
  deals,
  scenes,
  ...company
}: {
  readonly deals: readonly SampleDeal[];
  readonly scenes: readonly Scene[];
  readonly playbook: Playbook;
  readonly roster: readonly Person[];
  /** Of the stage (BCP 47); American English unless said. */
  readonly locale?: string;
}): Promise<readonly CollectedMail[]> {
  const collected = new Map<string, CollectedMail>();
  for (const { name: sample, event } of deals) {
    const cast = await castOf({ ...company, event });
    for (const scene of scenes)
      for (const mail of await playScene(scene, cast)) {
        const kinds = kindsOf(mail);
        const { step, steps } = mail.tags;
        const key = [sample, ...kinds, steps ?? step, mail.to[0]?.address].join(' ');
        if (!collected.has(key))
          collected.set(key, { sample, scene: scene.name, kinds, language: languageOfMail(mail), mail });
      }
  }
  return [...collected.values()];
}

function kindsOf(mail: Mail): readonly string[] {
  const parts = partsOf(mail).map(({ kind }) => kind);
  return [...new Set(parts.length > 0 ? parts : [mail.tags['kind'] ?? ''])];
}

/** Kinds that none of the mails is of. */
export const missingKinds = (mails: readonly CollectedMail[]): readonly MailKind[] =>
  everyKind.filter((kind) => !mails.some(({ kinds, mail }) => kinds.includes(kind) || mail.tags['kind'] === kind));

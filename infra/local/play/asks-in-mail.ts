import type { Mail } from '../../account/ses/mail.ts';

/** What a mail says about one step. */
export interface AskInMail {
  readonly kind: string;
  readonly step: string;
  /** The path of the reader's link: `/s/…`. */
  readonly link: string;
}

/** What a mail says about steps: several where they fell together, one link each in the order of its tags. */
export function asksIn(mail: Mail): AskInMail[] {
  const { kind = '', step = '' } = mail.tags;
  const links = [...new Set(mail.text.match(/\/s\/[A-Za-z0-9_-]{22}/g))];
  const parts = partsOf(mail);
  return (parts.length > 0 ? parts : [{ kind, step }]).flatMap((part, i) => {
    const link = links[i];
    return link === undefined ? [] : [{ ...part, link }];
  });
}

/** The steps of a mail that speaks of several, each with its kind. */
export function partsOf({ tags }: Pick<Mail, 'tags'>): Pick<AskInMail, 'kind' | 'step'>[] {
  const kinds = tags['kinds']?.split('_') ?? [];
  return (tags['steps']?.split('_') ?? []).map((step, i) => ({ step, kind: kinds[i] ?? '' }));
}

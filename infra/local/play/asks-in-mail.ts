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
  const { kind = '', step = '', kinds, steps } = mail.tags;
  const links = [...new Set(mail.text.match(/\/s\/[A-Za-z0-9_-]{22}/g))];
  const about = steps?.split('_') ?? [step];
  const said = kinds?.split('_') ?? [kind];
  return about.flatMap((of, i) => {
    const link = links[i];
    return link === undefined ? [] : [{ kind: said[i] ?? kind, step: of, link }];
  });
}

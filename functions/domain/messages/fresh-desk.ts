import type { SiteFacts } from '../handoff/site.ts';
import type { Person } from '../people/person.ts';
import { languageOf } from '../texts/texts.ts';
import { preheader } from './filled.ts';
import type { Message } from './message.ts';
import { greetingOf, textsFor } from './wording.ts';

/** A new link to somebody's desk, at `url`, in place of one that came in a report. */
export function freshDeskMessage(person: Person, url: string, site: SiteFacts): Message {
  const { desk } = textsFor(site);
  return {
    language: languageOf(site.locale),
    desk: url,
    subject: desk.subject,
    preview: preheader(desk.shows),
    blocks: [
      { paragraph: greetingOf(person, site) },
      { paragraph: desk.shows },
      { paragraph: desk.days },
      { button: { label: desk.open, url } },
    ],
  };
}

import type { HandoffRecord } from '../handoff/handoff.ts';
import type { SiteFacts } from '../handoff/site.ts';
import { timesIn } from '../handoff/site.ts';
import { spoken } from '../handoff/spoken.ts';
import { titleOf } from '../handoff/step-rule.ts';
import type { Person } from '../people/person.ts';
import { queryOf } from '../reports/filter-query.ts';
import type { Filter } from '../reports/filters.ts';
import { languageOf } from '../texts/texts.ts';
import type { Instant } from '../time/calendar.ts';
import type { Locality } from '../time/locality.ts';
import { preheader, subjectLine } from './filled.ts';
import type { Block, Message } from './message.ts';
import { greetingOf, headerLine } from './wording.ts';

/** Who reads a report, when, and where their own link leads. */
export interface ReportReader {
  readonly person: Person;
  readonly site: SiteFacts;
  readonly at: Instant;
  /** Their desk, and the report pages: everything below begins so. */
  readonly links: { readonly desk: string; readonly reports: string };
}

/** The page of a list of handoffs. */
export const listPage = ({ links }: Pick<ReportReader, 'links'>, filter: Filter): string =>
  `${links.reports}/handoffs?${queryOf(filter)}`;

/** The page of an audit. */
export const auditPage = ({ links }: Pick<ReportReader, 'links'>, quarter: string): string =>
  `${links.reports}/audit/${quarter}`;

export const timesOf = ({ person, site }: Pick<ReportReader, 'person' | 'site'>): Locality =>
  timesIn(person.availability.zone, site);

/** A mail that is about no single handoff. */
export function reportMessage(
  { person, site, links }: ReportReader,
  {
    subject,
    preview,
    blocks,
  }: { readonly subject: string; readonly preview: string; readonly blocks: readonly Block[] },
): Message {
  return {
    language: languageOf(site.locale),
    desk: links.desk,
    subject: headerLine(subjectLine('', () => subject)),
    preview: preheader(preview),
    blocks: [{ paragraph: greetingOf(person, site) }, ...blocks],
  };
}

/**
 * Handoffs in the words of the stage's locale. A mail is in one language: where one of their playbooks has no words in it, the mail
 * is in English.
 */
export function spokenTogether(
  records: readonly HandoffRecord[],
  site: SiteFacts,
): { readonly records: readonly HandoffRecord[]; readonly site: SiteFacts } {
  const told = records.map((record) => spoken({ record, site }));
  const other = told.find((each) => languageOf(each.site.locale) !== languageOf(site.locale));
  return other ? { records, site: other.site } : { records: told.map(({ record }) => record), site };
}

/** What steps are called in these handoffs, by id. */
export const titlesIn = (records: readonly HandoffRecord[]): ReadonlyMap<string, string> =>
  new Map(records.flatMap((record) => Object.keys(record.steps).map((step) => [step, titleOf(record, step)] as const)));

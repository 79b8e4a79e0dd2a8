import type { Block, Message } from '../../../functions/domain/messages/message.ts';
import { auditPackMessage } from '../../../functions/domain/messages/report-audit.ts';
import { weeklyKpisMessage } from '../../../functions/domain/messages/report-kpis.ts';
import type { ReportReader } from '../../../functions/domain/messages/report-mail.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import { type AuditSample, drawSample } from '../../../functions/domain/reports/audit-sample.ts';
import { auditSeed } from '../../../functions/domain/reports/audit-seed.ts';
import { reportsFor } from '../../../functions/domain/reports/report-rules.ts';
import { seenBy } from '../../../functions/domain/reports/seen.ts';
import { weeklyKpis } from '../../../functions/domain/reports/weekly-kpis.ts';
import { type Scope, scopeOf } from '../../../functions/domain/reports/who-sees.ts';
import type { Period } from '../../../functions/domain/time/periods.ts';
import { renderMail } from '../../../functions/mails/render-mail.ts';
import type { ReportFile, ReportSource } from './report-files.ts';

/** How long notes on an audit are asked for, in milliseconds: as its mail does. */
const noteTime = 14 * 86_400_000;

/** What a quarter's audit is of, the same for whoever draws it again; undefined where it is not the reader's to see. */
export const sampleOf = (
  { measured, site }: Pick<ReportSource, 'measured' | 'site'>,
  scope: Scope,
  { quarter, hashOf }: { readonly quarter: Period; readonly hashOf: (text: string) => string },
): AuditSample | undefined =>
  scope.sees.auditPack.whose === 'nobody'
    ? undefined
    : drawSample(seenBy(scope, 'auditPack', measured).handoffs, {
        ...{ quarter, zone: site.defaultZone, seed: auditSeed(quarter), hashOf },
      });

/**
 * The mail that this reader gets of a period, as HTML and as text: leadership's numbers of a week, the audit pack of a quarter.
 * There is none of a month, and none for who gets none. In a file nobody's own link is at hand: it leads to the pages beside it.
 */
export function reportMails(
  source: ReportSource,
  person: Person,
  { period, sample }: { readonly period: Period; readonly sample?: AuditSample | undefined },
): readonly ReportFile[] {
  const message = messageOf(source, person, { period, sample });
  return message ? mailFiles('mail', message, source) : [];
}

function messageOf(
  { site, at, measured, published, roster, ids }: ReportSource,
  person: Person,
  { period, sample }: { readonly period: Period; readonly sample?: AuditSample | undefined },
): Message | undefined {
  const reader: ReportReader = { person, site, at, links: { desk: besides, reports: besides } };
  const gets = reportsFor(person, roster);
  if (period.includes('W')) {
    const scope = scopeOf(person, { roster, ids });
    if (!gets.includes('weekly-kpis') || scope.sees.weeklyKpis.whose === 'nobody') return undefined;
    const seen = seenBy(scope, 'weeklyKpis', measured);
    return weeklyKpisMessage(reader, {
      kpis: weeklyKpis({ measured: seen, week: period, zone: site.defaultZone }),
      // What went out is of all handoffs.
      ...{ published: scope.everybody ? published : [], titles: new Map(), notesPastDate: 0 },
    });
  }
  if (!gets.includes('audit-pack') || !sample || sample.handoffs.length === 0) return undefined;
  const until = new Date(Date.parse(at) + noteTime).toISOString();
  return auditPackMessage(reader, { sample, until, notesPastDate: 0 });
}

/** The first of the pages that stand beside a mail. */
const besides = 'overview.html';

function mailFiles(name: string, message: Message, { site }: Pick<ReportSource, 'site'>): readonly ReportFile[] {
  const { subject, html, text } = renderMail(withoutLinks(message), {
    ...{ site: { ...site, url: besides }, toCustomer: false },
  });
  return [
    { name: `${name}.html`, text: html },
    { name: `${name}.txt`, text: `${subject}\n\n${text}` },
  ];
}

/** Numbers and lines as plain text: what they lead to opens by a link of the reader's own alone. */
const withoutLinks = ({ desk: _, blocks, ...message }: Message): Message => ({
  ...message,
  blocks: blocks.flatMap((block): readonly Block[] => {
    if ('button' in block) return [];
    if ('figures' in block) return [{ ...block, figures: block.figures.map(unlinked) }];
    if ('entries' in block) return [{ ...block, entries: block.entries.map(unlinked) }];
    return 'bars' in block ? [{ ...block, bars: block.bars.map(unlinked) }] : [block];
  }),
});

const unlinked = <T extends { readonly url?: string }>({ url: _, ...rest }: T): Omit<T, 'url'> => rest;

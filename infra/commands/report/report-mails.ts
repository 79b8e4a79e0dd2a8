import type { Block, Message } from '../../../functions/domain/messages/message.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import { type AuditSample, drawSample } from '../../../functions/domain/reports/audit-sample.ts';
import { auditSeed } from '../../../functions/domain/reports/audit-seed.ts';
import { reportAt } from '../../../functions/domain/reports/due-reports.ts';
import { type ReportKind, reportRules, reportsFor } from '../../../functions/domain/reports/report-rules.ts';
import { seenBy } from '../../../functions/domain/reports/seen.ts';
import type { Scope } from '../../../functions/domain/reports/who-sees.ts';
import type { Period } from '../../../functions/domain/time/periods.ts';
import { renderMail } from '../../../functions/mails/render-mail.ts';
import { type ReportWorld, reportRun, writeReport } from '../../../functions/verbs/write-report.ts';
import { fileOf, reportAddress } from './file-links.ts';
import type { ReportFile, ReportSource } from './report-files.ts';

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

/** What the command is asked for. */
export type ReportSpan = 'week' | 'month' | 'quarter';

/** Each span of time and the emails that somebody may get of it, or in it; a month is told in the form of a week's numbers. */
const mailsOf = (span: ReportSpan, kinds: readonly ReportKind[]): readonly ReportKind[] =>
  kinds.filter((kind) => {
    if (span === 'month') return kind === 'weekly-kpis';
    return (reportRules[kind].every === 'quarter') === (span === 'quarter');
  });

/** What emails are called, in sentences; their files are, with hyphens. */
const mailNames = {
  'overdue-digest': 'daily digest',
  'weekly-list': 'weekly list',
  'weekly-kpis': 'numbers',
  'audit-pack': 'audit pack',
} as const satisfies Readonly<Record<ReportKind, string>>;

export interface ReportMails {
  readonly files: readonly ReportFile[];
  /** The addresses that they lead to: each is to be a file beside them, by the name that `fileOf` gives it. */
  readonly led: readonly string[];
  /** Why there is no file of an email that they get; a sentence each. */
  readonly missing: readonly string[];
}

/**
 * The emails that this reader gets in a week or a quarter, or would get of a month, each as HTML and as text, as they would go out
 * at the moment of the source. Nothing is sent or published. In a file nobody's own link is at hand: it leads to the files beside
 * it. `isNow`: whether that moment is the present one, as what is open at people is known of no other.
 */
export async function reportMails(
  { world, source, isNow }: { readonly world: ReportWorld; readonly source: ReportSource; readonly isNow: boolean },
  person: Person,
  { span, period }: { readonly span: ReportSpan; readonly period: Period },
): Promise<ReportMails> {
  const { at, site, roster } = source;
  const run = reportRun(world, roster, at);
  const files: ReportFile[] = [];
  const led: string[] = [];
  const missing: string[] = [];
  const kinds = mailsOf(span, reportsFor(person, roster));
  for (const kind of kinds) {
    const isOfNow = reportRules[kind].tellsOf === 'now';
    if (isOfNow && !isNow) {
      missing.push(`No ${mailNames[kind]}: it tells of the present. Leave out --at.`);
      continue;
    }
    const due = reportAt(kind, { person, at, zone: site.defaultZone });
    const report = isOfNow ? due : { ...due, period };
    const written = await writeReport(world, run, { person, report, links: { desk: noDesk, reports: reportAddress } });
    if (written) {
      files.push(...mailFiles(`mail-${mailNames[kind].replace(' ', '-')}`, linkedTo(written.message, period), source));
      led.push(...addressesOf(written.message));
    } else missing.push(`No ${mailNames[kind]}: there is nothing to say to ${person.name}.`);
  }
  return { files, led, missing: kinds.length > 0 ? missing : [`No email: ${person.name} gets none of a ${span}.`] };
}

/** The first of the pages that stand beside a mail. */
const besides = 'overview.html';

function mailFiles(name: string, message: Message, { site }: Pick<ReportSource, 'site'>): readonly ReportFile[] {
  const { subject, html, text } = renderMail(message, { site: { ...site, url: besides }, toCustomer: false });
  return [
    { name: `${name}.html`, text: html },
    { name: `${name}.txt`, text: `${subject}\n\n${text}` },
  ];
}

/** A desk opens by its owner's link alone. */
const noDesk = '/d/file';

/** The same mail, leading to the files beside it; what opens by a link of the reader's own alone is text. */
const linkedTo = ({ desk: _, blocks, ...message }: Message, period: Period): Message => {
  const linked = <T extends { readonly url?: string }>({ url, ...rest }: T): Omit<T, 'url'> & { url?: string } => {
    const file = url === undefined ? undefined : fileOf(url, period);
    return { ...rest, ...(file !== undefined && { url: file }) };
  };
  return {
    ...message,
    blocks: blocks.flatMap((block): readonly Block[] => {
      if ('button' in block) {
        const { label, url } = linked(block.button);
        return url === undefined ? [] : [{ button: { label, url } }];
      }
      if ('figures' in block)
        return [
          {
            figures: block.figures.map(({ beside = [], trend = [], ...figure }) => ({
              ...linked(figure),
              beside: beside.map((line) => (typeof line === 'string' ? line : linked(line))),
              trend: trend.map(linked),
            })),
          },
        ];
      if ('entries' in block) return [{ ...block, entries: block.entries.map(linked) }];
      return 'bars' in block ? [{ ...block, bars: block.bars.map(linked) }] : [block];
    }),
  };
};

/** Every address that a mail leads to. */
function addressesOf({ blocks }: Message): readonly string[] {
  const lines = blocks.flatMap((block): readonly (string | { readonly url?: string })[] => {
    if ('button' in block) return [block.button];
    if ('figures' in block)
      return block.figures.flatMap(({ beside = [], trend = [], ...own }) => [own, ...beside, ...trend]);
    if ('entries' in block) return block.entries;
    return 'bars' in block ? block.bars : [];
  });
  return lines.flatMap((line) => (typeof line === 'string' ? [] : (line.url ?? [])));
}

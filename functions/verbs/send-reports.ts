import { lazily } from '../domain/fields/lazily.ts';
import type { Person } from '../domain/people/person.ts';
import { type DueReport, dueReports, keysOf } from '../domain/reports/due-reports.ts';
import { toPublish } from '../domain/reports/published.ts';
import { weeklyKpis } from '../domain/reports/weekly-kpis.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { Period } from '../domain/time/periods.ts';
import { linkTo, linkUses } from '../mailing/link-to.ts';
import { type ReportLinks, sendReportOnce, sendReportUses } from '../mailing/send-report.ts';
import { MailInHand, MailThrottled } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';
import type { StepLink } from './digest-tidings.ts';
import { dropSettled, noteTidingsUses, noteTold } from './note-tidings.ts';
import { type ReportRun, reportRun, writeReport, writeReportUses } from './write-report.ts';

export const sendReportsUses = [
  'roster.everybody',
  'calendarOf',
  'publishedWeeks.keep',
  ...writeReportUses,
  ...noteTidingsUses,
  ...linkUses,
  ...sendReportUses,
] as const;

type World = WorldOf<typeof sendReportsUses>;

/** What an hour came to. */
export interface ReportsSent {
  readonly sent: number;
  /** Those in which there was nothing to say. */
  readonly nothing: number;
  /** Those that are due and could not go out: the next hour sends them. */
  readonly left: number;
}

/** Whoever began to send a report an hour ago is not at it any more, in milliseconds. */
const lease = 30 * 60_000;

/**
 * Called each hour: mails every report that is due by now to whoever has not got it, once each. What cannot go out is sent by the
 * next hour, and tells of the same day, week or quarter. Throws the first trouble that does not pass by itself when everybody's
 * turn is over.
 */
export const sendReports =
  (world: World) =>
  async ({ at }: { readonly at: Instant }): Promise<ReportsSent> => {
    const run = reportRun(world, await world.roster.everybody(), at);
    const publish = lazily((week: Period) => publishWeek(world, run, week));
    const count = { sent: 0, nothing: 0, left: 0 };
    const troubles: unknown[] = [];
    let isStopped = false;
    for (const person of run.roster) {
      const calendar = world.calendarOf(person);
      const due = dueReports({ person, roster: run.roster, at, calendar, zone: world.site.defaultZone });
      for (const report of due) {
        if (isStopped) {
          count.left++;
          continue;
        }
        try {
          const outcome = await sendOne(world, run, { person, report, publish });
          if (outcome === 'sent') count.sent++;
          if (outcome === 'nothing to say') count.nothing++;
        } catch (error) {
          count.left++;
          if (!(error instanceof MailThrottled)) troubles.push(error);
          // Who is over the rate, or the day's quota, is so for everybody.
          else isStopped = !(error instanceof MailInHand);
        }
      }
    }
    if (troubles.length > 0) throw troubles[0];
    return count;
  };

interface Sending {
  readonly person: Person;
  readonly report: DueReport;
  /** Keeps the numbers of a week as they go out. */
  readonly publish: (week: Period) => Promise<void>;
}

async function sendOne(world: World, run: ReportRun, { person, report, publish }: Sending) {
  const { kind, key, period, measuredUntil } = report;
  const last = await world.reportMails.last(person.email, keysOf(kind));
  if (last?.key === key && last.status !== 'claimed') return 'sent before';
  if (measuredUntil !== undefined) {
    const asOf = (await run.measured())?.asOf;
    if (asOf === undefined || Date.parse(asOf) < Date.parse(measuredUntil)) return 'not measured';
  }
  const compose = async (links: ReportLinks) => {
    if (kind === 'weekly-kpis') await publish(period);
    const stepLink: StepLink = (record, to) => linkTo(world, record, to);
    const written = await writeReport(world, run, { person, report, links, stepLink });
    if (kind !== 'overdue-digest') return written;
    const tidings = await run.tidings(person.email);
    await dropSettled(world, tidings, person.email);
    const { email } = person;
    return (
      written && { ...written, sent: (messageId: string) => noteTold(world, tidings, { email, messageId, at: run.at }) }
    );
  };
  return sendReportOnce(world, { person, kind, key, at: run.at, lease, compose });
}

/** What is told of a week later is compared with what went out first, which is of all handoffs, whoever reads. */
async function publishWeek(world: World, { at, measured }: ReportRun, week: Period): Promise<void> {
  const known = await measured();
  if (!known) return;
  const { kpis } = weeklyKpis({ measured: known, week, zone: world.site.defaultZone });
  await world.publishedWeeks.keep({ week, at, figures: kpis.map(({ figure }) => toPublish(figure)) });
}

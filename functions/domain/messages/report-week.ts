import { smallSample } from '../reports/figures.ts';
import type { ListedMeeting, ListedStep } from '../reports/open-work-list.ts';
import type { Instant } from '../time/calendar.ts';
import { dateIn, momentIn, soonIn } from '../time/wording.ts';
import { subjectListing } from './filled.ts';
import type { Block, Message } from './message.ts';
import type { PackageScore } from './report-digest.ts';
import { listPage, type ReportReader, reportMessage, timesOf } from './report-mail.ts';
import { textsFor } from './wording.ts';

/** Somebody's own week. */
export interface OwnWeek {
  /** What waits for them, soonest due first. */
  readonly steps: readonly ListedStep[];
  readonly meetings: readonly ListedMeeting[];
  /** Until when it is this week, UTC. */
  readonly until: Instant;
  /** How complete their packages were. */
  readonly score?: PackageScore;
}

/** Most lines of a section. */
const mostListed = 15;

/** To account executives and customer success managers each week: what is open, overdue, and coming. */
export function ownWeekMessage(reader: ReportReader, week: OwnWeek): Message {
  const { site, at, links } = reader;
  const { reports: texts } = textsFor(site);
  const { week: words } = texts;
  const told = timesOf(reader);
  const { steps, meetings, score } = week;
  const isBefore = (time: Instant) => (step: ListedStep) => Date.parse(step.dueAt) < Date.parse(time);
  const overdue = steps.filter(isBefore(at));
  const due = steps.filter((step) => !isBefore(at)(step) && isBefore(week.until)(step));
  const later = steps.filter((step) => !isBefore(week.until)(step));
  const parts = [
    overdue.length > 0 && words.overdue(overdue.length),
    due.length > 0 && words.due(due.length),
    meetings.length > 0 && words.meetings(meetings.length),
  ].filter((part) => part !== false);
  const stepLines = (list: readonly ListedStep[]) =>
    list.map(({ customer, title, dueAt }) => ({
      text: texts.stepOf(customer, title),
      detail: words.dueAt(momentIn(told, dueAt, at)),
    }));
  const section = (heading: string, lines: readonly { readonly text: string; readonly detail: string }[]): Block[] => {
    const entries = lines.slice(0, mostListed);
    const more = lines.length - entries.length;
    if (lines.length === 0) return [];
    return [{ heading, entries: more > 0 ? [...entries, { text: texts.more(more), url: links.desk }] : entries }];
  };
  const [first] = steps;
  const [next] = meetings;
  return reportMessage(reader, {
    subject: subjectListing(parts.length > 0 ? parts : [words.open(later.length)], (listed) =>
      words.subject(dateIn(told, at, at), listed),
    ),
    preview: first
      ? `${texts.stepOf(first.customer, first.title)}, ${words.dueAt(soonIn(told, first.dueAt, at))}`
      : next
        ? `${words.meeting(next.customer, next.title)}, ${soonIn(told, next.at, at)}`
        : words.what,
    blocks: [
      { paragraph: words.what },
      ...section(words.headOverdue, stepLines(overdue)),
      ...section(words.headDue, stepLines(due)),
      ...section(
        words.headMeetings,
        meetings.map((meeting) => ({
          text: words.meeting(meeting.customer, meeting.title),
          detail: [momentIn(told, meeting.at, at), meeting.place ?? ''].filter(Boolean).join(', '),
        })),
      ),
      ...section(words.headLater, stepLines(later)),
      ...(score
        ? [
            {
              figures: [
                {
                  label: words.score,
                  value: texts.ofHundred(String(Math.round(score.score))),
                  url: listPage(reader, { behind: score.behind }),
                  beside: [words.scoreOf(score.n), ...(score.n < smallSample ? [texts.kpis.few(score.n)] : [])],
                },
              ],
            },
          ]
        : []),
      { button: { label: texts.openDesk, url: links.desk } },
    ],
  });
}

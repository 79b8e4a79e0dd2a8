import type { Rest } from '../handoff/resting.ts';
import { timesIn } from '../handoff/site.ts';
import { definitionOf, type MeasureId } from '../reports/definitions.ts';
import { noFigure } from '../reports/figure-text.ts';
import type { Figure } from '../reports/figures.ts';
import type { Need } from '../reports/need-a-person.ts';
import { type PublishedKpis, sentOtherwise } from '../reports/published.ts';
import type { Kpi, WeeklyKpis } from '../reports/weekly-kpis.ts';
import { usualLocale } from '../texts/locale.ts';
import { numberText } from '../texts/number-text.ts';
import { daysIn, type Period, periodAfter } from '../time/periods.ts';
import { formatDayAndMonth, formatDays, formatMonth, formatMonthAlone } from '../time/wall-format.ts';
import { dateIn, momentIn } from '../time/wording.ts';
import { subjectListing } from './filled.ts';
import type { Block, Message, Figure as ShownFigure } from './message.ts';
import { listPage, type ReportReader, reportMessage } from './report-mail.ts';
import { textsFor } from './wording.ts';

export interface KpiReport {
  readonly kpis: WeeklyKpis;
  /** The numbers of this week and of those before it, as they went out. */
  readonly published: readonly PublishedKpis[];
  /** What steps are called, by id, where that is in another language than what was measured. */
  readonly titles: ReadonlyMap<string, string>;
  /** Remediation notes of audits that are past their date. */
  readonly notesPastDate: number;
  /** The quarter of the oldest of them. */
  readonly auditOf?: Period;
}

/** Most handoffs that are listed as stalled. */
const mostStalled = 5;

/**
 * To leadership each week (S4): the numbers beside the week before, their course, and the handoffs that need a person. Of a month
 * it says the same, beside the month before.
 */
export function weeklyKpisMessage(reader: ReportReader, report: KpiReport): Message {
  const { site, at } = reader;
  const { reports: texts, percent } = textsFor(site);
  const { kpis: words } = texts;
  const { kpis, titles, notesPastDate } = report;
  const when = periodText(reader, kpis.week);
  const figureOf = (measure: MeasureId) => kpis.kpis.find((each) => each.measure === measure)?.figure;
  const [onTime, days] = [figureOf('stepsOnTime')?.value, figureOf('timeToCompletion')];
  const [won, completed] = [figureOf('won')?.value ?? 0, figureOf('completed')?.value ?? 0];
  const parts = [
    onTime !== undefined && words.onTime(percent(Math.round(onTime * 100))),
    days?.value !== undefined && words.doneIn(valueIn(reader, days)),
  ].filter((part) => part !== false && part !== undefined);
  const most = kpis.mostOverdue;
  const mostTitle = most ? (titles.get(most.step) ?? most.title) : '';
  const told = timesIn(site.defaultZone, site);
  return reportMessage(reader, {
    subject: subjectListing(parts.length > 0 ? parts : [words.won(won), words.completed(completed)], (listed) =>
      words.subject(when, listed),
    ),
    preview: words.preview(won, completed, mostTitle),
    blocks: [
      { paragraph: isMonth(kpis.week) ? words.whatOfMonth(when) : words.what(when) },
      { figures: kpis.kpis.map((kpi) => shown(reader, kpi, report)) },
      most
        ? {
            entries: [
              {
                text: words.mostOverdue(mostTitle, most.handoffs.length, Math.max(1, Math.round(most.longestDays))),
                url: listPage(reader, { overdue: most.step }),
              },
            ],
          }
        : { paragraph: words.noneOverdue },
      ...(kpis.undecided
        ? [
            {
              entries: [
                {
                  text: words.undecided(kpis.undecided.handoffs, dateIn(told, kpis.undecided.since, at)),
                  url: listPage(reader, { waits: 'decision' }),
                },
              ],
            },
          ]
        : []),
      ...stalledIn(reader, kpis),
      ...needsIn(reader, report),
      ...(notesPastDate > 0
        ? [
            {
              entries: [
                {
                  text: words.notes(notesPastDate),
                  ...(report.auditOf && { url: `${reader.links.reports}/audit/${report.auditOf}` }),
                },
              ],
            },
          ]
        : []),
      { button: { label: texts.openReport, url: pageOf(reader, kpis.week) } },
      { paragraph: `${words.noNames} ${words.measuredAt(momentIn(told, kpis.asOf, at))}` },
    ],
  });
}

const isMonth = (period: Period): boolean => !period.includes('W');

/** 'Nov 16–22': the days of a week; 'November 2026'. */
function periodText({ site, at }: ReportReader, period: Period): string {
  const { first, last } = daysIn(period);
  if (isMonth(period)) return formatMonth(Date.parse(first), site.locale);
  const year = new Date(at).getUTCFullYear();
  return formatDays(Date.parse(first), Date.parse(last), { year, locale: site.locale ?? usualLocale });
}

/** Its page: there is none of a month. */
const pageOf = ({ links }: ReportReader, period: Period): string =>
  isMonth(period) ? links.reports : `${links.reports}?week=${period}`;

const numberIn = ({ site }: ReportReader, value: number, digits: number): string =>
  numberText(value, { locale: site.locale ?? usualLocale, digits });

/** '82%', '4.5 days', '8.3 of 10', '12'. */
function valueIn(reader: ReportReader, { measure, value }: Pick<Figure, 'measure' | 'value'>): string {
  const { reports: texts, percent } = textsFor(reader.site);
  if (value === undefined) return noFigure;
  const { unit } = definitionOf(measure);
  if (unit === 'percent') return percent(Math.round(value * 100));
  if (unit === 'days') return texts.days(Math.round(value * 10) / 10, numberIn(reader, value, 1));
  if (unit === 'of 10') return texts.ofTen(numberIn(reader, value, 1));
  return unit === 'of 100' ? texts.ofHundred(numberIn(reader, value, 0)) : numberIn(reader, value, 0);
}

/** The same without its unit, where there is little room. */
function shortValue(reader: ReportReader, figure: Figure): string {
  const { unit } = definitionOf(figure.measure);
  if (figure.value === undefined || unit === 'percent') return valueIn(reader, figure);
  return numberIn(reader, figure.value, 1);
}

/** A figure with the week before and the last four. What was sent otherwise before says so. */
function shown(
  reader: ReportReader,
  { measure, figure, lastWeek, trend }: Kpi,
  { kpis, published }: KpiReport,
): ShownFigure {
  const { kpis: words } = textsFor(reader.site).reports;
  const isShare = definitionOf(measure).unit === 'percent';
  const most = isShare ? 1 : Math.max(...trend.map((each) => each.figure.value ?? 0));
  const sentNow = sentOtherwise(figure, kpis.week, published);
  const sentBefore = sentOtherwise(lastWeek, periodAfter(kpis.week, -1), published);
  const isFew = ({ isSmall, n }: Figure): boolean => isSmall && n > 0;
  const before = `${valueIn(reader, lastWeek)}${isFew(lastWeek) ? words.ofFew(lastWeek.n) : ''}`;
  const isRevised = (each: Kpi['trend'][number]): boolean =>
    sentOtherwise(each.figure, each.week, published) !== undefined;
  const behind = ({ handoffs }: Figure, during: Period) =>
    handoffs.length > 0 && { url: listPage(reader, { behind: { measure, during } }) };
  return {
    label: words.measures[measure] ?? definitionOf(measure).title,
    value: valueIn(reader, figure),
    ...behind(figure, kpis.week),
    beside: [
      {
        text: (isMonth(kpis.week) ? words.lastMonth : words.lastWeek)(
          sentBefore ? words.revisedFrom(before, valueIn(reader, { value: undefined, ...sentBefore })) : before,
        ),
        ...behind(lastWeek, periodAfter(kpis.week, -1)),
      },
      ...(sentNow ? [words.revised(valueIn(reader, { value: undefined, ...sentNow }))] : []),
      ...(isFew(figure) ? [words.few(figure.n)] : []),
      ...(trend.some((each) => isFew(each.figure)) ? [words.fewMark] : []),
      ...(trend.some(isRevised) ? [words.revisedMark] : []),
    ],
    trend: trend.map((each) => ({
      label: columnOf(reader, each.week),
      value: `${shortValue(reader, each.figure)}${isFew(each.figure) ? '*' : ''}${isRevised(each) ? '†' : ''}`,
      share: most > 0 ? (each.figure.value ?? 0) / most : 0,
      ...behind(each.figure, each.week),
    })),
  };
}

/** 'Nov 16': the Monday of a week; 'Nov'. */
function columnOf({ site }: ReportReader, period: Period): string {
  const monday = Date.parse(daysIn(period).first);
  if (isMonth(period)) return formatMonthAlone(monday, site.locale);
  // Without the year, for which there is no room: four weeks leave no doubt about it.
  return formatDayAndMonth(monday, new Date(monday).getUTCFullYear(), site.locale ?? usualLocale);
}

function stalledIn(reader: ReportReader, { stalled }: WeeklyKpis): readonly Block[] {
  if (stalled.length === 0) return [];
  const { reports: texts } = textsFor(reader.site);
  const url = listPage(reader, { status: 'stalled' });
  const told = timesIn(reader.site.defaultZone, reader.site);
  const entries = stalled.slice(0, mostStalled).map(({ handoff, customer, since, rests }) => ({
    text: customer,
    url: listPage(reader, { handoff }),
    detail: [texts.kpis.since(dateIn(told, since, reader.at)), ...restIn(reader, rests)].join(', '),
  }));
  const more = stalled.length - entries.length;
  return [
    {
      heading: texts.kpis.stalled,
      entries: more > 0 ? [...entries, { text: texts.all(stalled.length), url }] : entries,
    },
  ];
}

/** 'waits for a decision since May 27'; nothing where the owner of a step is to act. */
function restIn({ site, at }: ReportReader, rests: Rest | undefined): readonly string[] {
  if (!rests) return [];
  const { reports } = textsFor(site);
  const told = timesIn(site.defaultZone, site);
  return rests.for === 'decision'
    ? [reports.waitsForDecision(dateIn(told, rests.since, at))]
    : [reports.waitsForCustomer(dateIn(told, rests.until, at))];
}

function needsIn(reader: ReportReader, { kpis, titles }: KpiReport): readonly Block[] {
  if (kpis.needAPerson.length === 0) return [];
  const { kpis: words } = textsFor(reader.site).reports;
  const titleOf = (need: Extract<Need, { kind: 'stalled' | 'overdue' }>) =>
    need.step === undefined ? '' : (titles.get(need.step) ?? need.title ?? '');
  const detailOf = (need: Need): string => {
    if (need.kind === 'stalled')
      return [words.stalledFor(need.days, titleOf(need)), ...restIn(reader, need.rests)].join(', ');
    if (need.kind === 'overdue') return words.overdueFor(Math.max(1, Math.round(need.days)), titleOf(need));
    return need.kind === 'returned' ? words.returned(need.count) : words.items(need.count);
  };
  return [
    {
      heading: words.need,
      entries: kpis.needAPerson.map(({ handoff, customer, need }) => ({
        ...{ text: customer, detail: detailOf(need) },
        url: listPage(reader, { handoff }),
      })),
    },
  ];
}

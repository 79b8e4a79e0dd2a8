import { calledOf, type People } from '../people/people.ts';
import { smallSample } from '../reports/figures.ts';
import { anyStep, type Behind, type Filter } from '../reports/filters.ts';
import type { ListedStep } from '../reports/open-work-list.ts';
import type { OverdueDigest } from '../reports/overdue-digest.ts';
import { dateIn, spanText } from '../time/wording.ts';
import type { Block, Entry, Message } from './message.ts';
import { listPage, type ReportReader, reportMessage, timesOf } from './report-mail.ts';
import { textsFor } from './wording.ts';

/** Most steps that are listed one by one, and most bars. */
const mostListed = 25;
const mostBars = 6;

/** How complete the packages of somebody were, 0–100, and which were counted. */
export interface PackageScore {
  readonly email: string;
  readonly score: number;
  readonly n: number;
  /** The packages behind it. */
  readonly behind: Behind;
}

/** What a digest says of single steps. */
export interface DigestNews {
  /** Steps that have climbed to the reader, by their keys in the digest: it stands in place of an email for each. */
  readonly escalated: ReadonlyMap<string, Entry>;
  /** Steps of which a digest said so before, and that are done. */
  readonly done: readonly Entry[];
}

const noNews: DigestNews = { escalated: new Map(), done: [] };

/** To managers each morning (S4): who needs their help, and what is overdue with their people, the longest first. */
export function overdueDigestMessage(
  reader: ReportReader,
  {
    digest,
    people,
    scores = [],
    news = noNews,
  }: {
    readonly digest: OverdueDigest;
    readonly people: People;
    readonly scores?: readonly PackageScore[];
    readonly news?: DigestNews;
  },
): Message {
  const { site, at, links } = reader;
  const { reports: texts } = textsFor(site);
  const { digest: words } = texts;
  const { steps, fresh, since, cleared } = digest;
  const { escalated, done } = news;
  const told = timesOf(reader);
  const lateOf = ({ dueAt }: ListedStep) => texts.late(spanText(Date.parse(at) - Date.parse(dueAt), site.locale));
  const [first] = steps;
  const day = since === undefined ? '' : dateIn(told, since, at);
  const others = steps.filter(({ key }) => !escalated.has(key));
  const listed = others.slice(0, mostListed).map((step) => ({
    text: texts.stepOf(step.customer, step.title),
    url: listPage(reader, { handoff: step.handoffId }),
    detail: [ownerFor(reader, step, people), lateOf(step)].filter(Boolean).join(', '),
  }));
  const more = others.length - listed.length;
  const list = more > 0 ? [...listed, { text: texts.more(more), url: links.desk }] : listed;
  const figures = figuresOf(reader, steps).map((figure, i) => ({
    ...figure,
    ...(i === 0 &&
      since !== undefined && {
        beside: [words.fresh(fresh, day), ...(cleared ? [words.cleared(cleared, day)] : [])],
      }),
  }));
  return reportMessage(reader, {
    subject: subjectOf(reader, { steps: steps.length, fresh, news }),
    preview: first ? words.longest(texts.stepOf(first.customer, first.title), lateOf(first)) : words.over,
    blocks: [
      ...(escalated.size > 0
        ? [{ paragraph: words.inPlace }, { heading: words.needHelp, entries: [...escalated.values()] }]
        : []),
      ...(done.length > 0 ? [{ heading: words.done(day), entries: done }, { paragraph: words.over }] : []),
      ...(listed.length > 0 ? [{ paragraph: words.what }] : []),
      ...(steps.length > 0 ? [{ figures }, ...barsOf(reader, steps)] : []),
      ...(listed.length > 0 ? [{ heading: words.list, entries: list }] : []),
      ...scoresOf(reader, scores, people),
      ...(listed.length > 0 ? [{ paragraph: words.help }] : []),
      { button: { label: texts.openDesk, url: links.desk } },
    ],
  });
}

function subjectOf(
  reader: ReportReader,
  { steps, fresh, news }: { readonly steps: number; readonly fresh: number; readonly news: DigestNews },
): string {
  const { digest: words } = textsFor(reader.site).reports;
  const date = dateIn(timesOf(reader), reader.at, reader.at);
  if (news.escalated.size > 0) return words.subjectHelp(news.escalated.size, steps, date);
  return steps > 0 ? words.subject(steps, fresh, date) : words.subjectDone(news.done.length, date);
}

/** People are named to their own manager, and to themselves; to those above by their team. */
function ownerFor({ person, site }: ReportReader, { owner }: ListedStep, people: People): string {
  const { reports } = textsFor(site);
  const { manager } = people.get(owner) ?? {};
  if (manager === person.email || owner === person.email) return calledOf(people, owner);
  return manager === undefined ? '' : reports.teamOf(calledOf(people, manager));
}

/** What each kind of overdue work leads to: pages count the steps of handoffs, and beside them what is decided and owed. */
const listOf: Readonly<Record<ListedStep['kind'], Filter>> = {
  step: { overdue: anyStep },
  decision: { waits: 'decision' },
  'open item': { behind: { measure: 'openItemsOverdue' } },
};

/** One number for each kind of overdue work that there is, beginning with the steps. */
function figuresOf(reader: ReportReader, steps: readonly ListedStep[]) {
  const { digest: words } = textsFor(reader.site).reports;
  const labels = { step: words.overdue, decision: words.decisions, 'open item': words.items };
  return (['step', 'decision', 'open item'] as const).flatMap((kind) => {
    const count = steps.filter((each) => each.kind === kind).length;
    return count > 0 ? [{ label: labels[kind], value: String(count), url: listPage(reader, listOf[kind]) }] : [];
  });
}

/** A chart where there is something to compare. */
function barsOf(reader: ReportReader, steps: readonly ListedStep[]): readonly Block[] {
  const byStep = [...Map.groupBy(steps, ({ kind, step }) => `${kind} ${step}`).values()].sort(
    (one, other) => other.length - one.length,
  );
  const most = byStep[0]?.length ?? 0;
  if (byStep.length < 2 || most < 2) return [];
  const { digest: words } = textsFor(reader.site).reports;
  const bars = byStep.slice(0, mostBars).flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const url = listPage(reader, first.kind === 'step' ? { overdue: first.step } : listOf[first.kind]);
    return [{ label: first.title, value: String(same.length), share: same.length / most, url }];
  });
  return [{ heading: words.bySteps, bars }];
}

function scoresOf(reader: ReportReader, scores: readonly PackageScore[], people: People): readonly Block[] {
  if (scores.length === 0) return [];
  const { reports } = textsFor(reader.site);
  const bars = scores.map(({ email, score, n, behind }) => ({
    label: calledOf(people, email),
    value: [reports.ofHundred(String(Math.round(score))), ...(n < smallSample ? [reports.kpis.few(n)] : [])].join(
      ' · ',
    ),
    share: score / 100,
    url: listPage(reader, { behind }),
  }));
  return [{ heading: reports.digest.scores, bars }];
}

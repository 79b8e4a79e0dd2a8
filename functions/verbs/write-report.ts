import { lazily, once } from '../domain/fields/lazily.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { auditPackMessage } from '../domain/messages/report-audit.ts';
import { overdueDigestMessage, type PackageScore } from '../domain/messages/report-digest.ts';
import { weeklyKpisMessage } from '../domain/messages/report-kpis.ts';
import { spokenTogether, titlesIn } from '../domain/messages/report-mail.ts';
import { ownWeekMessage } from '../domain/messages/report-week.ts';
import type { Person } from '../domain/people/person.ts';
import { lookedAfterBy } from '../domain/people/reports.ts';
import { drawSample } from '../domain/reports/audit-sample.ts';
import { auditSeed } from '../domain/reports/audit-seed.ts';
import { type DueReport, keysOf } from '../domain/reports/due-reports.ts';
import { figureOf } from '../domain/reports/figures.ts';
import type { Measured } from '../domain/reports/measured-handoff.ts';
import { comingMeetings, openWorkList } from '../domain/reports/open-work-list.ts';
import { overdueDigest } from '../domain/reports/overdue-digest.ts';
import { pastDate } from '../domain/reports/remediation.ts';
import type { ReportKind } from '../domain/reports/report-rules.ts';
import { seenBy } from '../domain/reports/seen.ts';
import { weeklyKpis, weeksInTrend } from '../domain/reports/weekly-kpis.ts';
import { scopeOf } from '../domain/reports/who-sees.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { dayLength } from '../domain/time/calendar-instant.ts';
import { periodAfter, periodsUntil, quarterOf, spanOf } from '../domain/time/periods.ts';
import { monthOf, weekOf } from '../domain/time/weeks.ts';
import type { ReportLinks, WrittenReport } from '../mailing/send-report.ts';
import type { WorldOf } from '../ports/world.ts';
import { type DigestTidings, readTidings, readTidingsUses, type StepLink, writeTidings } from './digest-tidings.ts';
import { type OpenWorkReader, openWorkReader, readOpenWorkUses } from './read-open-work.ts';

/** What reports are written from: it is read, and nothing is ever written. */
export const writeReportUses = [
  'reportMails.last',
  'measured.between',
  'pseudonyms.everybody',
  'publishedWeeks.of',
  'remediations.of',
  ...readTidingsUses,
  ...readOpenWorkUses,
  'site',
  'hash',
] as const;

export type ReportWorld = WorldOf<typeof writeReportUses>;

/** How long handoffs are measured after their signature: months back. */
const monthsRead = 14;
/** Over which packages an account executive's completeness is told. */
const scoreDays = 90;
/** How many quarters back remediation notes are followed up. */
const quartersFollowed = 4;
/** How long notes are asked for, in days. */
const noteDays = 14;

/** What all reports of a moment are written from: read when the first of them needs it. */
export interface ReportRun {
  readonly at: Instant;
  readonly roster: readonly Person[];
  readonly people: ReadonlyMap<string, Person>;
  readonly work: OpenWorkReader;
  /** What the digest of somebody (a mail address) has to say of escalations. */
  readonly tidings: (email: string) => Promise<DigestTidings>;
  readonly measured: () => Promise<Measured | undefined>;
  /** Mail addresses by the ids in what was measured. */
  readonly ids: () => Promise<ReadonlyMap<string, string>>;
}

export function reportRun(world: ReportWorld, roster: readonly Person[], at: Instant): ReportRun {
  const from = monthOf(new Date(Date.parse(at) - monthsRead * 30.5 * dayLength).toISOString(), 'UTC');
  const people = new Map(roster.map((person) => [person.email, person]));
  return {
    ...{ at, roster, people },
    work: openWorkReader(world, roster),
    tidings: lazily((email) => readTidings(world, { email, people, at })),
    measured: once(async () => {
      const { asOf, ...measured } = await world.measured.between(from, monthOf(at, 'UTC'));
      return asOf === undefined ? undefined : { asOf, ...measured };
    }),
    ids: once(() => world.pseudonyms.everybody()),
  };
}

/** Which report, to whom. */
export interface ReportAsked {
  readonly person: Person;
  readonly report: Pick<DueReport, 'kind' | 'period' | 'key'>;
}

/**
 * A report as its reader gets it, undefined when there is nothing to say. To write one publishes nothing: it may be looked at
 * before it goes out, or after. `links`: where the reader's own link leads; `stepLink`: makes them one to a step, where that is for them.
 */
export const writeReport = (
  world: ReportWorld,
  run: ReportRun,
  of: ReportAsked & { readonly links: ReportLinks; readonly stepLink?: StepLink },
): Promise<WrittenReport | undefined> => writing[of.report.kind](world, run, of);

type Write = typeof writeReport;

const writeDigest: Write = async (world, run, { person, report, links, stepLink }) => {
  const { at, roster, people } = run;
  // By the line of managers: that revenue operations look after everybody makes nobody their manager.
  const line = lookedAfterBy({ ...person, role: 'accountExecutive' }, roster).map(({ email }) => email);
  const tidings = await run.tidings(person.email);
  const { escalated, over } = tidings;
  const overdue = await run.work.overdueOf(line, at);
  const read = new Map(tidings.records.map((record) => [record.state.id, record]));
  // What escalations are told from was read as it stands: that of a moment ago is not put in its place.
  for (const record of overdue) if (!read.has(record.state.id)) read.set(record.state.id, record);
  const { records, site } = spokenTogether([...read.values()], world.site);
  const before = await world.reportMails.last(person.email, keysOf(report.kind), report.key);
  const last = before && { at: before.at, lists: before.lists ?? [] };
  const keys = new Set(escalated.map(({ listed }) => listed.key));
  const owners = new Set([...line, ...escalated.map(({ listed }) => listed.owner)]);
  const open = openWorkList(records, { owners, at }).filter(({ owner, key }) => line.includes(owner) || keys.has(key));
  const digest = overdueDigest(open, { at, last, done: over.length });
  if (!digest) return undefined;
  const isFirstOfWeek =
    before === undefined || weekOf(before.at, world.site.defaultZone) !== weekOf(at, world.site.defaultZone);
  const direct = roster.filter(({ manager, active }) => active && manager === person.email);
  const scores = isFirstOfWeek ? await scoresOf(run, direct) : [];
  const reading = { person, people, at, site, ...(stepLink && { stepLink }) };
  const news = await writeTidings(world, tidings, reading);
  const message = overdueDigestMessage({ person, site, at, links }, { digest, people, scores, news });
  return { message, lists: digest.steps.map(({ key }) => key) };
};

const writeWeek: Write = async (world, run, { person, report, links }) => {
  const { at } = run;
  const { email, availability } = person;
  const { records, site } = spokenTogether(await run.work.handoffsOf(email), world.site);
  const { until } = spanOf(report.period, availability.zone);
  const steps = openWorkList(records, { owners: new Set([email]), at });
  const meetings = comingMeetings(records, { email, at, until });
  if (steps.length === 0 && meetings.length === 0) return undefined;
  const [score] = person.role === 'accountExecutive' ? await scoresOf(run, [person]) : [];
  return { message: ownWeekMessage({ person, site, at, links }, { steps, meetings, until, ...(score && { score }) }) };
};

const writeKpis: Write = async (world, run, { person, report, links }) => {
  const { at, roster } = run;
  const measured = await run.measured();
  if (!measured) return undefined;
  const { site } = world;
  // The numbers of the pages that they lead to. What was published is everybody's.
  const scope = scopeOf(person, { roster, ids: await run.ids() });
  const seen = scope.everybody ? measured : seenBy(scope, 'weeklyKpis', measured);
  const kpis = weeklyKpis({ measured: seen, week: report.period, zone: site.defaultZone });
  const published = scope.everybody ? await world.publishedWeeks.of(periodsUntil(kpis.week, weeksInTrend)) : [];
  const named = [kpis.mostOverdue?.handoffs[0], ...kpis.needAPerson.map(({ handoff }) => handoff)];
  const records = await Promise.all(
    [...new Set(named)].map((id) => id && world.handoffs.load(id, { maybeStale: true })),
  );
  const told = spokenTogether(
    records.filter((record): record is HandoffRecord => typeof record === 'object'),
    site,
  );
  // The audit is not everybody's to open: who may not is not told of its notes.
  const notes = scope.sees.auditPack.whose === 'everybody' ? await notesPastDate(world, at) : [];
  const message = weeklyKpisMessage(
    { person, site: told.site, at, links },
    {
      ...{ kpis, published, titles: titlesIn(told.records), notesPastDate: notes.length },
      ...(notes[0] && { auditOf: notes[0].quarter }),
    },
  );
  return { message };
};

const writeAudit: Write = async (world, run, { person, report, links }) => {
  const { at } = run;
  const measured = await run.measured();
  const { site } = world;
  const quarter = report.period;
  const hashOf = (text: string) => Buffer.from(world.hash(text), 'base64url').toString('hex');
  const seed = auditSeed(quarter);
  const sample = drawSample(measured?.handoffs ?? [], { quarter, zone: site.defaultZone, seed, hashOf });
  if (sample.handoffs.length === 0) return undefined;
  const notes = await notesPastDate(world, at);
  const until = new Date(Date.parse(at) + noteDays * dayLength).toISOString();
  const more = { until, notesPastDate: notes.length, ...(notes[0] && { auditOf: notes[0].quarter }) };
  return { message: auditPackMessage({ person, site, at, links }, { sample, ...more }) };
};

async function notesPastDate(world: ReportWorld, at: Instant) {
  const zone = world.site.defaultZone;
  const quarters = periodsUntil(periodAfter(quarterOf(at, zone), -1), quartersFollowed);
  const notes = await Promise.all(quarters.map((quarter) => world.remediations.of(quarter)));
  return pastDate(notes.flat(), at, zone);
}

/** How complete the packages of people were of late; nothing of those who handed over none. */
async function scoresOf(run: ReportRun, people: readonly Person[]): Promise<readonly PackageScore[]> {
  const measured = await run.measured();
  if (!measured) return [];
  const ids = await run.ids();
  const until = new Date(run.at).toISOString();
  const from = new Date(Date.parse(until) - scoreDays * dayLength).toISOString();
  return people.flatMap(({ email, role }) => {
    if (role !== 'accountExecutive') return [];
    const theirs = measured.handoffs.filter(({ accountExecutive: id }) => id !== undefined && ids.get(id) === email);
    const { value, n } = figureOf('completeness', theirs, { within: { from, until } });
    const owner = theirs.at(-1)?.accountExecutive;
    if (value === undefined || owner === undefined) return [];
    return [{ email, score: value, n, behind: { measure: 'completeness', since: from, before: until, owner } }];
  });
}

const writing: Readonly<Record<ReportKind, Write>> = {
  'overdue-digest': writeDigest,
  'weekly-list': writeWeek,
  'weekly-kpis': writeKpis,
  'audit-pack': writeAudit,
};

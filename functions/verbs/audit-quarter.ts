import { excerpt } from '../domain/fields/clean-text.ts';
import { type Form, textsOf } from '../domain/fields/evidence.ts';
import { defined } from '../domain/fields/record.ts';
import type { HandoffStatus } from '../domain/handoff/handoff.ts';
import type { Person } from '../domain/people/person.ts';
import { gapsOf } from '../domain/reports/audit-gaps.ts';
import { type AuditSample, drawSample } from '../domain/reports/audit-sample.ts';
import { auditSeed } from '../domain/reports/audit-seed.ts';
import { timelineOf, whyEnded } from '../domain/reports/audit-timeline.ts';
import { type AuditedHandoff, type AuditView, gapTexts } from '../domain/reports/audit-view.ts';
import type { Measured } from '../domain/reports/measured-handoff.ts';
import type { Remediation } from '../domain/reports/remediation.ts';
import { scopeOf } from '../domain/reports/who-sees.ts';
import type { DeskOutcome } from '../domain/step/desk-outcome.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { dayIn, isPlausible } from '../domain/time/formats.ts';
import { daysIn, isIn, isPeriod, type Period, quarterOf, spanOf } from '../domain/time/periods.ts';
import type { WorldOf } from '../ports/world.ts';
import { inTurns } from './in-turns.ts';
import { openDesk, openDeskUses } from './open-desk.ts';

export const auditQuarterUses = [
  'measured.between',
  'pseudonyms.everybody',
  'facts.of',
  'remediations.of',
  'remediations.add',
  'remediations.markDone',
  'hash',
  'site',
  ...openDeskUses,
] as const;

type Auditing = WorldOf<typeof auditQuarterUses>;

/** What is wrong with a note that was sent: which field, and what to do. */
export interface NoteProblem {
  readonly field: 'what' | 'owner' | 'by';
  readonly message: string;
}

/** What a link to the audit of a quarter leads to. */
export type AuditOutcome =
  | {
      readonly kind: 'audit';
      readonly view: AuditView;
      readonly person: Person;
      /** Who may see to something. */
      readonly owners: readonly Person[];
      readonly saved?: 'note' | 'done';
      readonly refused?: {
        readonly handoffId: string;
        readonly problems: readonly NoteProblem[];
        readonly typed: Form;
      };
    }
  /** `keptFrom`: the first month kept, where the quarter was over before it. */
  | { readonly kind: 'no-audit'; readonly keptFrom?: Period }
  | Exclude<DeskOutcome, { kind: 'desk' }>;

interface Request {
  readonly linkId: string;
  readonly quarter: string;
  readonly at: Instant;
}

/** How many months before a quarter a handoff that ended in it may have been signed: it is given up before a year is over. */
const monthsBefore = 14;
const longestNote = 500;

/** GET of a quarter's audit behind a desk link, for whom audits are: shows, and changes nothing. */
export const showAudit =
  (world: Auditing) =>
  async (request: Request): Promise<AuditOutcome> => {
    const opened = await openAudit(world, request);
    return 'outcome' in opened ? opened.outcome : viewAudit(world, opened);
  };

/** The POST behind it: keeps a remediation note, or that what it asks for is done. */
export const noteInAudit =
  (world: Auditing) =>
  async (request: Request & { readonly form: Form }): Promise<AuditOutcome> => {
    const opened = await openAudit(world, request);
    if ('outcome' in opened) return opened.outcome;
    const { person, sample } = opened;
    const { form, at } = request;
    const [sent] = textsOf(form, 'act');
    if (sent === 'done') {
      const id = textsOf(form, 'note')[0] ?? '';
      const isNews = await world.remediations.markDone({ quarter: sample.quarter, id, at, by: person.email });
      return isNews ? { ...(await viewAudit(world, opened)), saved: 'done' } : stale;
    }
    const handoffId = textsOf(form, 'handoff')[0] ?? '';
    if (sent !== 'note' || !sample.handoffs.some(({ id }) => id === handoffId)) return stale;
    const [what = '', owner = '', by = ''] = ['what', 'owner', 'by'].map((name) => textsOf(form, name)[0]?.trim());
    const problems = problemsOf({ what, owner, by }, { ...opened, today: dayIn(at, person.availability.zone) });
    if (problems.length > 0)
      return { ...(await viewAudit(world, opened)), refused: { handoffId, problems, typed: form } };
    const { quarter } = sample;
    const note = { quarter, handoffId, what: excerpt(what, longestNote), owner, by };
    const id = world.hash(JSON.stringify(note)).slice(0, 22);
    await world.remediations.add({ ...note, id, writtenBy: person.email, at });
    return { ...(await viewAudit(world, opened)), saved: 'note' };
  };

const stale = { kind: 'stale', what: 'This note was changed in the meantime.' } as const;

interface OpenedAudit {
  readonly person: Person;
  readonly roster: readonly Person[];
  readonly measured: Measured;
  readonly sample: AuditSample;
}

async function openAudit(
  world: Auditing,
  { linkId, quarter, at }: Request,
): Promise<OpenedAudit | { readonly outcome: Exclude<AuditOutcome, { kind: 'audit' }> }> {
  const result = await openDesk(world, { linkId, at });
  if ('outcome' in result) return { outcome: result.outcome as Exclude<DeskOutcome, { kind: 'desk' }> };
  const { person, roster } = result.opened;
  const scope = scopeOf(person, { roster, ids: await world.pseudonyms.everybody() });
  const none = { outcome: { kind: 'no-audit' } } as const;
  if (scope.sees.auditPack.whose !== 'everybody' || !hasBegun(quarter, at, world.site.defaultZone)) return none;
  const { first, last } = daysIn(quarter);
  const from = new Date(Date.parse(first) - monthsBefore * 30.5 * 86_400_000).toISOString().slice(0, 7);
  const { asOf, ...measured } = await world.measured.between(from, last.slice(0, 7));
  if (asOf === undefined) return none;
  const { keptFrom } = measured;
  if (keptFrom !== undefined && last < keptFrom) return { outcome: { kind: 'no-audit', keptFrom } };
  const hashOf = (text: string) => Buffer.from(world.hash(text), 'base64url').toString('hex');
  const zone = world.site.defaultZone;
  const sample = drawSample(measured.handoffs, { quarter, zone, seed: auditSeed(quarter), hashOf });
  return { person, roster, measured: { asOf, ...measured }, sample };
}

/** Whether a text names a quarter that has begun, of this century: there is nothing to draw from in others. */
const hasBegun = (text: string, at: Instant, zone: string): boolean =>
  isPeriod(text) && text.includes('-Q') && text >= '2000' && text <= quarterOf(at, zone);

const endings: Readonly<Partial<Record<HandoffStatus, 'canceled' | 'abandoned'>>> = {
  cancelled: 'canceled',
  abandoned: 'abandoned',
};

/** What the page of an audit is made of: it is read, and nothing is written. */
export const viewAuditUses = ['handoffs.load', 'facts.of', 'remediations.of', 'site'] as const;

/** A sample with its timelines, gaps and notes, for somebody who may see it. */
export async function viewAudit(
  world: WorldOf<typeof viewAuditUses>,
  { person, roster, measured, sample }: OpenedAudit,
): Promise<Extract<AuditOutcome, { kind: 'audit' }>> {
  const { quarter, seed, of } = sample;
  const zone = world.site.defaultZone;
  const span = spanOf(quarter, zone);
  const reader = { person, roster, zone };
  const { playbooks } = measured;
  const notes = await world.remediations.of(quarter);
  const handoffs = await inTurns(sample.handoffs, async (handoff): Promise<AuditedHandoff> => {
    const { id, customer, signedAt, endedAt, status } = handoff;
    const stalledAt = handoff.stalledAt.findLast(isIn(span));
    const [record, facts] = await Promise.all([world.handoffs.load(id), world.facts.of(id)]);
    return {
      ...{ id, customer, signedAt, ...defined({ endedAt, stalledAt, ending: endings[status] }) },
      timeline: record ? timelineOf(record, reader) : [],
      gaps: gapTexts(gapsOf(handoff, { playbooks, facts, whyEnded: record && whyEnded(record, reader) })),
      notes: notes.filter(({ handoffId }) => handoffId === id),
    };
  });
  const drawn = new Set(handoffs.map(({ id }) => id));
  const otherNotes = notes.filter(({ handoffId }) => !drawn.has(handoffId));
  return {
    kind: 'audit',
    view: {
      ...{ quarter, seed, of, asOf: measured.asOf, handoffs, otherNotes },
      isWhole: Date.parse(measured.asOf) >= Date.parse(span.until),
    },
    person,
    owners: roster.filter(({ active }) => active).toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
  };
}

function problemsOf(
  { what, owner, by }: Pick<Remediation, 'what' | 'owner' | 'by'>,
  { roster, today }: { readonly roster: readonly Person[]; readonly today: string },
): readonly NoteProblem[] {
  const problems: NoteProblem[] = [];
  if (what === '') problems.push({ field: 'what', message: 'Enter what is to change' });
  else if (what.length > longestNote)
    problems.push({
      field: 'what',
      message: `What is to change must be ${longestNote} characters or fewer, now ${what.length}`,
    });
  if (!roster.some(({ email, active }) => active && email === owner))
    problems.push({ field: 'owner', message: 'Select who sees to it' });
  if (!/^\d{4}-\d\d-\d\d$/.test(by) || !isPlausible(by))
    problems.push({ field: 'by', message: 'By when must be a real date, like Nov 24, 2026' });
  else if (by < today) problems.push({ field: 'by', message: 'By when must be today or later' });
  return problems;
}

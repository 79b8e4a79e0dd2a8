import type { AuditEntry } from '../../../../functions/domain/handoff/audit-entry.ts';
import { askSteps } from '../../../../functions/domain/playbook/capabilities.ts';
import type { AskStep } from '../../../../functions/domain/playbook/playbook.ts';
import type { RecordedFact } from '../../../../functions/domain/reports/fact.ts';
import type { MeasuredHandoff } from '../../../../functions/domain/reports/measured-handoff.ts';
import type { Ended, Outcome } from '../play-story.ts';
import type { Invariant } from './invariant.ts';
import { dueIn, fromIn } from './trail-times.ts';

/** Worked out once more from the audit trail alone, slowly and by other code than what is to be checked. */
export const factsAgreeWithTheAudit: Invariant = {
  name: 'facts and rows of reports agree with the audit trail',
  broken: (outcome) => {
    const { measured } = outcome;
    if (!measured) return [];
    return [
      ...outcome.handoffs.flatMap((ended) => {
        const { id } = ended.record.state;
        const row = measured.rows.find((each) => each.id === id);
        const facts = measured.standing.get(id) ?? [];
        if (!row) return [`${id} has no row`];
        const said = differences(asFound({ row, facts, people: measured.people }), asOnRecord(ended));
        return [...said, ...untimely(ended, facts, outcome)].map((what) => `${id}: ${what}`);
      }),
      ...superseded(measured.recorded, [...measured.standing.values()].flat()),
    ];
  },
};

/** What is counted in both, as texts by name. */
type Counted = Readonly<Record<string, readonly string[]>>;

interface Found {
  readonly row: MeasuredHandoff;
  readonly facts: readonly RecordedFact[];
  readonly people: ReadonlyMap<string, string>;
}

function asFound({ row, facts, people }: Found): Counted {
  const of = (kind: RecordedFact['kind'], text: (fact: never) => string) =>
    facts.filter((fact) => fact.kind === kind).map((fact) => text(fact as never));
  type Of<K> = Extract<RecordedFact, { readonly kind: K }>;
  const who = (id: string) => people.get(id) ?? 'nobody known';
  return {
    'package at the trigger': [`${row.packagePercent}%`],
    'rounds that ended': of('step', ({ step, owner, at }: Of<'step'>) => `${step} ${who(owner)} ${at}`),
    'rounds of the row': row.rounds.flatMap(({ step, owner, endedAt }) =>
      endedAt === undefined ? [] : [`${step} ${who(owner)} ${instant(endedAt)}`],
    ),
    'rounds left open': row.rounds.flatMap(({ step, endedAt }) => (endedAt === undefined ? [step] : [])),
    unanswered: row.rounds.flatMap(({ step, timeliness }) => (timeliness === 'unanswered' ? [step] : [])),
    skipped: row.rounds.flatMap(({ step, timeliness }) => (timeliness === 'skipped' ? [step] : [])),
    returns: of('returned', ({ step, at }: Of<'returned'>) => `${step} ${at}`),
    'returns of the row': [`${row.returns}`],
    'first return of the row': [row.returnedAt ?? []].flat().map(instant),
    'first handover of the package': [row.handedOverAt ?? []].flat().map(instant),
    'rounds with an exception granted': facts.flatMap((fact) =>
      fact.kind === 'exception' && fact.granted > 0 ? [`${fact.step} ${instant(fact.grantedAt ?? fact.at)}`] : [],
    ),
    'exceptions of the row': [`${row.exceptions}`],
    'first exception of the row': [row.exceptionAt ?? []].flat().map(instant),
    stalls: row.stalledAt.map(instant),
    'open items': of('open-item', ({ at }: Of<'open-item'>) => instant(at)),
    'open items of the row': [`${row.openItems.opened}`],
    end: [row.endedAt === undefined ? 'none' : `${row.status} ${instant(row.endedAt)}`],
  };
}

function asOnRecord({ record, audit }: Ended): Counted {
  const flow = askSteps(record.playbook).filter(({ rule }) => !rule.optional && !rule.settles);
  const of = (what: AuditEntry['what']) => audit.filter((entry) => entry.what === what);
  const rounds = flow.flatMap(({ id, rule }) => roundsOf(audit, id, rule).map((round) => ({ ...round, step: id })));
  const ended = rounds.filter(({ over }) => over !== undefined);
  // Which round it is no entry says: a step may pass one over.
  const text = ({ step, owner, over }: (typeof rounds)[number]) => `${step} ${owner} ${instant(over?.at ?? '')}`;
  const ruleOf = (step: string) => flow.find(({ id }) => id === step)?.rule;
  const returned = ended.filter(({ step, over }) => {
    const rule = ruleOf(step);
    const label = rule?.choices.find(({ id }) => id === rule.returns?.choice)?.label;
    return label !== undefined && over?.what === 'decided' && over.detail.startsWith(label);
  });
  const end = audit.find(({ what }) => what === 'complete' || what === 'cancelled' || what === 'abandoned');
  const started = of('handoff-started')[0]?.detail ?? '';
  const items = of('item-opened').length;
  const wholeAtTrigger = of('handoff-started').find(({ detail }) => isWhole.test(detail));
  const fillsPackage = (of: string) => ruleOf(of)?.fills === 'package';
  const handedOver = ended.filter(({ step }) => fillsPackage(step));
  const firstOf = (those: readonly { readonly over?: AuditEntry }[]): readonly string[] =>
    those
      .map(({ over }) => instant(over?.at ?? ''))
      .sort()
      .slice(0, 1);
  const granting = rounds.map((round) => ({ ...round, grants: grantsIn(round, ruleOf(round.step)) }));
  const granted = granting.flatMap(({ step, grants: [first] }) => (first ? [{ step, over: first }] : []));
  return {
    'package at the trigger': [/package (\d+%) complete/.exec(started)?.[1] ?? '100%'],
    'rounds that ended': ended.map(text),
    'rounds of the row': ended.map(text),
    'rounds left open': rounds.filter(({ over }) => over === undefined).map(({ step }) => step),
    unanswered: ended.filter(({ over }) => over?.what === 'unanswered').map(({ step }) => step),
    skipped: ended.filter(({ over }) => over?.detail.startsWith('Skip')).map(({ step }) => step),
    returns: returned.map(({ step, over }) => `${step} ${instant(over?.at ?? '')}`),
    'returns of the row': [`${returned.length}`],
    'first return of the row': firstOf(returned),
    'first handover of the package': wholeAtTrigger ? [instant(wholeAtTrigger.at)] : firstOf(handedOver),
    'rounds with an exception granted': granted.map(({ step, over }) => `${step} ${instant(over.at)}`),
    'exceptions of the row': [`${granting.reduce((sum, { grants }) => sum + grants.length, 0)}`],
    'first exception of the row': firstOf(granted),
    stalls: of('stalled').map(({ at }) => instant(at)),
    'open items': of('item-opened').map(({ at }) => instant(at)),
    'open items of the row': [`${items}`],
    end: [end ? `${end.what} ${instant(end.at)}` : 'none'],
  };
}

interface Round {
  readonly round: number;
  readonly owner: string;
  readonly asked: AuditEntry;
  /** What happened to it between. */
  readonly between: readonly AuditEntry[];
  readonly over?: AuditEntry;
}

const endsRound: readonly AuditEntry['what'][] = ['decided', 'unanswered', 'meeting-called-off'];

const isWhole = /package 100% complete, 0 gaps/;

/**
 * The rounds of a step, replayed from the trail: asked, given to others, and over. A meeting that is called off, on whichever page,
 * ends the round in which it was to be reported on.
 */
function roundsOf(audit: readonly AuditEntry[], step: string, { holds, fills }: AskStep): readonly Round[] {
  const rounds: Round[] = [];
  // A package that was complete at the trigger had its first round then.
  const passed =
    fills !== undefined && audit.some(({ what, detail }) => what === 'handoff-started' && isWhole.test(detail));
  const isAbout = ({ what, step: named, detail }: AuditEntry): boolean =>
    what === 'meeting-called-off' ? holds !== undefined && detail.startsWith(`${holds},`) : named === step;
  for (const entry of audit.filter(isAbout)) {
    const last = rounds.at(-1);
    if (entry.what === 'asked' && (!last || last.over))
      rounds.push({
        round: rounds.length + (passed ? 2 : 1),
        owner: /^[^,\s]+/.exec(entry.detail)?.[0] ?? '',
        asked: entry,
        between: [],
      });
    if (!last || last.over) continue;
    const change = (more: Partial<Round>) => rounds.splice(-1, 1, { ...last, ...more });
    const to = /^From \S+ to (\S+?)\.?(?: |$)/.exec(entry.detail)?.[1];
    if (endsRound.includes(entry.what)) change({ over: entry });
    else if ((entry.what === 'reassigned' || entry.what === 'stand-in') && to !== undefined)
      change({ owner: to, between: [...last.between, entry] });
    else if (entry.what !== 'asked') change({ between: [...last.between, entry] });
  }
  return rounds;
}

/** What was granted of a round: some of what was asked for, while the rest was declined, or all of it, which decides the step. */
function grantsIn({ between, over }: Round, rule: AskStep | undefined): readonly AuditEntry[] {
  const label = rule?.choices.find(({ does }) => does === 'grant-exception')?.label;
  const inPart = between.filter(
    ({ what, detail }) => what === 'exception-declined' && /^[1-9]\d* granted/.test(detail),
  );
  const isWhole = over?.what === 'decided' && label !== undefined && over.detail.startsWith(label);
  return [...inPart, ...(isWhole ? [over] : [])];
}

const differences = (found: Counted, onRecord: Counted): readonly string[] =>
  Object.entries(onRecord).flatMap(([name, texts]) => {
    const here = less(found[name] ?? [], texts);
    const there = less(texts, found[name] ?? []);
    if (here.length + there.length === 0) return [];
    return [`${name}: ${here.join(', ') || 'nothing'} is not on record; ${there.join(', ') || 'nothing'} is missing`];
  });

/** What is in one list more often than in another. */
function less(one: readonly string[], other: readonly string[]): readonly string[] {
  const left = [...other];
  return one.filter((text) => {
    const i = left.indexOf(text);
    if (i >= 0) left.splice(i, 1);
    return i < 0;
  });
}

/** Whether rounds that nothing befell were late, by the due time that the trail says in words, in the owner's zone. */
function untimely({ record, audit }: Ended, facts: readonly RecordedFact[], { rosters }: Outcome): readonly string[] {
  return askSteps(record.playbook).flatMap(({ id, rule }) => {
    if (rule.optional || rule.settles || rule.holds) return [];
    return roundsOf(audit, id, rule).flatMap(({ round, owner, asked, between, over }) => {
      // By its end: which round it is the trail does not say, as a step may pass one over.
      const ended = Date.parse(over?.at ?? '');
      const fact = facts.find((each) => each.kind === 'step' && each.step === id && Date.parse(each.at) === ended);
      const quiet = between.every(({ what }) => what.startsWith('mail-') || what === 'stalled' || what === 'note');
      const zone = rosters[0]?.people.find(({ email }) => email === owner)?.availability.zone;
      const due = zone && dueIn(asked, zone);
      if (!quiet || over?.what !== 'decided' || fact?.kind !== 'step' || !due || over.detail.startsWith('Skip'))
        return [];
      // Due times are whole minutes: who answers in the seconds after the one that they read is late.
      const isLate = Date.parse(over.at) > due;
      // Answered before the question came again.
      const isUnasked = rule.repeat !== undefined && round > 1 && Date.parse(over.at) < (fromIn(asked, zone) ?? 0);
      const isNo = fact.timeliness === 'not yet';
      const said = { isLate: fact.timeliness === 'late', isUnasked: fact.timeliness === 'unasked' };
      const agrees = isLate === said.isLate && (isUnasked && !isNo) === said.isUnasked;
      return agrees ? [] : [`${id} ${round} is ${fact.timeliness}; on record ${asked.detail}, ${over.at}`];
    });
  });
}

/** Nothing that was recorded is written over: of each key there is each revision once, and the last one stands. */
function superseded(recorded: readonly RecordedFact[], standing: readonly RecordedFact[]): readonly string[] {
  const byKey = Map.groupBy(recorded, ({ handoff, key }) => `${handoff} ${key}`);
  const broken = [...byKey].flatMap(([key, revisions]) => {
    const numbers = revisions.map(({ revision }) => revision).toSorted((a, b) => a - b);
    return numbers.every((number, i) => number === i + 1) ? [] : [`${key} has the revisions ${numbers.join(', ')}`];
  });
  const last = [...byKey.values()].flatMap(
    (revisions) => revisions.toSorted((a, b) => b.revision - a.revision)[0] ?? [],
  );
  const texts = (facts: readonly RecordedFact[]) =>
    facts.map((fact) => JSON.stringify(Object.entries(fact).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();
  const [stands, is] = [texts(standing), texts(last)];
  const isSame = stands.length === is.length && stands.every((text, i) => text === is[i]);
  return isSame ? broken : [...broken, 'what stands is not what was recorded last'];
}

const instant = (at: string): string => new Date(at).toISOString();

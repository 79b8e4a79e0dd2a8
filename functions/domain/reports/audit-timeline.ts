import { answerAt } from '../deal/package.ts';
import { shownLines } from '../fields/answer.ts';
import type { EvidenceField } from '../fields/field-rule.ts';
import { isEmpty } from '../fields/reading.ts';
import { recordOf } from '../fields/record.ts';
import { stakeholders } from '../fields/row-kinds.ts';
import type { EvidenceValue } from '../fields/values.ts';
import { endReasonOf } from '../handoff/end-reason.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import { lateReasonsOf } from '../handoff/late-reasons.ts';
import { partiesOf } from '../handoff/roles-held.ts';
import { type Decision, roundsOf, type StepRecord } from '../handoff/step-record.ts';
import { ruleIn } from '../handoff/step-rule.ts';
import type { Person } from '../people/person.ts';
import { choiceOf } from '../playbook/capabilities.ts';
import type { AskStep } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { personIn } from './seen.ts';
import { scopeOf } from './who-sees.ts';
import { withoutNames } from './without-names.ts';

/** A round of a step in the timeline of an audited handoff. */
export interface AuditedRound {
  readonly title: string;
  readonly dueAt: Instant;
  /** What the SOP promises; absent where nothing says it. */
  readonly promisedAt?: Instant;
  /** When it was decided, how, and by whom as far as the reader may know; absent of one that never was. */
  readonly decided?: { readonly at: Instant; readonly label: string; readonly by: string };
  /** What was entered, by the labels of its fields. */
  readonly evidence: readonly { readonly label: string; readonly text: string }[];
}

/** Who reads an audit, among whom, and the zone in which they are told times (IANA). */
export interface AuditReader {
  readonly person: Person;
  readonly roster: readonly Person[];
  readonly zone: string;
}

/**
 * The rounds of a handoff's steps as an auditor sees them, by when they were decided; those that never were come last. People of the
 * roster are named where the reader may read their names in an audit, and are else called by their role. Of a step that scores the
 * handoff there is the score alone: remarks of the survey are nobody's to see.
 */
export function timelineOf(record: HandoffRecord, reader: AuditReader): readonly AuditedRound[] {
  const told = toldTo(reader, record);
  return Object.values(record.steps)
    .flatMap((step) => {
      const rule = ruleIn(record, step.step);
      return roundsOf(step).map(({ dueAt, promisedAt, decision }): AuditedRound => {
        const label = decision && (choiceOf(rule, decision.choice)?.label ?? decision.choice);
        return {
          ...{ title: rule.title, dueAt, evidence: decision ? evidenceOf(record, { rule, decision }, told) : [] },
          ...(promisedAt !== undefined && { promisedAt }),
          ...(decision && label !== undefined && { decided: { at: decision.at, label, by: told.by(rule, decision) } }),
        };
      });
    })
    .sort((one, other) => timeOf(one) - timeOf(other));
}

/** Why a handoff ended before its time, as an auditor reads it. */
export function whyEnded(record: HandoffRecord, reader: AuditReader): string | undefined {
  const reason = endReasonOf(record.state);
  return reason === undefined ? undefined : toldTo(reader, record).shown(reason);
}

const timeOf = ({ decided }: AuditedRound): number => (decided ? Date.parse(decided.at) : Number.POSITIVE_INFINITY);

/** How a reader is told who did something, and what was entered. */
interface Told {
  readonly by: (rule: AskStep, decision: Decision) => string;
  readonly shown: (text: string) => string;
  readonly zone: string;
}

function toldTo({ person, roster, zone }: AuditReader, record: HandoffRecord): Told {
  const { roles } = record.playbook;
  const scope = scopeOf(person, { roster, ids: new Map(roster.map(({ email }) => [email, email])) });
  const nameOf = (email: string) => personIn(scope, 'auditPack', email);
  const takingPart = everybodyIn(record);
  const hidden = roster
    .filter(({ email }) => nameOf(email) === undefined)
    .map(({ email, name, role }) => ({ email, name, words: roles[role].name, takesPart: takingPart.has(email) }));
  const named = roster.filter(({ email }) => nameOf(email) !== undefined).map(({ name }) => name);
  const capacities: Readonly<Record<Exclude<Decision['as'], 'owner'>, string>> = {
    manager: 'the owner’s manager',
    revenueOperations: roles.revenueOperations.name,
    reviewer: 'the reviewer',
    reader: 'a reader',
    system: 'the system',
  };
  return {
    zone,
    by: ({ owner }, { by, as }) => nameOf(by) ?? (as === 'owner' ? roles[owner].name : capacities[as]),
    shown: withoutNames(hidden, [...named, ...contactsIn(record)]),
  };
}

/** Mail addresses of whoever has had a part in a handoff. */
function everybodyIn(record: HandoffRecord): ReadonlySet<string | undefined> {
  const rounds = Object.values(record.steps).flatMap((step) => [step.standInFor, step.handed?.from, ...namesOf(step)]);
  return new Set([...partiesOf(record), ...rounds]);
}

const namesOf = (step: StepRecord) =>
  roundsOf(step).flatMap(({ owner, decision, exceptions = [] }) => [
    ...[owner, decision?.by],
    ...exceptions.flatMap(({ by, reviewer, answer }) => [by, reviewer, answer?.by]),
  ]);

/** The full names of the customer's people, as the package has them. */
const contactsIn = ({ package: pkg }: HandoffRecord): readonly string[] =>
  stakeholders.tidied(answerAt(pkg, 'stakeholders')).flatMap((row) => {
    const { name } = recordOf(row);
    return typeof name === 'string' ? [name] : [];
  });

function evidenceOf(
  record: HandoffRecord,
  { rule, decision }: { readonly rule: AskStep; readonly decision: Decision },
  { shown, zone }: Told,
): AuditedRound['evidence'] {
  const { evidence, choice } = decision;
  const textOf = (field: EvidenceField, value: EvidenceValue | undefined): string =>
    shownLines(field, value, zone)
      .map(({ label, text }) => (label === undefined ? text : `${label}: ${text}`))
      .join('\n');
  const isForAll = ({ name }: EvidenceField): boolean => rule.scores === undefined || rule.scores.field === name;
  return [
    ...(choiceOf(rule, choice)?.evidence ?? [])
      .filter((field) => isForAll(field) && !isEmpty(evidence[field.name]))
      .map((field) => ({ label: field.label, text: shown(textOf(field, evidence[field.name])) })),
    ...lateReasonsOf(record, evidence).map(({ title, reason }) => ({
      label: `Why “${title}” was late`,
      text: shown(reason),
    })),
  ];
}

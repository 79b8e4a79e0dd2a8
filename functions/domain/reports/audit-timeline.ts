import { shownLines } from '../fields/answer.ts';
import type { EvidenceField } from '../fields/field-rule.ts';
import { isEmpty } from '../fields/reading.ts';
import type { EvidenceValue } from '../fields/values.ts';
import { type Decision, type HandoffRecord, roundsOf, ruleIn } from '../handoff/handoff.ts';
import { lateReasonsOf } from '../handoff/late-reasons.ts';
import type { Person } from '../people/person.ts';
import { choiceOf } from '../playbook/capabilities.ts';
import type { AskStep } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { personIn } from './seen.ts';
import { scopeOf } from './who-sees.ts';

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

const timeOf = ({ decided }: AuditedRound): number => (decided ? Date.parse(decided.at) : Number.POSITIVE_INFINITY);

/** How a reader is told who did something, and what was entered. */
interface Told {
  readonly by: (rule: AskStep, decision: Decision) => string;
  readonly shown: (text: string) => string;
  readonly zone: string;
}

function toldTo({ person, roster, zone }: AuditReader, { playbook: { roles } }: HandoffRecord): Told {
  const scope = scopeOf(person, { roster, ids: new Map(roster.map(({ email }) => [email, email])) });
  const nameOf = (email: string) => personIn(scope, 'auditPack', email);
  const hidden = roster.filter(({ email }) => nameOf(email) === undefined);
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
    shown: (text) =>
      hidden.reduce(
        (shown, { email, name, role }) => without(without(shown, email, roles[role].name), name, roles[role].name),
        text,
      ),
  };
}

/** A text with other words for a name or an address, however it is written; part of a longer one stays. */
function without(text: string, name: string, words: string): string {
  if (name === '' || !text.toLowerCase().includes(name.toLowerCase())) return text;
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'giu'), words);
}

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

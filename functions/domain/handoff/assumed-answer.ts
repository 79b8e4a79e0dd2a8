import { checkPackage } from '../deal/completeness.ts';
import type { Evidence, EvidenceValue } from '../fields/values.ts';
import { leavesUndone } from '../playbook/capabilities.ts';
import type { AskStep, ChoiceRule, StepField } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import type { HandoffRecord } from './handoff.ts';
import type { Decision } from './step-record.ts';

export interface AssumedAnswer {
  readonly rule: AskStep;
  readonly record: HandoffRecord;
  /** Mail address of whoever answers. */
  readonly by: string;
  /** UTC. */
  readonly at: Instant;
  /** Who could be named where somebody is to be chosen, by role; mail addresses. */
  readonly colleagues: readonly { readonly email: string; readonly role: string }[];
}

/**
 * The answer a forecast assumes: the first choice of the owner that does what was asked, with every required field filled in
 * by its kind. What it says stands for an answer, and is nobody's.
 */
export function assumedAnswer({ rule, record, by, at, colleagues }: AssumedAnswer): Decision {
  const isDoing = ({ id, by: who = ['owner'] }: ChoiceRule) => who.includes('owner') && !leavesUndone(rule, id);
  const choice = rule.choices.find(isDoing) ?? rule.choices[0];
  const contacts = contactsOf(record);
  const evidence: Record<string, EvidenceValue> = {};
  for (const field of choice?.evidence ?? []) {
    const value = valueFor(field, { at, contacts, colleagues });
    if (value !== undefined) evidence[field.name] = value;
  }
  return { choice: choice?.id ?? 'unanswered', by, as: 'owner', at, evidence: evidence satisfies Evidence };
}

const contactsOf = ({ deal, playbook, package: pkg }: HandoffRecord): readonly string[] =>
  (checkPackage({ package: pkg, deal, rules: playbook }).package.stakeholders ?? []).map(({ email }) => email);

interface Known {
  readonly at: Instant;
  readonly contacts: readonly string[];
  readonly colleagues: AssumedAnswer['colleagues'];
}

function valueFor(field: StepField, { at, contacts, colleagues }: Known): EvidenceValue | undefined {
  switch (field.kind) {
    case 'person': {
      const role = typeof field.from === 'object' ? field.from.role : undefined;
      return colleagues.find((person) => role === undefined || person.role === role)?.email;
    }
    case 'emails':
      return contacts;
    case 'pastDateTime':
      return at;
    case 'futureDateTime':
      return new Date(Date.parse(at) + notice).toISOString();
    case 'score':
      return 10;
    case 'minutes':
      return field.min ?? 30;
    case 'yesNo':
      return true;
    case 'longText':
    case 'text':
      return field.required ? 'As assumed.' : undefined;
    default:
      return undefined;
  }
}

/** A meeting is taken to be as soon as one would be proposed, so that it is over when it was promised to be. */
const notice = 2 * 3_600_000;

import type { FieldPath } from '../deal/package.ts';
import { excerpt } from '../fields/clean-text.ts';
import type { EvidenceProblem } from '../fields/evidence.ts';
import { nameOf, type People } from '../people/people.ts';
import {
  askSteps,
  choiceOf,
  leavesUndone,
  type NamedStep,
  packageStep,
  stepProving,
  stepsSupplying,
} from '../playbook/capabilities.ts';
import type { FloorFact } from '../playbook/floor.ts';
import { anchorNames, askStep, type ChoiceRule, type StepField } from '../playbook/playbook.ts';
import { textsOf } from '../texts/texts.ts';
import type { Instant } from '../time/calendar.ts';
import { inZone, type Locality } from '../time/locality.ts';
import { dateIn, timeIn } from '../time/wording.ts';
import { doneDecision, givenList, givenText, skippedDecision } from './decisions.ts';
import { answeredRequests } from './exceptions.ts';
import type { HandoffRecord } from './handoff.ts';
import { checkedPackage, gapNames, gapPaths, isException } from './handoff-package.ts';
import { holderOf } from './roles-held.ts';
import type { Decision } from './step-record.ts';
import { lastSupplied } from './supplied.ts';

/** One fact of the floor before the first contact (S4), as it stands. */
export interface FloorItem {
  readonly fact: FloorFact;
  readonly title: string;
  readonly met: boolean;
  /** It is not so, and counts as met all the same: an exception was granted, or its step was left out with a reason. */
  readonly excused?: true;
  /** In one sentence: who made it so, and when; or what to do about it. */
  readonly says: string;
}

export interface FloorInput {
  readonly record: HandoffRecord;
  readonly step: string;
  readonly people: People;
  readonly at: Instant;
  /** How the reader is told times. */
  readonly zone: Locality;
}

/** What is known of one fact: a sentence on why it is so, or on what to do. */
type Finding = { readonly met: string } | { readonly excused: string } | { readonly mend: string };

/**
 * S4's floor before the first contact, as the system knows it. What was skipped with a reason by somebody who may, and what an
 * exception was granted for, counts as met, and says so. Empty for a step without a floor.
 */
export function floorOf(input: FloorInput): readonly FloorItem[] {
  const { floor = [], choices } = askStep(input.record.playbook, input.step);
  const words = textsOf(input.record.playbook.language).floor;
  return floor.map((fact) => {
    const title = words[fact];
    const found = findings[fact](input);
    if ('met' in found) return { fact, title, met: true, says: found.met };
    if ('excused' in found) return { fact, title, met: true, excused: true, says: found.excused };
    const below = choices.some(({ evidence }) => evidence.some(({ settles }) => settles === fact));
    return {
      fact,
      title,
      met: false,
      says: words.mend(below ? `${found.mend} The form has a field for it.` : found.mend),
    };
  });
}

/** The fields that a choice asks for as things stand: what the floor knows already is not asked. */
export const askedFields = ({ evidence }: ChoiceRule, floor: readonly FloorItem[]): readonly StepField[] =>
  evidence.filter(({ settles }) => settles === undefined || floor.some(({ fact, met }) => fact === settles && !met));

/** What keeps a choice from being made: facts of the floor that are not so, and that none of its fields settles. */
export const floorProblems = ({ evidence }: ChoiceRule, floor: readonly FloorItem[]): readonly EvidenceProblem[] =>
  floor
    .filter(({ fact, met }) => !met && evidence.every(({ settles }) => settles !== fact))
    .map(({ title, says }) => ({ field: 'floor', problem: `${title}: ${says}` }));

const findings: Readonly<Record<FloorFact, (input: FloorInput) => Finding>> = {
  packageComplete: (input) => {
    const { record } = input;
    const filling = packageStep(record.playbook);
    const decision = filling && (doneDecision(record, filling.id) ?? skippedDecision(record, filling.id));
    const { gaps } = checkedPackage(record);
    if (filling && decision) {
      if (decision.choice === 'skipped') return skippedSaid(input, filling, decision);
      const granted = isException(filling.rule, decision);
      if (gaps.length > 0) {
        const missing =
          exceptionFor(input, filling, gapPaths(gaps)) ?? (granted ? byDecision(input, decision) : undefined);
        if (missing) return missing;
      }
      return granted && gaps.length === 0
        ? { met: 'What was missing when an exception was granted has come in since.' }
        : saidBy(input, decision, 'handed over the complete package');
    }
    if (filling && record.steps[filling.id]) return { mend: stillOpen(input, filling, 'it must be handed over first') };
    if (gaps.length === 0) return { met: 'The package was complete when the deal was won.' };
    const seller = nameOf(input.people, holderOf(record, 'accountExecutive') ?? '');
    return { mend: `Ask ${seller} for ${shortList(gapNames(gaps))}, or revenue operations for an exception.` };
  },

  handoffReady: (input) => {
    const reviewing = stepProving(input.record.playbook, 'acknowledged');
    const decision = reviewing && input.record.steps[reviewing.id]?.decision;
    if (reviewing && decision) {
      if (decision.choice === 'skipped') return skippedSaid(input, reviewing, decision);
      if (choiceOf(reviewing.rule, decision.choice)?.proves === 'acknowledged')
        return saidBy(input, decision, 'accepted the handoff');
    }
    return { mend: stillOpen(input, reviewing, 'accept the handoff there') };
  },

  recordingsAttached: (input) => {
    const { record } = input;
    const links = checkedPackage(record).package.attachments?.callRecordings ?? [];
    const [first] = links;
    if (first) {
      const more = links.length > 1 ? `, and ${links.length - 1} more` : '';
      return { met: `In the package: ${first.title ?? first.url}${more}.` };
    }
    const recorded = recordedMeeting(record);
    if (recorded) return saidBy(input, recorded, 'attached the recording of the meeting');
    const filling = packageStep(record.playbook);
    const decision = filling && (doneDecision(record, filling.id) ?? skippedDecision(record, filling.id));
    if (filling && decision?.choice === 'skipped') return skippedSaid(input, filling, decision);
    const excepted = filling && exceptionFor(input, filling, ['attachments.callRecordings']);
    if (excepted) return excepted;
    return { mend: 'Add a link to a call recording or a meeting summary.' };
  },

  planReviewed: (input) => {
    const { record, people } = input;
    const reviewed = lastSupplied(record, 'planReviewer');
    if (reviewed) {
      const reviewer = nameOf(people, reviewed.value);
      return { met: `${reviewer} reviewed it, says ${nameOf(people, reviewed.by)}, ${moment(input, reviewed.at)}.` };
    }
    const planning = stepsSupplying(record.playbook, 'planReviewer').filter(({ id }) => id !== input.step);
    for (const step of planning) {
      const skipped = skippedDecision(record, step.id);
      if (skipped) return skippedSaid(input, step, skipped);
    }
    return { mend: stillOpen(input, planning[0], 'say there who has reviewed the plan') };
  },

  followUpScheduled: (input) => {
    const { record } = input;
    const following = askSteps(record.playbook).flatMap(({ id, rule }) => {
      const { opens, optional, title } = rule;
      const isFollowUp = opens?.after === 'kickoffHeld' || opens?.after === 'introductionSent';
      if (!opens || !isFollowUp || optional || skippedDecision(record, id)) return [];
      return [`"${title}", ${opens.within} after ${anchorNames[opens.after]}`];
    });
    if (following.length === 0) return { mend: 'Schedule a follow-up with the customer after the start.' };
    return { met: `Asked for by itself: ${following.join('; ')}.` };
  },
};

/** The answer that a meeting was recorded: a link that proves it. */
function recordedMeeting(record: HandoffRecord): Decision | undefined {
  return askSteps(record.playbook)
    .map(({ id, rule }) => ({ rule, decision: doneDecision(record, id) }))
    .find(({ rule, decision }) =>
      choiceOf(rule, decision?.choice)?.evidence.some(
        ({ name, kind, proves }) => proves === 'meetingRecorded' && kind === 'link' && givenText(decision, name) !== '',
      ),
    )?.decision;
}

const moment = ({ zone, at }: FloorInput, when: Instant): string => timeIn(zone, when, at);

const saidBy = (input: FloorInput, decision: Decision, what: string): Finding => ({
  met: `${nameOf(input.people, decision.by)} ${what}, ${moment(input, decision.at)}.`,
});

const skippedSaid = (input: FloorInput, { rule }: NamedStep, decision: Decision): Finding => ({
  excused: `"${rule.title}" was skipped by ${nameOf(input.people, decision.by)}, ${moment(input, decision.at)}: ${reasonOf(decision)}`,
});

/** Without which of these fields the handoff goes on by an exception: who granted it, until when, and why; undefined when by none. */
function exceptionFor(input: FloorInput, { id, rule }: NamedStep, paths: readonly FieldPath[]): Finding | undefined {
  const step = input.record.steps[id];
  if (!step) return undefined;
  const granted = answeredRequests(step).flatMap(({ answer: { by, at, reason, fields } }) =>
    fields.flatMap((field) => (field.granted && paths.includes(field.path) ? [{ reason, ...field, by, at }] : [])),
  );
  const last = granted.at(-1);
  if (last)
    return excepted(input, { ...last, due: granted.map(({ due = '' }) => due).reduce((a, b) => (a > b ? a : b)) });
  // An exception of before each field was decided on by itself.
  const decision = doneDecision(input.record, id);
  const covers = isException(rule, decision) && paths.some((path) => givenList(decision, 'gaps').includes(path));
  return decision && covers ? byDecision(input, decision) : undefined;
}

const byDecision = (input: FloorInput, { by, at, evidence }: Decision): Finding =>
  excepted(input, { by, at, due: String(evidence['dueDate'] ?? ''), reason: String(evidence['reason'] ?? '') });

const excepted = (
  input: FloorInput,
  { by, at, due, reason }: { readonly by: string; readonly at: Instant; readonly due: string; readonly reason: string },
): Finding => {
  const until = due === '' ? '' : `, until ${dateIn(inZone(input.zone, 'UTC'), `${due}T00:00:00Z`, input.at)}`;
  return {
    excused: `Exception granted by ${nameOf(input.people, by)}, ${moment(input, at)}${until}: ${excerpt(reason, 200)}`,
  };
};

const reasonOf = (decision: Decision): string => excerpt(givenText(decision, 'reason'), 200);

/** What to do about a step that has not been done as it should. */
function stillOpen({ record, people }: FloorInput, step: NamedStep | undefined, then: string): string {
  const asked = step && record.steps[step.id];
  if (!step || !asked) return `Nobody was asked yet to ${then}.`;
  const title = `"${step.rule.title}"`;
  const { decision } = asked;
  if (!decision) return `${title} is open with ${nameOf(people, asked.owner)}: ${then}.`;
  if (decision.choice === 'unanswered')
    return `${title} ended without an answer: ask your manager to decide how to go on.`;
  return leavesUndone(step.rule, decision.choice) ? `${title} is not done yet.` : `${title} does not say it.`;
}

const shortList = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join('; ')} and ${names.length - 3} more` : names.join('; ');

import type { Suggestion } from '../../functions/domain/fields/field-rule.ts';
import { flawsOf } from '../../functions/domain/fields/kinds.ts';
import type { FieldKind } from '../../functions/domain/fields/values.ts';
import type { FloorFact } from '../../functions/domain/playbook/floor.ts';
import type { StepField } from '../../functions/domain/playbook/playbook.ts';
import type { Supply } from '../../functions/domain/playbook/supplies.ts';
import { when } from './when.ts';

/** What a page's form sends beside the fields, and what evidence keeps beside them. */
const takenFields = new Set(['choice', 'nonce', 'round', 'packageVersion', 'lateReasons']);

/** The kinds of field that take what is suggested. */
const suggestedTo: Readonly<Record<Suggestion, readonly FieldKind[]>> = {
  meetingSlot: ['futureDateTime', 'pastDateTime'],
  scheduledMeeting: ['pastDateTime', 'futureDateTime'],
  introductionText: ['longText'],
  customerContacts: ['emails'],
  stakeholderMap: ['stakeholders'],
  successPlan: ['longText'],
};

/** The kinds of field whose answers later steps can use. */
const suppliedBy: Readonly<Record<Supply, readonly FieldKind[]>> = {
  personalLine: ['text', 'longText'],
  meetingQuestions: ['text', 'longText'],
  successPlan: ['longText'],
  planReviewer: ['person'],
};

/** The kinds of field that settle a fact of the floor; none, where only others can make it so. */
const settledBy: Readonly<Record<FloorFact, readonly FieldKind[]>> = {
  packageComplete: [],
  handoffReady: ['checklist'],
  recordingsAttached: ['link'],
  planReviewed: ['person'],
  followUpScheduled: ['checklist'],
};

/**
 * Why a field of a step's form makes no sense, one sentence each. How long a meeting may take is judged with the meeting
 * (`isOfMeeting`).
 */
export function fieldProblems(of: string, field: StepField, isOfMeeting: boolean): string[] {
  const { name, kind, suggest, proves, supplies, settles } = field;
  const fitting = suggest && suggestedTo[suggest];
  return [
    ...when(!/^[a-z][A-Za-z0-9]*$/.test(name), `${of}: say one word in camel case.`),
    ...when(takenFields.has(name), `${of}: this name is reserved.`),
    ...when(
      fitting && !fitting.includes(kind),
      `${of} suggests "${suggest}", which is for the kind ${fitting?.join(' or ')} and not ${kind}.`,
    ),
    ...when(
      proves && kind !== 'yesNo' && kind !== 'link',
      `${of} proves "${proves}", which only a field of kind yesNo or link can.`,
    ),
    ...when(
      supplies && !suppliedBy[supplies].includes(kind),
      `${of} supplies "${supplies}", which is for the kind ${supplies && suppliedBy[supplies].join(' or ')} and not ${kind}.`,
    ),
    ...when(
      settles && settledBy[settles].length === 0,
      `${of} settles "${settles}", which no answer here can make so.`,
    ),
    ...when(
      settles && settledBy[settles].length > 0 && !settledBy[settles].includes(kind),
      `${of} settles "${settles}", which is for the kind ${settles && settledBy[settles].join(' or ')} and not ${kind}.`,
    ),
    ...when(
      settles === 'planReviewed' && kind === 'person' && supplies !== 'planReviewer',
      `${of} settles "planReviewed", but does not supply "planReviewer": nobody would know who it was.`,
    ),
    ...(isOfMeeting && kind === 'minutes' ? [] : flawsOf(field)).map((flaw) => `${of} ${flaw}.`),
  ];
}

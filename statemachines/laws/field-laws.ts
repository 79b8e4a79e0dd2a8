import type { Suggestion } from '../../functions/domain/fields/field-rule.ts';
import { flawsOf } from '../../functions/domain/fields/kinds.ts';
import type { FieldKind } from '../../functions/domain/fields/values.ts';
import type { StepField } from '../../functions/domain/playbook/playbook.ts';
import { when } from './when.ts';

/** What a page's form sends beside the fields. */
const takenFields = new Set(['choice', 'nonce', 'round', 'packageVersion']);

/** The kinds of field that take what is suggested. */
const suggestedTo: Readonly<Record<Suggestion, readonly FieldKind[]>> = {
  meetingSlot: ['futureDateTime', 'pastDateTime'],
  scheduledMeeting: ['pastDateTime', 'futureDateTime'],
  introductionText: ['longText'],
  customerContacts: ['emails'],
  stakeholderMap: ['stakeholders'],
};

/**
 * Why a field of a step's form makes no sense, one sentence each. How long a meeting may take is judged with the meeting
 * (`isOfMeeting`).
 */
export function fieldProblems(of: string, field: StepField, isOfMeeting: boolean): string[] {
  const { name, kind, suggest, proves } = field;
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
    ...(isOfMeeting && kind === 'minutes' ? [] : flawsOf(field)).map((flaw) => `${of} ${flaw}.`),
  ];
}

import type { EvidenceField } from '../fields/field-rule.ts';
import type { Capacity } from '../playbook/playbook.ts';

/** What people can do beside the choices of the playbook; these ids are reserved. */
export type ReservedAction =
  | 'save'
  | 'request-exception'
  | 'decline-exception'
  | 'hand-review'
  | 'reassign'
  | 'wait-for-customer'
  | 'note'
  | 'skip'
  | 'cancel'
  | 'away'
  | MeetingAction;

/** What can be done about a meeting that is planned. */
export type MeetingAction = 'move-meeting' | 'call-off-meeting';

export const meetingActions: readonly MeetingAction[] = ['move-meeting', 'call-off-meeting'];

/** Longest reason for an action, in characters: a step keeps those of all its pauses and requests. */
const longestReason = 2000;

/** The fields of each action, for `parseEvidence`. */
export const actionFields: Readonly<Record<ReservedAction, readonly EvidenceField[]>> = {
  save: [],
  'request-exception': [
    {
      name: 'reason',
      label: 'Why you can’t get it',
      kind: 'longText',
      required: true,
      max: longestReason,
      hint: 'What did you try, and when might you know?',
    },
  ],
  'decline-exception': [
    { name: 'reason', label: 'Why it is still needed', kind: 'longText', required: true, max: longestReason },
  ],
  'hand-review': [
    { name: 'to', label: 'Colleague', thing: 'a colleague', kind: 'person', from: 'colleagues', required: true },
    { name: 'reason', label: 'Why', kind: 'longText', required: false, max: longestReason },
  ],
  reassign: [
    { name: 'to', label: 'Colleague', thing: 'a colleague', kind: 'person', from: 'colleagues', required: true },
    {
      name: 'everything',
      label: 'Should they take over everything of yours in this handoff?',
      kind: 'yesNo',
      required: false,
      hint: 'All open steps, and those still to come.',
    },
    { name: 'reason', label: 'Why', kind: 'longText', required: false, max: longestReason },
  ],
  'wait-for-customer': [
    { name: 'until', label: 'Until', thing: 'the day the pause ends', kind: 'date', required: true, min: 1, max: 90 },
    {
      name: 'reason',
      label: 'What are we waiting for?',
      thing: 'what we are waiting for',
      kind: 'longText',
      required: true,
      max: longestReason,
    },
  ],
  'move-meeting': [
    {
      name: 'meetingAt',
      label: 'New date and time',
      thing: 'the new date and time',
      kind: 'futureDateTime',
      required: true,
    },
    { name: 'minutes', label: 'Minutes', kind: 'minutes', required: false },
    { name: 'place', label: 'Where (link or room)', thing: 'where (link or room)', kind: 'text', required: false },
    {
      name: 'reason',
      label: 'Why',
      kind: 'longText',
      required: false,
      max: longestReason,
      hint: 'For your colleagues. The customer only gets the new time.',
    },
  ],
  'call-off-meeting': [
    {
      name: 'reason',
      label: 'Why',
      kind: 'longText',
      required: true,
      max: longestReason,
      hint: 'For your colleagues. The customer only hears that it’s canceled.',
    },
  ],
  note: [
    {
      name: 'text',
      label: 'Note',
      thing: 'a note',
      kind: 'longText',
      required: true,
      hint: 'Colleagues see it on every page of this handoff, with your name. The customer doesn’t.',
    },
  ],
  skip: [{ name: 'reason', label: 'Why this step is skipped', kind: 'longText', required: true, max: longestReason }],
  cancel: [
    { name: 'reason', label: 'Why the handoff is canceled', kind: 'longText', required: true, max: longestReason },
    {
      name: 'confirm',
      label: 'This can’t be undone',
      kind: 'checklist',
      required: true,
      items: ['Yes, stop this handoff for good'],
    },
  ],
  away: [
    { name: 'from', label: 'First day away', thing: 'the first day away', kind: 'date', required: true, max: 365 },
    { name: 'until', label: 'Last day away', thing: 'the last day away', kind: 'date', required: true, max: 365 },
    {
      name: 'deputy',
      label: 'Who stands in for you',
      kind: 'person',
      from: 'colleagues',
      required: false,
    },
  ],
};

/** What is asked of whoever reassigns a step that is not theirs: whose everything goes along. */
export const everythingOf = (holder: string): string =>
  `Should they take over everything ${holder} has in this handoff?`;

/** How each action is called on the page: the heading, and the button. */
export const actionTitles: Readonly<Record<ReservedAction, { readonly title: string; readonly label: string }>> = {
  save: { title: 'Save draft', label: 'Save draft' },
  'request-exception': { title: 'Can’t get an answer? Ask for an exception', label: 'Ask for an exception' },
  'decline-exception': { title: 'Decline the exception', label: 'Decline' },
  'hand-review': { title: 'Let a colleague decide', label: 'Hand over the decision' },
  reassign: { title: 'Reassign this step', label: 'Reassign' },
  'wait-for-customer': { title: 'Wait for the customer', label: 'Pause until this date' },
  'move-meeting': { title: 'Move the meeting', label: 'Move it and tell everyone invited' },
  'call-off-meeting': { title: 'Cancel the meeting', label: 'Cancel it and tell everyone invited' },
  note: { title: 'Add a note', label: 'Add note' },
  skip: { title: 'Skip this step', label: 'Skip step' },
  cancel: { title: 'Cancel the handoff', label: 'Cancel handoff' },
  away: { title: 'Will you be away?', label: 'Save my absence' },
};

/** What each may do about a step that is open, beside saying that they are away; only managers and revenue operations may skip or cancel. */
export const actionsOf: Readonly<Record<Capacity, readonly ReservedAction[]>> = {
  owner: ['wait-for-customer', 'reassign', 'note'],
  reviewer: ['note'],
  manager: ['reassign', 'note', 'skip', 'cancel'],
  revenueOperations: ['reassign', 'note', 'skip', 'cancel'],
  reader: ['note'],
};

export const isReservedAction = (choice: string): choice is ReservedAction => Object.hasOwn(actionFields, choice);

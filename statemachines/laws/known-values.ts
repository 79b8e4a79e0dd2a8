import type { Suggestion } from '../../functions/domain/fields/field-rule.ts';
import { kinds } from '../../functions/domain/fields/kinds.ts';
import { announcements } from '../../functions/domain/playbook/announcements.ts';
import { type FloorFact, floorTitles } from '../../functions/domain/playbook/floor.ts';
import type { AgendaItem } from '../../functions/domain/playbook/meetings.ts';
import type {
  Anchor,
  AskStep,
  Capacity,
  ChoiceRule,
  Escalations,
  RungKind,
  RungReader,
  StepRule,
  SuccessFact,
  TellStep,
} from '../../functions/domain/playbook/playbook.ts';
import type { RoleId, Side } from '../../functions/domain/playbook/roles.ts';
import type { Supply } from '../../functions/domain/playbook/supplies.ts';
import { oneOf } from './shapes.ts';

// Every value that the code understands: the compiler keeps the sets complete.

const roles = {
  accountExecutive: true,
  customerSuccessManager: true,
  salesManager: true,
  successManager: true,
  revenueOperations: true,
} satisfies Record<RoleId, true>;

const all = <V extends string>(table: Readonly<Record<V, unknown>>): Readonly<Record<V, true>> =>
  Object.fromEntries(Object.keys(table).map((name) => [name, true])) as Record<V, true>;

export const role = oneOf<RoleId>(roles, 'role');
export const reader = oneOf<RungReader>({ owner: true, manager: true, ...roles }, 'reader of a ladder');
export const side = oneOf<Side>({ sales: true, success: true, operations: true }, 'side');
export const capacity = oneOf<Exclude<Capacity, 'reader'>>(
  { owner: true, reviewer: true, manager: true, revenueOperations: true },
  'capacity to choose in',
);
export const anchor = oneOf<Anchor>(
  {
    closedWon: true,
    packageReady: true,
    internalMeetingHeld: true,
    introductionSent: true,
    kickoffHeld: true,
    handoffConfirmed: true,
    firstValueReached: true,
    renewalDate: true,
    opened: true,
  },
  'moment of a handoff',
);
export const fact = oneOf<SuccessFact>(
  {
    acknowledged: true,
    meetingRecorded: true,
    positiveReply: true,
    allKeyContacts: true,
    clientAgreed: true,
    onboardingComplete: true,
  },
  'fact that a handoff is measured by',
);
export const suggestion = oneOf<Suggestion>(
  {
    meetingSlot: true,
    scheduledMeeting: true,
    introductionText: true,
    customerContacts: true,
    stakeholderMap: true,
    successPlan: true,
  },
  'suggestion',
);
export const supply = oneOf<Supply>(
  { personalLine: true, meetingQuestions: true, successPlan: true, planReviewer: true },
  'thing that later steps use',
);
export const floorFact = oneOf<FloorFact>(all(floorTitles), 'fact of the floor before first contact');
export const rungKind = oneOf<RungKind>(
  { warn: true, remind: true, breach: true, escalate: true, stall: true },
  'kind of rung',
);
export const escalations = oneOf<Escalations>({ email: true, digest: true }, 'way to hear of escalations');
export const pillar = oneOf<NonNullable<AgendaItem['pillar']>>(
  { context: true, relationships: true, goals: true, risks: true },
  'pillar of the brief',
);
export const deed = oneOf<NonNullable<ChoiceRule['does']>>(
  { 'complete-package': true, 'grant-exception': true, 'supply-answers': true, 'give-up': true },
  'thing that a choice can do',
);
export const repeatedFrom = oneOf<NonNullable<NonNullable<AskStep['repeat']>['from']>>(
  { answer: true },
  'moment to repeat from',
);
export const form = oneOf<NonNullable<AskStep['fills']>>({ package: true }, 'form');
export const settled = oneOf<NonNullable<AskStep['settles']>>({ 'open-item': true }, 'thing that a step can settle');
export const display = oneOf<NonNullable<AskStep['shows']>>(
  { brief: true, plan: true },
  'thing that a request can show',
);
export const sender = oneOf<NonNullable<TellStep['by']>>({ scheduler: true }, 'sender');
export const stepKind = oneOf<StepRule['kind']>({ ask: true, tell: true }, 'kind of step');
export const fieldKind = oneOf(all(kinds), 'kind of field');
export const announcement = oneOf(all(announcements), 'kind of mail');

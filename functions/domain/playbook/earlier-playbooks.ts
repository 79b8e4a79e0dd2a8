import { isRecord, recordOf } from '../fields/record.ts';
import type { MeetingRule } from './meetings.ts';
import type { AskStep, ChoiceRule, FrozenPlaybook, StepField, StepRule } from './playbook.ts';
import type { RoleId, RoleRule } from './roles.ts';

/**
 * A frozen playbook as it stands in the records, whichever version of this code froze it. Handoffs run for weeks: what an
 * earlier version wrote is read as the rules it meant, and never rewritten. Throws for a version this code does not know.
 */
export function readFrozenPlaybook(stored: unknown): FrozenPlaybook {
  const { version } = recordOf(stored);
  if (version === 2) return stored as FrozenPlaybook;
  if (version === undefined && isRecord(stored)) return fromFirstVersion(stored as unknown as FirstVersion);
  throw new Error(
    `A frozen playbook has version ${String(version)}, which this code does not know: deploy a newer one.`,
  );
}

/** The first version had one playbook, whose steps the code knew by name; what it knew of them stands here. */
interface FirstVersion {
  readonly name: string;
  readonly segment: string;
  readonly accountable: RoleId;
  readonly steps: Readonly<Record<string, FirstStep>>;
  readonly ladders: FrozenPlaybook['ladders'];
  readonly alsoRequired: readonly string[];
  readonly notRequired: readonly string[];
  readonly abandonAfter: FrozenPlaybook['abandonAfter'];
  readonly linkDays: number;
}

type FirstStep = StepRule & {
  readonly target?: NonNullable<AskStep['scores']>;
  readonly onlyIfIncomplete?: true;
  readonly onlyIfUnassigned?: true;
};

function fromFirstVersion(stored: FirstVersion): FrozenPlaybook {
  const { name, segment, accountable, ladders, abandonAfter, linkDays } = stored;
  const fields = (paths: readonly string[], required: boolean) => paths.map((path) => [path, { required }]);
  return {
    version: 2,
    name,
    segment,
    segments: ['standard', 'enterprise', 'self-serve'],
    roles: firstRoles,
    accountable,
    steps: Object.fromEntries(Object.entries(stored.steps).map(([id, rule]) => [id, stepOfFirst(id, rule)])),
    flow: Object.keys(stored.steps),
    meetings: firstMeetings,
    ladders,
    fields: Object.fromEntries([...fields(stored.notRequired, false), ...fields(stored.alsoRequired, true)]),
    abandonAfter,
    linkDays,
  };
}

function stepOfFirst(id: string, stored: FirstStep): StepRule {
  if (stored.kind === 'tell') return stored;
  const { target, onlyIfIncomplete: _fills, onlyIfUnassigned: _names, ...rule } = stored;
  const { announce, ...known } = firstCapabilities[id] ?? {};
  return {
    ...rule,
    ...known,
    ...(rule.announce && { announce: { ...rule.announce, ...announce } }),
    ...(target && { scores: target }),
    choices: rule.choices.map((choice) => ({
      ...choice,
      ...firstChoices[`${id}/${choice.id}`],
      evidence: choice.evidence.map((field) => fieldOfFirst(id, field)),
    })),
  };
}

function fieldOfFirst(step: string, field: StepField): StepField {
  const proves = firstProofs[`${step}/${field.name}`];
  // The kind was called after the one role it was used for.
  const isPerson = String(field.kind) === 'customerSuccessManager';
  return {
    ...field,
    ...(isPerson && { kind: 'person', from: { role: 'customerSuccessManager' } }),
    ...(proves && { proves }),
  };
}

type Known = Omit<Partial<AskStep>, 'announce'> & { readonly announce?: { readonly offers: string } };

const firstCapabilities: Readonly<Record<string, Known>> = {
  'assign-customer-success-manager': { names: 'customerSuccessManager' },
  'complete-package': { fills: 'package', reviewedBy: ['customerSuccessManager', 'revenueOperations'] },
  'schedule-internal-meeting': { plans: 'internal-meeting' },
  'review-brief': { shows: 'brief' },
  'hold-internal-meeting': { holds: 'internal-meeting' },
  'introduce-customer': { approves: 'send-onboarding-mails' },
  'schedule-kickoff': { plans: 'kickoff' },
  'hold-kickoff': { holds: 'kickoff' },
  'confirm-handoff': { announce: { offers: 'share-remarks' } },
  'record-first-value': { marks: 'firstValueReached' },
};

const firstChoices: Readonly<Record<string, Partial<ChoiceRule>>> = {
  'complete-package/complete': { does: 'complete-package' },
  'complete-package/grant-exception': { does: 'grant-exception' },
  'review-brief/accept': { proves: 'acknowledged' },
};

const firstProofs: Readonly<Record<string, NonNullable<StepField['proves']>>> = {
  'hold-internal-meeting/recording': 'meetingRecorded',
  'schedule-kickoff/positiveReply': 'positiveReply',
  'map-stakeholders/allKeyContacts': 'allKeyContacts',
  'align-success-plan/clientAgreed': 'clientAgreed',
  'record-first-value/onboardingComplete': 'onboardingComplete',
};

const firstRoles: Readonly<Record<RoleId, RoleRule>> = {
  accountExecutive: { name: 'account executive', side: 'sales' },
  customerSuccessManager: { name: 'customer success manager', side: 'success' },
  salesManager: { name: 'sales manager', side: 'sales' },
  successManager: { name: 'customer success lead', side: 'success' },
  revenueOperations: { name: 'revenue operations', side: 'operations' },
};

const firstMeetings: Readonly<Record<string, MeetingRule>> = {
  'internal-meeting': {
    title: 'Internal handoff meeting: {customer}',
    minutes: { usual: 30, least: 15, most: 30 },
    who: ['customerSuccessManager', 'accountExecutive'],
    agenda: [
      { title: 'Context: why they bought, and what for', minutes: 10, pillar: 'context' },
      { title: 'Relationships: who decides, champions and blocks', minutes: 5, pillar: 'relationships' },
      { title: 'Goals: what they expect by day 30, 60 and 90', minutes: 5, pillar: 'goals' },
      { title: 'Risks: red flags and promises', minutes: 10, pillar: 'risks' },
    ],
  },
  kickoff: {
    title: 'Kickoff: {customer} and {company}',
    minutes: { usual: 60, least: 15, most: 180 },
    who: ['customerSuccessManager', 'accountExecutive'],
    withCustomer: true,
    agenda: [
      { title: 'Who is who, on both sides', minutes: 10 },
      { title: 'What you want to reach, and how you will know', minutes: 15 },
      { title: 'The plan for the first weeks, and who does what', minutes: 20 },
      { title: 'How we work together: channel, rhythm, whom to ask', minutes: 10 },
      { title: 'Next steps', minutes: 5 },
    ],
  },
};

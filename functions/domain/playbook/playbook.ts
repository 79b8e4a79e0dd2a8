import type { EvidenceField } from '../fields/field-rule.ts';
import type { Within } from '../time/due.ts';
import type { RoleId } from './roles.ts';

/** The moments of a handoff that due rules count from. `opened` is the moment a step with an `opens` rule is first asked. */
export type Anchor =
  | 'closedWon'
  | 'packageReady'
  | 'internalMeetingHeld'
  | 'introductionSent'
  | 'kickoffHeld'
  | 'handoffConfirmed'
  | 'renewalDate'
  | 'opened';

/** How an anchor is called in sentences that people read. */
export const anchorNames: Record<Anchor, string> = {
  closedWon: 'closed won',
  packageReady: 'package ready',
  internalMeetingHeld: 'internal meeting held',
  introductionSent: 'customer introduced',
  kickoffHeld: 'kickoff held',
  handoffConfirmed: 'handoff confirmed',
  renewalDate: 'renewal date',
  opened: 'asked',
};

export interface DueRule {
  readonly after: Anchor;
  readonly within: Within;
}

/** The segments a deal can belong to; `standard` is what an unknown segment falls back to. */
export type Segment = 'standard' | 'enterprise' | 'self-serve';

/** In what capacity a person holds a link to a step. */
export type Capacity = 'owner' | 'reviewer' | 'manager' | 'revenueOperations';

export interface ChoiceRule {
  readonly id: string;
  /** The button. */
  readonly label: string;
  readonly evidence: readonly EvidenceField[];
  /** Who may choose it; the owner unless said. */
  readonly by?: readonly Capacity[];
}

/** Mails that are sent because something happened, not because somebody is asked. */
export type Announcement =
  | 'internal-meeting-invitation'
  | 'internal-meeting-notes'
  | 'customer-introduction'
  | 'kickoff-invitation'
  | 'handoff-confirmation'
  | 'availability-closes'
  | 'availability-ended'
  | 'feedback'
  | 'low-score'
  | 'onboarding-faq'
  | 'onboarding-features'
  | 'onboarding-contacts'
  | 'renewal-reminder';

/** What a rung of a ladder says. */
export type RungKind = 'warn' | 'remind' | 'breach' | 'escalate' | 'stall';

export interface RungRule {
  readonly kind: RungKind;
  /** When: counted from an anchor, back from the due time, or on from it (or from the ask, when that came later). */
  readonly when: DueRule | { readonly beforeDue: Within } | { readonly afterDue: Within };
  readonly tell: readonly ('owner' | 'manager' | 'revenueOperations')[];
}

export interface LadderRule {
  readonly rungs: readonly RungRule[];
  /** What happens when every rung has been climbed: nag on until somebody acts, or let the step end as unanswered. */
  readonly afterwards: { readonly nagEvery: Within } | { readonly unansweredAfterDue: Within };
}

interface StepBase {
  /** How people call the step: a noun phrase, as in a heading. */
  readonly title: string;
  readonly sources: readonly string[];
}

/** A step that one named person must do. */
export interface AskStep<Id extends string = string> extends StepBase {
  readonly kind: 'ask';
  /** Completes the state name "Ask to …". */
  readonly ask: string;
  /** Completes the state name "Wait for … (SLA …)". */
  readonly waitFor: string;
  readonly owner: RoleId;
  /** What must be done, to the owner, in one or two sentences. */
  readonly what: string;
  /** Why it matters, in one sentence. */
  readonly why: string;
  readonly due: DueRule;
  /** When it is first asked; at once when the flow arrives, unless said. */
  readonly opens?: DueRule;
  readonly ladder: string;
  readonly choices: readonly ChoiceRule[];
  /** The moment this step brings about: its evidence field `heldAt` if it has one, else the time of the decision. */
  readonly marks?: Anchor;
  /** A mail that goes out once the step is decided. */
  readonly announce?: { readonly say: Announcement; readonly state: string };
  /** The step goes back to another one when this choice is made. */
  readonly returns?: { readonly choice: string; readonly to: Id; readonly within: Within };
  /** Asked again until it is answered with something else. */
  readonly repeat?: { readonly choice: string; readonly every: Within; readonly times: number };
  /** A score under the target raises an alarm. */
  readonly target?: {
    readonly field: string;
    readonly atLeast: number;
    readonly say: Announcement;
    readonly state: string;
  };
  /** Passed over when the package was complete at the trigger. */
  readonly onlyIfIncomplete?: true;
  /** Passed over when the assignment rules found somebody. */
  readonly onlyIfUnassigned?: true;
  /** Offered by a link in a mail, outside the flow; nothing waits for it. */
  readonly optional?: true;
}

/** `silent`: this segment has nothing to say there, and passes on at once. */
export interface Tell {
  readonly say: Announcement;
  readonly state: string;
  readonly opens: DueRule;
  readonly silent?: true;
}

/** A step without an owner: the system tells people something at a given moment. */
export interface TellStep extends StepBase {
  readonly kind: 'tell';
  /** Completes the state name "Whether to …". */
  readonly tell: string;
  readonly tells: readonly Tell[];
  /** `scheduler`: long after the execution has ended, by EventBridge Scheduler. */
  readonly by?: 'scheduler';
}

export type StepRule<Id extends string = string> = AskStep<Id> | TellStep;

export type FlowItem<Id extends string = string> =
  | Id
  | { readonly name: string; readonly beside: readonly (readonly FlowItem<Id>[])[] };

/** What a segment does differently. */
export interface SegmentRules<Id extends string = string> {
  readonly without?: readonly Id[];
  readonly steps?: {
    readonly [K in Id]?: {
      readonly what?: string;
      readonly due?: DueRule;
      readonly opens?: DueRule;
      readonly tells?: readonly DueRule[];
    };
  };
  /** Paths of package fields this segment requires beyond, or in spite of, the default. */
  readonly alsoRequired?: readonly string[];
  readonly notRequired?: readonly string[];
}

export interface Playbook<Id extends string = string> {
  readonly name: string;
  readonly accountable: RoleId;
  readonly steps: { readonly [K in Id]: StepRule<NoInfer<Id>> };
  readonly flow: readonly FlowItem<NoInfer<Id>>[];
  readonly ladders: { readonly [name: string]: LadderRule };
  readonly segments: { readonly [S in Segment]: SegmentRules<NoInfer<Id>> };
  /** A handoff on which nobody has acted this long after closed won is abandoned, before Step Functions' year is over. */
  readonly abandonAfter: Within;
  /** How long a link in a mail works. */
  readonly linkDays: number;
}

/** A playbook resolved for one segment: what a handoff freezes at its start. */
export interface FrozenPlaybook {
  readonly name: string;
  readonly segment: Segment;
  readonly accountable: RoleId;
  readonly steps: { readonly [step: string]: StepRule };
  readonly ladders: { readonly [name: string]: LadderRule };
  readonly alsoRequired: readonly string[];
  readonly notRequired: readonly string[];
  readonly abandonAfter: Within;
  readonly linkDays: number;
}

/** Fixes the step ids of a playbook, so that a wrong id, owner, anchor or duration does not compile. */
export function definePlaybook<const Id extends string>(playbook: Playbook<Id>): Playbook<Id> {
  return playbook;
}

/** The step ids in the order the flow reaches them, branches one after the other. */
export function flowSteps(flow: readonly FlowItem[]): string[] {
  return flow.flatMap((item) => (typeof item === 'string' ? [item] : item.beside.flatMap(flowSteps)));
}

/** The ask step of that id; throws for an id that is unknown or has no owner. */
export function askStep(playbook: Pick<FrozenPlaybook, 'steps'>, step: string): AskStep {
  const rule = playbook.steps[step];
  if (rule?.kind !== 'ask') throw new Error(`The playbook has no step "${step}" that somebody is asked to do.`);
  return rule;
}

/** Resolves the playbook for one segment: steps it leaves out are gone, its own due rules are in place. */
export function freezePlaybook(playbook: Playbook, segment: Segment): FrozenPlaybook {
  const rules = playbook.segments[segment];
  const steps: Record<string, StepRule> = {};
  for (const [id, step] of Object.entries(playbook.steps)) {
    if (rules.without?.includes(id)) continue;
    const own = rules.steps?.[id];
    const { tells, ...instead } = own ?? {};
    if (step.kind === 'ask') steps[id] = { ...step, ...instead };
    else steps[id] = tells ? { ...step, tells: tellsOf(step, tells) } : step;
  }
  return {
    name: playbook.name,
    segment,
    accountable: playbook.accountable,
    steps,
    ladders: playbook.ladders,
    alsoRequired: rules.alsoRequired ?? [],
    notRequired: rules.notRequired ?? [],
    abandonAfter: playbook.abandonAfter,
    linkDays: playbook.linkDays,
  };
}

/** The segment's own moments in place of the step's; where it has fewer, the rest stays silent. */
function tellsOf(step: TellStep, own: readonly DueRule[]): Tell[] {
  return step.tells.map((tell, i) => {
    const opens = own[i] ?? own.at(-1) ?? tell.opens;
    return i < own.length ? { ...tell, opens } : { ...tell, opens, silent: true };
  });
}

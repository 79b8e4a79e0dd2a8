import type { EvidenceField } from '../fields/field-rule.ts';
import { anchors } from '../texts/en/anchors.ts';
import type { Within } from '../time/due.ts';
import type { Announcement } from './announcements.ts';
import type { DoneWording } from './done-wording.ts';
import type { FloorFact } from './floor.ts';
import type { MailWording } from './mail-wording.ts';
import type { MeetingRule } from './meetings.ts';
import type { Negative } from './negative.ts';
import type { FrozenWords, PlaybookWords } from './playbook-words.ts';
import type { RoleId, Roles } from './roles.ts';
import type { Supply } from './supplies.ts';

/** The moments of a handoff that due rules count from. `opened` is the moment a step with an `opens` rule is first asked. */
export type Anchor =
  | 'closedWon'
  | 'packageReady'
  | 'internalMeetingHeld'
  | 'introductionSent'
  | 'kickoffHeld'
  | 'handoffConfirmed'
  | 'firstValueReached'
  | 'renewalDate'
  | 'opened';

/** How an anchor is called in sentences that people read. */
export const anchorNames: Readonly<Record<Anchor, string>> = anchors;

export interface DueRule {
  readonly after: Anchor;
  readonly within: Within;
}

/** In what capacity a person holds a link to a step; a `reader` is told by a rung without having a say in it. */
export type Capacity = 'owner' | 'reviewer' | 'manager' | 'revenueOperations' | 'reader';

/** What success means for a handoff, as S2 measures it, and whether onboarding is complete. */
export type SuccessFact =
  | 'acknowledged'
  | 'meetingRecorded'
  | 'positiveReply'
  | 'allKeyContacts'
  | 'clientAgreed'
  | 'onboardingComplete';

/** A field of a step's form. */
export interface StepField extends EvidenceField {
  /** A yes proves this, or a link that is given; any other answer, that it is not so. */
  readonly proves?: SuccessFact;
  /** What later steps use the answer for. */
  readonly supplies?: Supply;
  /** Asked only while this fact of the step's floor is not so; the answer makes it so. */
  readonly settles?: FloorFact;
  /** What a no leaves to do. */
  readonly negative?: Negative;
}

export interface ChoiceRule {
  readonly id: string;
  /** The button. */
  readonly label: string;
  readonly evidence: readonly StepField[];
  /** Who may choose it; the owner unless said. */
  readonly by?: readonly Exclude<Capacity, 'reader'>[];
  /**
   * `complete-package`: hands the package over, which must have no gap then. `grant-exception`: lets the handoff go on without
   * what is missing; its fields `owner`, `dueDate` and `reason` say who owes it, by when, and why. `supply-answers`: hands in
   * what an open item owes the package; offered only where it owes some. `give-up`: closes an open item without what it was for.
   */
  readonly does?: 'complete-package' | 'grant-exception' | 'supply-answers' | 'give-up';
  /** Choosing it proves this; any other choice of the step that it is not so. */
  readonly proves?: SuccessFact;
  /** What it leaves to do, once the step is not asked again. */
  readonly negative?: Negative;
  /** What the page says once it is chosen; the button's words, where nothing is said here. */
  readonly done?: DoneWording;
}

/** What a rung of a ladder says. */
export type RungKind = 'warn' | 'remind' | 'breach' | 'escalate' | 'stall';

/** Whom a rung tells: the step's owner, their manager, or whoever holds a role in the handoff. */
export type RungReader = 'owner' | 'manager' | RoleId;

export interface RungRule {
  readonly kind: RungKind;
  /** When: counted from an anchor, back from the due time, or on from it (or from the ask, when that came later). */
  readonly when: DueRule | { readonly beforeDue: Within } | { readonly afterDue: Within };
  readonly tell: readonly RungReader[];
}

export interface LadderRule {
  readonly rungs: readonly RungRule[];
  /**
   * What happens when every rung has been climbed: nag the owner and revenue operations until somebody acts, or let the step
   * end as unanswered.
   */
  readonly afterwards: { readonly nagEvery: Within } | { readonly unansweredAfterDue: Within };
}

/** How managers and revenue operations hear of an escalation: by an email each, or in the daily digest of the next morning. */
export type Escalations = 'email' | 'digest';

interface StepBase {
  /** How people call the step: a noun phrase, as in a heading. */
  readonly title: string;
  readonly sources: readonly string[];
}

/** A step that one named person must do. Beyond the asking itself, what the code does about it hangs on these members. */
export interface AskStep<Names extends PlaybookNames = PlaybookNames> extends StepBase {
  readonly kind: 'ask';
  /** Completes the state name "Ask to …". */
  readonly ask: string;
  /** What its mails ask for, where that is not what the state name says: 'report on the kickoff'. Others read it, too: 'help Lena …'. */
  readonly request?: string;
  /** Completes the state name "Wait for … (SLA …)". */
  readonly waitFor: string;
  readonly owner: RoleId;
  /** What must be done, to the owner, in one or two sentences. */
  readonly what: string;
  /** Why it matters, in one sentence. */
  readonly why: string;
  /** What its request says; without it, what is made of `what` and `why`. */
  readonly mail?: MailWording;
  /** What the SOP promises: counted from its anchor, whenever the owner is asked. */
  readonly due: DueRule;
  /** Working hours the owner has from the ask on, whatever was promised; the playbook's `atLeast` unless said. */
  readonly atLeast?: number;
  /** When it is first asked; at once when the flow arrives, unless said. */
  readonly opens?: DueRule;
  readonly ladder: Names['ladder'];
  readonly choices: readonly ChoiceRule[];
  /**
   * The moment this step brings about: its evidence field `heldAt` if it has one, else the time of the decision. An answer that
   * sends the handoff back or has the step asked again brings nothing about.
   */
  readonly marks?: Anchor;
  /** Its form is the handoff package; passed over when the package was complete at the trigger. */
  readonly fills?: 'package';
  /** Who reviews an exception asked for on this step, in turn: never who asks for it, nor the step's owner. */
  readonly reviewedBy?: readonly RoleId[];
  /** How long a reviewer has, and by which ladder they are chased; 24 hours, and the step's own ladder, unless said. */
  readonly review?: { readonly within: Within; readonly ladder: Names['ladder'] };
  /** Names who holds this role, by its field of kind `person`; passed over when somebody holds it already. */
  readonly names?: RoleId;
  /** Plans a meeting, by its fields `meetingAt`, `minutes` and `place`. */
  readonly plans?: Names['meeting'];
  /** Reports on a meeting that an earlier step plans. */
  readonly holds?: Names['meeting'];
  /** Its meeting may be called off: the step that plans it, earlier in the same row, is then asked again, due within this time. */
  readonly ifCalledOff?: { readonly within: Within };
  /** What the request shows in full: S4: the brief is mailed to whoever reviews it. `plan`: the success plan. */
  readonly shows?: 'brief' | 'plan';
  /** What must be so before it can be done (S4). The system says what it knows; it asks only for what a field settles. */
  readonly floor?: readonly FloorFact[];
  /** A mail that goes out once the step is decided; with `offers`, it carries a link to an optional step. */
  readonly announce?: { readonly say: Announcement; readonly state: string; readonly offers?: Names['step'] };
  /** A step of mails to the customer that go, without being asked about again, to the people approved here. */
  readonly approves?: Names['step'];
  /** The step goes back to another one when this choice is made; its field `gaps` says why. */
  readonly returns?: { readonly choice: string; readonly to: Names['step']; readonly within: Within };
  /**
   * Asked again until it is answered with something else: `every` so long after the ask before, or `from: 'answer'` after what
   * was answered. `within` is the promise of later rounds, counted from the ask; where it is left out, `due` counts from it.
   */
  readonly repeat?: {
    readonly choice: string;
    readonly every: Within;
    readonly times: number;
    readonly from?: 'answer';
    readonly within?: Within;
  };
  /** The score of the handoff, by its field; one below the target is told. */
  readonly scores?: {
    readonly field: string;
    readonly atLeast: number;
    readonly say: Announcement;
    readonly state: string;
  };
  /** Offered by a link in a mail, outside the flow; nothing waits for it. */
  readonly optional?: true;
  /**
   * How open items are asked for: what an exception left open, what was put off with an owner and a date. Outside the flow,
   * where nothing waits for it; each item is asked for under an id of its own, and brings its title, owner and date along.
   */
  readonly settles?: 'open-item';
}

/** `silent`: this handoff has nothing to say there, and passes on at once. */
export interface Tell {
  readonly say: Announcement;
  readonly state: string;
  /** When; at once when the flow comes to it, unless said. */
  readonly opens?: DueRule;
  readonly silent?: true;
}

/** A step without an owner: the system tells people something at a given moment. */
export interface TellStep extends StepBase {
  readonly kind: 'tell';
  /** Completes the state name "Whether to …". */
  readonly tell: string;
  readonly tells: readonly Tell[];
  /** `scheduler`: ahead of a date, whatever becomes of the execution: set at the trigger, kept by EventBridge Scheduler. */
  readonly by?: 'scheduler';
}

/** The names a playbook gives to its steps, meetings and ladders. */
export interface PlaybookNames {
  readonly step: string;
  readonly meeting: string;
  readonly ladder: string;
}

export type StepRule<Names extends PlaybookNames = PlaybookNames> = AskStep<Names> | TellStep;

export type FlowItem<Id extends string = string> =
  | Id
  | { readonly name: string; readonly beside: readonly (readonly FlowItem<Id>[])[] };

/** What a playbook says of a field of the package beyond the field table. */
export interface PackageFieldChange {
  readonly required?: boolean;
  readonly label?: string;
  readonly hint?: string;
}

/** The process as one table. */
export interface Playbook<Names extends PlaybookNames = PlaybookNames, FieldPath extends string = string> {
  readonly name: string;
  readonly roles: Roles;
  /** Who answers for the handoff; until somebody holds the role, revenue operations. */
  readonly accountable: RoleId;
  readonly steps: { readonly [K in Names['step']]: StepRule<Names> };
  readonly flow: readonly FlowItem<Names['step']>[];
  readonly meetings: { readonly [K in Names['meeting']]: MeetingRule };
  readonly ladders: { readonly [K in Names['ladder']]: LadderRule };
  /** What every handoff asks of the package in spite of the field table. */
  readonly fields?: { readonly [P in FieldPath]?: PackageFieldChange };
  /** What differs by segment. */
  readonly segments: { readonly [segment: string]: Overlay<Names, FieldPath> };
  /** The segment of a deal that names none, or one that is not here. */
  readonly fallbackSegment: string;
  /** What differs by industry, after the segment. */
  readonly industries: { readonly [industry: string]: Overlay<Names, FieldPath> };
  /** Working hours that every owner has from the ask on, however late the handoff runs: nobody is overdue at birth. */
  readonly atLeast: number;
  /**
   * A handoff with a step still open this long after closed won is abandoned, whatever happened in between: before Step
   * Functions' year is over. Counted as due times are: calendar days end at the open step's owner's next working moment.
   */
  readonly abandonAfter: Within;
  /** How long a link in a mail works. */
  readonly linkDays: number;
  /**
   * Deals past the proposal stage get a draft package (S3, S4), of which so many percent are to be there at signature (S2);
   * none where it is left out.
   */
  readonly draftTarget?: number;
  /**
   * `digest`: an escalation stands in the next daily digest of whoever is asked to help; an email of its own goes only where no
   * digest would reach them before the next rung. `email` unless said.
   */
  readonly escalations?: Escalations;
  /** Before signature, both sides meet for so many minutes (S4: complex deals); not at all where it is left out. */
  readonly previewMeeting?: number;
  /** What emails say in other languages, by their tags: 'de'. */
  readonly languages?: { readonly [language: string]: PlaybookWords<Names> };
}

/**
 * What some handoffs do differently: applied over the playbook, later ones over earlier ones. What the state machine is drawn
 * from (the steps there are, their order, wordings in state names, what is asked again) is the same for all.
 */
export interface Overlay<Names extends PlaybookNames = PlaybookNames, FieldPath extends string = string> {
  /** Steps that only handoffs with such an overlay have. */
  readonly with?: readonly Names['step'][];
  /** Steps these handoffs do without. */
  readonly without?: readonly Names['step'][];
  readonly steps?: { readonly [K in Names['step']]?: StepChange<Names> };
  readonly meetings?: { readonly [K in Names['meeting']]?: Partial<MeetingRule> };
  readonly ladders?: { readonly [K in Names['ladder']]?: LadderRule };
  readonly fields?: { readonly [P in FieldPath]?: PackageFieldChange };
  readonly linkDays?: number;
  readonly draftTarget?: number;
  readonly previewMeeting?: number;
}

/** What an overlay may change of a step; a list stands in place of the whole list. */
export interface StepChange<Names extends PlaybookNames = PlaybookNames> {
  readonly title?: string;
  readonly what?: string;
  readonly why?: string;
  readonly mail?: MailWording;
  readonly owner?: RoleId;
  readonly due?: DueRule;
  readonly atLeast?: number;
  readonly opens?: DueRule;
  readonly ladder?: Names['ladder'];
  readonly choices?: readonly ChoiceRule[];
  readonly reviewedBy?: readonly RoleId[];
  /** Of a step that tells: when instead, or `silent`. */
  readonly tells?: { readonly [S in Announcement]?: DueRule | 'silent' };
}

/** A playbook resolved for one handoff: what it freezes at its start. */
export interface FrozenPlaybook {
  /** Of this shape; see `earlier-playbooks.ts`. */
  readonly version: 2;
  readonly name: string;
  readonly segment: string;
  readonly industry?: string;
  /** The names of all segments, for the form field that offers them. */
  readonly segments: readonly string[];
  readonly roles: Roles;
  readonly accountable: RoleId;
  readonly steps: { readonly [step: string]: StepRule };
  readonly flow: readonly FlowItem[];
  readonly meetings: { readonly [meeting: string]: MeetingRule };
  readonly ladders: { readonly [name: string]: LadderRule };
  readonly fields: { readonly [path: string]: PackageFieldChange };
  /** Absent in handoffs that began before promises and due times were two things: there they are the same. */
  readonly atLeast?: number;
  readonly abandonAfter: Within;
  readonly linkDays: number;
  /** Absent in handoffs that began before there were drafts. */
  readonly draftTarget?: number;
  readonly previewMeeting?: number;
  /** Absent where escalations are emails. */
  readonly escalations?: Escalations;
  /** Its words in other languages; absent in handoffs that began before there were any. */
  readonly languages?: { readonly [language: string]: FrozenWords };
  /** The language that its words are in, while an email is written; absent in records. */
  readonly language?: string;
}

/** The step ids in the order the flow reaches them, branches one after the other. */
export function flowSteps(flow: readonly FlowItem[]): string[] {
  return flow.flatMap((item) => (typeof item === 'string' ? [item] : item.beside.flatMap(flowSteps)));
}

/**
 * The steps that must be over before a step is asked: those before it in its branch, and before the branches it is in. None
 * before one that is not in the flow.
 */
export function stepsBefore(flow: readonly FlowItem[], step: string): readonly string[] {
  if (!flowSteps(flow).includes(step)) return [];
  const before: string[] = [];
  for (const item of flow) {
    if (item === step) break;
    const branch = typeof item === 'string' ? undefined : item.beside.find((each) => flowSteps(each).includes(step));
    if (branch) return [...before, ...stepsBefore(branch, step)];
    before.push(...flowSteps([item]));
  }
  return before;
}

/** The id of the n-th open item (from 1): no step of a playbook ends in a number, and mail tags and execution names take it. */
export const itemStep = (template: string, n: number): string => `${template}-${n}`;

/** The step of the playbook that an id stands for: of an open item the one by which open items are asked for. */
export const templateOf = (step: string): string => step.replace(/-\d+$/, '');

/** The rule of a step, an open item's included; undefined when the playbook has no such step. */
export const ruleOfStep = ({ steps }: Pick<FrozenPlaybook, 'steps'>, step: string): StepRule | undefined =>
  steps[templateOf(step)];

/** The ask step of that id; throws for an id that is unknown or has no owner. */
export function askStep(playbook: Pick<FrozenPlaybook, 'steps'>, step: string): AskStep {
  const rule = ruleOfStep(playbook, step);
  if (rule?.kind !== 'ask') throw new Error(`The playbook has no step "${step}" that somebody is asked to do.`);
  return rule;
}

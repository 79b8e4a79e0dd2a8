import { withoutLegalForm } from '../deal/customer-name.ts';
import type { Deal } from '../deal/deal.ts';
import type { Outcome } from '../deal/outcome.ts';
import { excerpt } from '../fields/clean-text.ts';
import type { Evidence } from '../fields/values.ts';
import { askSteps, choiceOf, leavesUndone, stepNaming } from '../playbook/capabilities.ts';
import {
  type Anchor,
  type AskStep,
  askStep,
  type Capacity,
  type ChoiceRule,
  type FrozenPlaybook,
  ruleOfStep,
} from '../playbook/playbook.ts';
import type { RoleId } from '../playbook/roles.ts';
import type { Instant } from '../time/calendar.ts';
import type { AuditEntry, MailSaid } from './audit-entry.ts';
import type { ExceptionRequest } from './exception-request.ts';
import type { Handing } from './handing.ts';
import type { Measures } from './measured.ts';
import type { MeetingRecord } from './meeting-record.ts';
import { type OpenItem, ruleOfItem } from './open-item.ts';
import type { PackageHistory } from './package-history.ts';

/** `stalled`: a ladder is used up and nobody has acted. */
export type HandoffStatus = 'open' | 'stalled' | 'complete' | 'cancelled' | 'abandoned';

/** What was decided on a step, by whom. `by` is a mail address, or `system` where a ladder ran out. */
export interface Decision {
  readonly choice: string;
  readonly by: string;
  readonly as: Capacity | 'system';
  readonly at: Instant;
  readonly evidence: Evidence;
  /** The digest of the form by which it was made: the same form once more is the same decision. */
  readonly form?: string;
  /** How the audit trail says it, of what was decided on a page; absent where its entry is an item of its own. */
  readonly said?: string;
}

/** The clock of a step stood still: somebody waited for the customer. */
export interface Pause {
  readonly from: Instant;
  readonly until: Instant;
  readonly reason: string;
  readonly by: string;
  /** When it was said; absent: when it began. */
  readonly at?: Instant;
  /** The digest of the form by which it was done: the same form once more is the same. */
  readonly form?: string;
}

/** What the audit trail says of the ask of a round, beside what stands on the step itself. */
export interface AskSaid {
  /** When the round was opened, UTC. */
  readonly at: Instant;
  readonly from: 'page' | 'execution';
  /** Mail address of whose step it is, where somebody else is asked in their place. */
  readonly inPlaceOf?: string;
  /** From when, in the owner's zone, where it is asked later than it was opened. */
  readonly later?: string;
  /** Who was asked, and why it was due then, where either has changed since. */
  readonly owner?: string;
  readonly because?: string;
}

/** A round of a step that is over. */
export type EarlierRound = Pick<
  StepRecord,
  'round' | 'owner' | 'askedAt' | 'promisedAt' | 'promise' | 'dueAt' | 'because' | 'decision' | 'exceptions'
> &
  Partial<Pick<StepRecord, 'pauses' | 'openedAt' | 'askSaid'>>;

export interface StepRecord {
  readonly step: string;
  /** 1 for the first time it is asked; one more each time it comes back. */
  readonly round: number;
  readonly owner: string;
  /** Mail address of whose step it is, while its owner only stands in for them. */
  readonly standInFor?: string;
  readonly handed?: Handing;
  /** When it was first asked in this round, if it has had another owner since. UTC. */
  readonly openedAt?: Instant;
  /** When the ask reaches the owner: at once, or when their working hours begin. */
  readonly askedAt: Instant;
  /** Absent of what nobody is asked, and where the entry of the trail is an item of its own. */
  readonly askSaid?: AskSaid;
  /** What the SOP promises; the due time itself in records from before the two were told apart. */
  readonly promisedAt?: Instant;
  /** The promise's explanation, in the owner's zone. */
  readonly promise?: string;
  /** What the owner is held to: the promise, or the ask plus what they have at least, whichever is later. */
  readonly dueAt: Instant;
  /** The due time's explanation, in the owner's zone. */
  readonly because: string;
  readonly pauses: readonly Pause[];
  /** Its owner has it before them on a page: the request is mailed only if it is still open then. UTC. */
  readonly mailHeldUntil?: Instant;
  readonly decision?: Decision;
  /** The task token of the execution that waits right now; only the records know it. */
  readonly token?: string;
  /** What was asked and decided in earlier rounds. */
  readonly earlier: readonly EarlierRound[];
  /** The exceptions asked for in this round, oldest first; nobody has decided on the last one while it has no answer. */
  readonly exceptions?: readonly ExceptionRequest[];
  /** What is owed, where the step is an open item. */
  readonly item?: OpenItem;
}

/** Every round of a step, the one that stands last. */
export const roundsOf = <S extends Pick<StepRecord, 'earlier'>>(step: S): readonly (EarlierRound | S)[] => [
  ...step.earlier,
  step,
];

/** The pause that a step is in at a moment (UTC): its end belongs to it no more. */
export const pauseAt = ({ pauses }: Pick<StepRecord, 'pauses'>, at: Instant): Pause | undefined =>
  pauses.find((pause) => covers(pause, at));

/** Whether a pause lasts at a moment (UTC). */
export const covers = ({ from, until }: Pick<Pause, 'from' | 'until'>, at: Instant): boolean =>
  Date.parse(from) <= Date.parse(at) && Date.parse(at) < Date.parse(until);

/** What became of a sent mail at one address. */
export interface MailFate {
  readonly what: 'delivered' | 'bounced' | 'complained' | 'rejected';
  readonly at: Instant;
}

/** A mail of this handoff. `claimed` without `sent` means that nobody knows whether it went out. */
export interface MailRecord {
  readonly key: string;
  readonly status: 'claimed' | 'sent' | 'held';
  readonly at: Instant;
  readonly messageId?: string;
  /** It was said in the daily digest of its reader, which had that id. */
  readonly inDigest?: true;
  /** As the audit trail says it; absent of mails whose entry is an item of its own, or that another one said as well. */
  readonly said?: MailSaid;
  /** Of a mail to the customer: the addresses it went to. */
  readonly sentTo?: readonly string[];
  /** By address, in lower case; absent until the mail service has told. */
  readonly fates?: Readonly<Record<string, MailFate>>;
}

/** The small record of a handoff that changes as it goes on. */
export interface HandoffState {
  readonly id: string;
  readonly status: HandoffStatus;
  readonly segment: string;
  /** The industry whose rules apply, where the playbook has some for it. */
  readonly industry?: string;
  readonly playbookHash: string;
  /** Who holds each role in this handoff, as mail addresses. */
  readonly people: Readonly<Partial<Record<RoleId, string>>>;
  readonly assignedBecause: string;
  /** Of the package at the trigger, 0–100 (S2 aims at 70). */
  readonly packagePercent: number;
  readonly packageComplete: boolean;
  /** Of the draft before the deal was won, 0–100; absent where there was none. */
  readonly draftPercent?: number;
  readonly startedAt: Instant;
  /** Oddities accepted with the event. */
  readonly notes: readonly string[];
  readonly endedAt?: Instant;
  /** Who canceled it: a mail address, or `crm`; and from where. Unknown of handoffs that were canceled before this was kept. */
  readonly endedBy?: string;
  readonly endedFrom?: AuditEntry['from'];
  /** Why it was canceled or abandoned. */
  readonly reason?: string;
  readonly measures?: Measures;
}

/** What somebody wants everybody in this handoff to know; shown on each of its pages. */
export interface Note {
  /** A mail address. */
  readonly by: string;
  readonly at: Instant;
  readonly text: string;
  /** The step on whose page it was written. */
  readonly step?: string;
  /** The digest of the form by which it was done: the same form once more is the same. */
  readonly form?: string;
}

/** Everything recorded of one handoff. */
export interface HandoffRecord {
  readonly deal: Deal;
  /** The package as it stands: as received, or as last saved on the form. */
  readonly package: unknown;
  /** Grows by one with each save of the package. */
  readonly packageVersion: number;
  /** What was typed so far about the gaps with which the package was returned. */
  readonly gapAnswers?: GapAnswers;
  /** Who saved which field of the package; of those that nobody has saved since this is kept, nothing. */
  readonly packageHistory?: PackageHistory;
  readonly state: HandoffState;
  /** The audit trail, oldest first, where it was read along. */
  readonly trail?: readonly AuditEntry[];
  readonly playbook: FrozenPlaybook;
  readonly steps: Readonly<Record<string, StepRecord>>;
  readonly mails: Readonly<Record<string, MailRecord>>;
  /** The meetings as they were last written; those planned by earlier versions of this code are not among them. */
  readonly meetings?: Readonly<Record<string, MeetingRecord>>;
  /** Oldest first. Those written before notes had records of their own stand in the audit trail only. */
  readonly notes?: readonly Note[];
  /** What became of the customer, oldest first; absent where nobody has said anything. */
  readonly outcomes?: readonly Outcome[];
}

/** Answers to the gaps with which a step came back, saved with the package while they are unfinished. */
export interface GapAnswers {
  /** Of the step that came back: answers to gaps of another round are none to these. */
  readonly round: number;
  /** By the name of their field in the form. */
  readonly texts: Readonly<Record<string, string>>;
}

/** What a link in a mail opens: one step, for one person, in one capacity. */
export interface Link {
  readonly handoffId: string;
  readonly step: string;
  readonly person: string;
  readonly as: Capacity;
  readonly expiresAt: Instant;
  /** When the desk link was issued on whose page this one was made: whoever ends their desk's links ends it, too. */
  readonly fromDesk?: Instant;
  /** The link to the same person's desk that came in the same mail. */
  readonly desk?: { readonly hash: string; readonly issuedAt: Instant };
}

/** The handoffs that need no more work. */
export const isClosed = (status: HandoffStatus): boolean =>
  status === 'complete' || status === 'cancelled' || status === 'abandoned';

/** A status as people read it: the records spell it in the British way. */
export const statusText = (status: HandoffStatus): string => (status === 'cancelled' ? 'canceled' : status);

/** Who answers for the handoff, by the playbook; until somebody holds that role, revenue operations. */
export const accountableOf = (record: HandoffRecord): string | undefined =>
  holderOf(record, record.playbook.accountable) ?? record.state.people.revenueOperations;

/**
 * Whether a step takes nothing more, because its handoff has ended. What is optional, as remarks, is welcome after it is
 * complete, and open items are asked for on.
 */
export function isOver(record: HandoffRecord, step: string): boolean {
  const { optional, settles } = askStep(record.playbook, step);
  return isClosed(record.state.status) && !(record.state.status === 'complete' && (optional || settles));
}

/** Whether somebody still has to do a step: what is optional is nobody's duty, and nothing is once the handoff is over. */
export const isOwed = (record: HandoffRecord, step: string): boolean =>
  !ruleIn(record, step).optional && !isOver(record, step);

/** Who holds a role in this handoff: since its start, or named in a step since. */
export function holderOf(record: HandoffRecord, role: RoleId): string | undefined {
  const held = record.state.people[role];
  if (held !== undefined) return held;
  const naming = stepNaming(record.playbook, role);
  return naming && namedIn(naming.rule, record.steps[naming.id]?.decision);
}

/**
 * Who does what is a role's to do: its holder; revenue operations, where nobody holds it and nobody is to be named any more.
 * Undefined while somebody is.
 */
export function doerOf(record: HandoffRecord, role: RoleId): string | undefined {
  const held = holderOf(record, role);
  if (held !== undefined) return held;
  const naming = stepNaming(record.playbook, role);
  const isToBeNamed = naming !== undefined && record.steps[naming.id]?.decision === undefined;
  return isToBeNamed ? undefined : record.state.people.revenueOperations;
}

/** Who has a part in a handoff: whoever holds a role, or owns one of its steps. Mail addresses, some more than once. */
export const partiesOf = ({ state, steps }: Pick<HandoffRecord, 'state' | 'steps'>): readonly string[] => [
  ...Object.values(state.people),
  ...Object.values(steps).map(({ owner }) => owner),
];

/** Whom a decision names, by the field of kind `person` of the choice that was made. */
export function namedIn(
  rule: AskStep,
  decision: Pick<Decision, 'choice' | 'evidence'> | undefined,
): string | undefined {
  const field = choiceOf(rule, decision?.choice)?.evidence.find(({ kind }) => kind === 'person');
  const named = field && decision?.evidence[field.name];
  return typeof named === 'string' ? named : undefined;
}

/** The person in whose calendar what the system tells is counted: whoever takes the customer, until then who sold the deal. */
export const tellingHolderOf = (record: HandoffRecord): string =>
  holderOf(record, 'customerSuccessManager') ?? record.deal.accountExecutive;

/**
 * The moments reached so far (UTC). A step that marks one gives it by its evidence `heldAt`, else by the time it was decided.
 * `renewalDate` is known from the contract, at the start of that day in UTC.
 */
export function anchorsOf(record: HandoffRecord, renewalDate?: string): Partial<Record<Anchor, Instant>> {
  const anchors: Partial<Record<Anchor, Instant>> = { closedWon: record.deal.closedWonAt };
  if (record.state.packageComplete) anchors.packageReady = record.state.startedAt;
  if (renewalDate) anchors.renewalDate = `${renewalDate}T00:00:00Z`;
  for (const { id, rule } of askSteps(record.playbook)) {
    const decision = record.steps[id]?.decision;
    if (!rule.marks || !decision || leavesUndone(rule, decision.choice)) continue;
    const heldAt = decision.evidence['heldAt'];
    anchors[rule.marks] = typeof heldAt === 'string' ? heldAt : decision.at;
  }
  return anchors;
}

/** The rule of an ask step in this handoff: an open item's says what is owed. Throws for an id that is unknown. */
export function ruleIn(record: Pick<HandoffRecord, 'playbook' | 'steps'>, step: string): AskStep {
  const rule = askStep(record.playbook, step);
  const item = record.steps[step]?.item;
  return item ? ruleOfItem(rule, item, yesOf(record, item)) : rule;
}

/** The answer that a negative one becomes once its open item is settled; undefined where settling it is no answer. */
function yesOf({ playbook }: Pick<HandoffRecord, 'playbook'>, { from, settledAs }: OpenItem): ChoiceRule | undefined {
  const rule = settledAs === undefined ? undefined : ruleOfStep(playbook, from);
  return rule?.kind === 'ask' ? choiceOf(rule, settledAs) : undefined;
}

/** How a step is called in this handoff. */
export const titleOf = (record: Pick<HandoffRecord, 'playbook' | 'steps'>, step: string): string =>
  record.steps[step]?.item?.title ?? ruleOfStep(record.playbook, step)?.title ?? step;

/** The rule and the record of a step that has been asked; undefined when it has not. */
export function askedStep(record: HandoffRecord, step: string): { rule: AskStep; asked: StepRecord } | undefined {
  const asked = record.steps[step];
  return asked && { rule: ruleIn(record, step), asked };
}

/** Whether a decision came after the due time, or has not come though the due time was over by `asOf`. */
export function isLate(step: EarlierRound, asOf?: Instant): boolean {
  const at = step.decision?.at ?? asOf;
  return at !== undefined && Date.parse(at) > Date.parse(step.dueAt);
}

/** What was promised; in records from before promises were kept apart, the due time. */
export const promisedAtOf = ({ promisedAt, dueAt }: Pick<StepRecord, 'promisedAt' | 'dueAt'>): Instant =>
  promisedAt ?? dueAt;

/** Whether a promise was missed, by a decision that came after it, or by none though it was over by `asOf`. */
export function missesPromise(step: EarlierRound, asOf?: Instant): boolean {
  const at = step.decision?.at ?? asOf;
  return at !== undefined && Date.parse(at) > Date.parse(promisedAtOf(step));
}

/** Whether the promise had passed when a step reached its owner: then others, not the owner, missed it. */
export const reachedOwnerLate = (step: EarlierRound): boolean =>
  Date.parse(step.askedAt) >= Date.parse(promisedAtOf(step));

/** The customer as people call it: one line without its legal form, never too long for a heading. */
export function customerOf(record: Pick<HandoffRecord, 'deal'>): string {
  return excerpt(withoutLegalForm(record.deal.customer.name), 60);
}

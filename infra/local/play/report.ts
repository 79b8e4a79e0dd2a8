import type { AuditEntry } from '../../../functions/domain/handoff/audit-entry.ts';
import type { HandoffRecord } from '../../../functions/domain/handoff/handoff.ts';
import { type HandoffScore, scoreOf } from '../../../functions/domain/handoff/handoff-score.ts';
import type { Measures } from '../../../functions/domain/handoff/measured.ts';
import { measuresOf } from '../../../functions/domain/handoff/measures.ts';
import { type Phase, phaseOf } from '../../../functions/domain/handoff/phase.ts';
import { accountableOf } from '../../../functions/domain/handoff/roles-held.ts';
import { promisedAtOf, reachedOwnerLate, roundsOf } from '../../../functions/domain/handoff/step-record.ts';
import { ruleIn } from '../../../functions/domain/handoff/step-rule.ts';
import { promiseOutcome, type Timeliness, timelinessOf } from '../../../functions/domain/handoff/timeliness.ts';
import { packageStep } from '../../../functions/domain/playbook/capabilities.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import { asPromise } from '../../../functions/domain/time/due.ts';
import type { Mail } from '../../account/ses/mail.ts';
import type { ExecutionView } from '../../account/step-functions/execution.ts';
import type { System } from '../system.ts';
import { partsOf } from './asks-in-mail.ts';

/** What one handoff came to. All times are UTC, each as `2026-11-17T08:30:00.000Z`. */
export interface HandoffReport {
  readonly handoff: {
    readonly id: string;
    readonly status: string;
    /** 'preparing', 'introducing', …: see `phaseOf`. */
    readonly phase: Phase;
    readonly customer: string;
    readonly owner: string | null;
    readonly segment: string;
    readonly measures: Measures;
    readonly score: HandoffScore;
  };
  readonly execution: {
    readonly name: string;
    readonly status: string;
    readonly start: Instant;
    readonly end: Instant | null;
    readonly events: number;
    readonly transitions: number;
  };
  readonly steps: readonly StepReport[];
  readonly mails: readonly MailReport[];
  readonly audit: readonly AuditEntry[];
}

export interface StepReport {
  readonly id: string;
  readonly title: string;
  readonly round: number;
  readonly owner: string;
  readonly askedAt: Instant | null;
  readonly dueAt: Instant | null;
  /** The due time explained in one sentence, in the owner's zone. */
  readonly due: string | null;
  /** What the SOP promises; its explanation; and whether it was missed, by whomever. */
  readonly promisedAt: Instant | null;
  readonly promise: string | null;
  readonly promiseMissed: boolean;
  readonly decidedAt: Instant | null;
  readonly decidedBy: string | null;
  /** The choice, `unanswered`, `skipped`, `open`, `not used (optional)`, or `complete at the trigger`. */
  readonly outcome: string;
  /**
   * Late by its owner: decided after its due time, or still open though that was before the end of the execution, or of the
   * play. A meeting counts when it was held; what ended unanswered or was skipped is not late.
   */
  readonly late: boolean;
  readonly timeliness: Timeliness;
  /** Its promise had passed when it reached its owner: somebody before them was late. */
  readonly reachedOwnerLate: boolean;
}

export interface MailReport {
  readonly at: Instant;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly kind: string;
  readonly step: string;
  /** Every step it speaks of, where there are several, each with its kind. */
  readonly about: readonly { readonly step: string; readonly kind: string }[];
  readonly subject: string;
}

/** Collects what happened to a handoff. Undefined when it never began. */
export async function reportOn(system: System, handoffId: string): Promise<HandoffReport | undefined> {
  const record = await system.world.handoffs.load(handoffId);
  const execution = system.account.stepFunctions
    .executions()
    .find(({ name, stateMachineArn }) => name === handoffId && stateMachineArn === system.stateMachineArn);
  if (!record || !execution) return undefined;
  const end = instant(execution.stoppedAt ?? system.clock.now());
  return {
    handoff: {
      id: handoffId,
      status: record.state.status,
      phase: phaseOf(record),
      customer: record.deal.customer.name,
      owner: accountableOf(record) ?? null,
      segment: record.state.segment,
      measures: measuresOf(record, end),
      score: scoreOf(record, end),
    },
    execution: executionReport(execution),
    steps: stepReports(record, end),
    mails: system.account.inbox.mails.filter((mail) => mail.tags['handoff'] === handoffId).map(mailReport),
    audit: (await system.world.audit.trail(handoffId)).map((entry) => ({ ...entry, at: instant(entry.at) })),
  };
}

/** Times come from people's pages, the CRM and the clock, written in more than one way. */
const instant = (at: number | Instant): Instant => new Date(at).toISOString();

const executionReport = (execution: ExecutionView): HandoffReport['execution'] => ({
  name: execution.name,
  status: execution.status,
  start: instant(execution.startedAt),
  end: execution.stoppedAt === undefined ? null : instant(execution.stoppedAt),
  events: execution.eventCount,
  transitions: execution.transitions,
});

function stepReports(record: HandoffRecord, end: Instant): StepReport[] {
  const reports = Object.values(record.steps).flatMap((step) => {
    const rule = ruleIn(record, step.step);
    const { title, optional } = rule;
    return roundsOf(step).map((round): StepReport => {
      const judged = { playbook: record.playbook, rule, round, asOf: optional ? undefined : end };
      const timeliness = timelinessOf(judged);
      return {
        id: step.step,
        title,
        round: round.round,
        owner: round.owner,
        askedAt: instant(round.askedAt),
        dueAt: instant(round.dueAt),
        due: round.because,
        promisedAt: instant(promisedAtOf(round)),
        promise: round.promise ?? asPromise(round.because),
        promiseMissed: promiseOutcome(judged) === 'missed',
        decidedAt: round.decision ? instant(round.decision.at) : null,
        decidedBy: round.decision?.by ?? null,
        outcome: round.decision?.choice ?? (optional ? 'not used (optional)' : 'open'),
        late: timeliness === 'late',
        timeliness,
        reachedOwnerLate: reachedOwnerLate(round),
      };
    });
  });
  const trigger = triggerReport(record);
  return [...(trigger ? [trigger] : []), ...reports].sort((a, b) => timeOf(a) - timeOf(b));
}

const timeOf = (step: StepReport): number => Date.parse(step.askedAt ?? step.decidedAt ?? '');

/** A package that was complete at the trigger: a step that nobody had to be asked for. */
function triggerReport(record: HandoffRecord): StepReport | undefined {
  const step = packageStep(record.playbook);
  if (!record.state.packageComplete || step === undefined) return undefined;
  return {
    id: step.id,
    title: step.rule.title,
    round: 0,
    owner: record.state.people.accountExecutive ?? record.deal.accountExecutive,
    askedAt: null,
    dueAt: null,
    due: null,
    promisedAt: null,
    promise: null,
    promiseMissed: false,
    decidedAt: instant(record.state.startedAt),
    decidedBy: 'system',
    outcome: 'complete at the trigger',
    late: false,
    timeliness: 'on time',
    reachedOwnerLate: false,
  };
}

const mailReport = (mail: Mail): MailReport => ({
  at: instant(mail.at),
  to: mail.to.map(({ address }) => address),
  cc: mail.cc.map(({ address }) => address),
  kind: mail.tags['kind'] ?? '',
  step: mail.tags['step'] === 'none' ? '' : (mail.tags['step'] ?? ''),
  about: partsOf(mail),
  subject: mail.subject,
});

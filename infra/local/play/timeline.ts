import { Temporal } from 'temporal-polyfill';
import { cleanLine } from '../../../functions/domain/fields/clean-text.ts';
import { scoreText } from '../../../functions/domain/handoff/handoff-score.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import { costUsd } from '../../account/cost.ts';
import type { Usage } from '../../account/usage.ts';
import type { Mishap } from './people.ts';
import type { HandoffReport, StepReport } from './report.ts';

export interface Timeline {
  readonly report: HandoffReport;
  /** Of any handoffs; those of others are left out. */
  readonly mishaps: readonly Mishap[];
  /** IANA zone the times are shown in. */
  readonly zone: string;
}

/** How moments are shown in a zone (IANA). */
export const momentIn =
  (zone: string) =>
  (at: Instant): string => {
    const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
    return local.toLocaleString('en-GB', {
      weekday: 'short',
      day: '2-digit',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    });
  };

/** The story of a handoff for people: who was told what, who decided what, what was late and why; then the sums. */
export function timeline({ report, mishaps, zone }: Timeline): string {
  const show = momentIn(zone);
  const late = new Map(report.steps.filter((step) => step.late).map((step) => [`${step.id} ${step.decidedAt}`, step]));
  const lines: { at: Instant; order: number; text: string }[] = [];
  for (const entry of report.audit) {
    if (entry.what === 'mail-sent') continue;
    const step = late.get(`${entry.step} ${entry.at}`);
    const detail = entry.detail ? `: ${cleanLine(entry.detail)}` : '';
    const why = entry.what === 'decided' && step ? `  LATE by ${lateness(step)}: ${step.due}${excuse(step, show)}` : '';
    lines.push({
      at: entry.at,
      order: entry.what === 'asked' ? 2 : entry.what === 'handoff-started' ? 1 : 0,
      text: `${mark(entry.what)} ${entry.who} ${entry.what}${inStep(entry.step)}${detail}${why}`,
    });
  }
  for (const mail of report.mails) {
    const cc = mail.cc.length > 0 ? ` (cc ${mail.cc.join(', ')})` : '';
    lines.push({
      at: mail.at,
      order: 3,
      text: `  → ${mail.to.join(', ')}${cc}  [${mail.kind}] ${cleanLine(mail.subject)}`,
    });
  }
  for (const mishap of mishaps.filter(({ handoff }) => handoff === report.handoff.id))
    lines.push({
      at: mishap.at,
      order: 4,
      text: `! ${mishap.who}${inStep(mishap.step)}: ${cleanLine(mishap.problem)}`,
    });
  lines.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.order - b.order);
  const { handoff, execution } = report;
  return [
    `${handoff.customer}: handoff ${handoff.id}, segment ${handoff.segment} (times in ${zone})`,
    '',
    ...lines.map(({ at, text }) => `${show(at)}  ${text}`),
    '',
    ...report.steps.map(
      (step) =>
        `${step.timeliness.padEnd(13)}  ${step.id}${step.round > 1 ? ` (round ${step.round})` : ''}: ${step.outcome}, ${step.owner}${step.due ? `; ${step.due}` : ''}${promise(step)}`,
    ),
    '',
    `Handoff ${handoff.status}; execution ${execution.status}, ${show(execution.start)} to ${execution.end ? show(execution.end) : 'now'}, ${execution.transitions} state transitions, ${execution.events} events, ${report.mails.length} mails.`,
    `Phase: ${handoff.phase}. Score: ${handoff.score.points === null ? 'none' : `${handoff.score.points} of ${handoff.score.outOf}`}. ${scoreText(handoff.score)}`,
    `Measures: ${measures(handoff.measures)}`,
    '',
  ].join('\n');
}

const inStep = (step: string | undefined): string => (step ? ` ${step}` : '');

const mark = (what: string): string =>
  ({ decided: '✓', 'deal-won': '●', complete: '●', stalled: '■', cancelled: '■', unanswered: '□' })[what] ?? '·';

/** Where the owner is held to more than the promise, the promise too, and whether it was kept. */
const promise = (step: StepReport): string =>
  step.promisedAt === step.dueAt || step.promise === null
    ? ''
    : `; ${step.promiseMissed ? 'promise missed' : 'promise kept'}: ${step.promise}`;

/** Fair is fair: a step that came too late is not its owner's delay. */
const excuse = (step: StepReport, show: (at: Instant) => string): string =>
  step.reachedOwnerLate && step.askedAt ? `; it reached them only on ${show(step.askedAt)}` : '';

function lateness(step: StepReport): string {
  const hours = (Date.parse(step.decidedAt ?? '') - Date.parse(step.dueAt ?? '')) / 3_600_000;
  return hours < 48 ? `${Math.max(0.1, hours).toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`;
}

function measures(of: HandoffReport['handoff']['measures']): string {
  return Object.entries(of)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ');
}

/** What it used and what that costs at list prices. */
export function bill(usage: Usage): string {
  const cost = costUsd(usage);
  const invocations = Object.values(usage.lambdaInvocations).reduce((sum, count) => sum + count, 0);
  const items = Object.entries(cost.items).map(([name, usd]) => `${name} $${usd.toFixed(6)}`);
  return [
    `Used: ${usage.stateTransitions} state transitions, ${invocations} Lambda invocations, ${usage.dynamodb.readUnits} read and ${usage.dynamodb.writeUnits} write units, ${usage.mail.messages} mails to ${usage.mail.recipients} recipients, ${usage.eventsPut} events, ${usage.httpCalls} HTTP calls.`,
    `Cost: $${cost.total.toFixed(6)} (${items.join(', ')}); ${(cost.total / Math.max(cost.items.mail, 1e-9)).toFixed(2)} × its mail.`,
    '',
  ].join('\n');
}

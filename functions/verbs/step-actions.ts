import type { EvidenceParsed } from '../domain/fields/evidence.ts';
import type { Evidence } from '../domain/fields/values.ts';
import type { AuditKind } from '../domain/handoff/audit-entry.ts';
import { dueRule } from '../domain/handoff/due-rule.ts';
import { isOver } from '../domain/handoff/handoff.ts';
import { itemTimes } from '../domain/handoff/open-items.ts';
import { personOf } from '../domain/people/people.ts';
import type { Person } from '../domain/people/person.ts';
import { askStep } from '../domain/playbook/playbook.ts';
import type { RoleId } from '../domain/playbook/roles.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import type { ReservedAction } from '../domain/step/step-actions.ts';
import { addWorkingTime, nextWorkingMoment, workingTimeBetween } from '../domain/time/calendar.ts';
import { type Due, dueAfter } from '../domain/time/due.ts';
import { startOfDay } from '../domain/time/formats.ts';
import { noticeUses, noticeWithLinkUses, sendNotice } from '../mailing/send-notice.ts';
import { askAgainUses, askAgain as askStepAgain } from './ask-again.ts';
import { cancelHandoff, cancelHandoffUses } from './cancel-handoff.ts';
import { callOffMeeting, changeMeetingUses, moveMeeting } from './change-meeting.ts';
import { type Deciding, refuse, savedMeanwhile } from './deciding.ts';
import { answerException, exceptionUses, requestException } from './exceptions.ts';
import { meetingPeopleChanged, peopleChangedUses } from './meeting-people-changed.ts';
import { recordDecision, recordDecisionUses } from './record-decision.ts';
import { savePackage, savePackageUses } from './save-package.ts';

export const actionUses = [
  'handoffs.changePerson',
  'steps.change',
  'audit.write',
  'calendarOf',
  ...savePackageUses,
  ...recordDecisionUses,
  ...noticeUses,
  ...noticeWithLinkUses,
  ...askAgainUses,
  ...cancelHandoffUses,
  ...exceptionUses,
  ...changeMeetingUses,
  ...peopleChangedUses,
] as const;

type Acting = Deciding<typeof actionUses>;

/** What people can do beside the choices of a step. Throws nothing of its own; refusals are pages. */
export async function act(deciding: Acting, action: ReservedAction, parsed: EvidenceParsed): Promise<StepOutcome> {
  if ('problems' in parsed) return refuse(deciding, action, parsed.problems);
  return actions[action](deciding, parsed.evidence);
}

type Action = (deciding: Acting, evidence: Evidence) => Promise<StepOutcome>;

const textGiven = (evidence: Evidence, field: string): string => String(evidence[field] ?? '');

const done = (deciding: Acting, heading: string, next: string) =>
  ({
    kind: 'confirmed',
    heading,
    next,
    customer: deciding.opened.record.deal.customer.name,
    details: [],
    open: true,
  }) as const satisfies StepOutcome;

const audit = (
  { world, opened, submission }: Acting,
  entry: { readonly what: AuditKind; readonly detail: string; readonly step?: string },
): Promise<void> =>
  world.audit.write(opened.record.state.id, {
    at: submission.at,
    who: opened.person.email,
    step: opened.link.step,
    from: 'page',
    ...entry,
  });

const changedMeanwhile: StepOutcome = { kind: 'stale', what: 'Somebody decided this step in the meantime.' };

const save: Action = async (deciding) => {
  if (!(await savePackage(deciding))) return savedMeanwhile;
  return done(deciding, 'Saved', 'Nothing you typed is lost. You can go on when you like.');
};

const declineException: Action = (deciding, evidence) =>
  answerException(deciding, { choice: 'decline-exception', label: 'Declined', evidence });

/**
 * The new owner is asked at once, and the due time is that of their own calendar. With `everything`, all open steps of the
 * old owner go along, and the role itself: no open task is left behind (P).
 */
const reassign: Action = async (deciding, evidence) => {
  const { opened } = deciding;
  const { record: current, link, roster } = opened;
  const to = roster.find(({ email, active }) => active && email === evidence['to']);
  if (!to) return refuse(deciding, 'reassign', [{ field: 'to', problem: 'Choose a colleague from the list.' }]);
  const before = current.steps[link.step]?.owner;
  const everything = evidence['everything'] === true;
  const others = Object.values(current.steps)
    .filter(({ step, owner, decision }) => everything && owner === before && !decision && step !== link.step)
    .filter(({ step }) => !askStep(current.playbook, step).optional && !isOver(current, step));
  if (!(await handOver(deciding, { step: link.step, to, evidence }))) return changedMeanwhile;
  // Nobody holds a role by an open item.
  if (everything && !current.steps[link.step]?.item)
    await changeHolder(deciding, askStep(current.playbook, link.step).owner, to);
  for (const { step } of others) await handOver(deciding, { step, to, evidence });
  if (before && before !== opened.person.email) await tellReassigned(deciding, { before, to: to.email, evidence });
  return done(deciding, `${to.name} takes over`, 'They are asked by mail now, with a due time in their own calendar.');
};

/** Hands a role over for the rest of the handoff, and its place in the meetings that lie ahead with it. */
async function changeHolder({ world, opened, submission }: Acting, role: RoleId, to: Person): Promise<void> {
  const { record, person } = opened;
  const { at } = submission;
  await world.handoffs.changePerson(record.state.id, role, to.email);
  const people = new Map([...opened.people, [to.email, to] as const]);
  await meetingPeopleChanged(world, { record, people, role, to: to.email, by: person.email, at });
}

/** Hands one step over; false when it was decided before. */
async function handOver(
  deciding: Acting,
  { step, to, evidence }: { step: string; to: Person; evidence: Evidence },
): Promise<boolean> {
  const { world, opened, submission } = deciding;
  const current = opened.record.steps[step];
  if (!current) return false;
  const rule = askStep(opened.record.playbook, step);
  const calendar = world.calendarOf(to);
  const askedAt = nextWorkingMoment(submission.at, calendar);
  const times = current.item
    ? itemTimes(current.item.due, { record: opened.record, askedAt, calendar })
    : timesOf(dueAfter({ ...dueRule(rule, opened.record, { round: current.round, at: askedAt }), calendar }));
  const result = await world.steps.change({
    id: opened.record.state.id,
    step,
    round: current.round,
    change: { owner: to.email, askedAt, ...times },
  });
  if (!result.changed) return false;
  const detail = `From ${current.owner} to ${to.email}. ${textGiven(evidence, 'reason')}`.trim();
  await audit(deciding, { what: 'reassigned', detail, step });
  await askAgain(deciding, { step, round: current.round, token: result.token });
  return true;
}

const timesOf = ({ at, because }: Due) => ({ dueAt: at, because });

async function tellReassigned(
  { world, opened, submission }: Acting,
  change: { before: string; to: string; evidence: Evidence },
): Promise<void> {
  const person = opened.people.get(change.before);
  if (!person) return;
  const { at } = submission;
  const reason = textGiven(change.evidence, 'reason');
  await sendNotice(world, {
    record: opened.record,
    people: new Map([...opened.people, ...opened.roster.map((known) => [known.email, known] as const)]),
    person,
    notice: {
      kind: 'reassigned-away',
      step: opened.link.step,
      newOwner: change.to,
      by: opened.person.email,
      ...(reason && { reason }),
    },
    key: `reassigned-away/${opened.link.step}/${at}`,
    step: opened.link.step,
    at,
  });
}

/** The clock of the step stands still until then; what working time was left is left again (P). */
const waitForCustomer: Action = async (deciding, evidence) => {
  const { world, opened, submission } = deciding;
  const { at } = submission;
  const step = opened.record.steps[opened.link.step];
  if (!step) return changedMeanwhile;
  const calendar = world.calendarOf(personOf(opened.people, step.owner));
  const until = nextWorkingMoment(startOfDay(textGiven(evidence, 'until'), calendar.zone) ?? at, calendar);
  if (Date.parse(until) <= Date.parse(at))
    return refuse(deciding, 'wait-for-customer', [{ field: 'until', problem: 'Choose a day after today.' }]);
  // Said again while the clock stands still, it moves the end of that pause.
  const standing = step.pauses.find(
    ({ from, until }) => Date.parse(from) <= Date.parse(at) && Date.parse(at) < Date.parse(until),
  );
  const left = workingTimeBetween(standing?.until ?? at, step.dueAt, calendar);
  const pause = { from: standing?.from ?? at, until, reason: textGiven(evidence, 'reason'), by: opened.person.email };
  const result = await world.steps.change({
    id: opened.record.state.id,
    step: step.step,
    round: step.round,
    change: {
      pauses: [...step.pauses.filter((known) => known !== standing), pause],
      ...(left > 0 && {
        dueAt: addWorkingTime(until, left, calendar),
        because: `${step.because}; the clock stood still until ${textGiven(evidence, 'until')}, waiting for the customer`,
      }),
    },
  });
  if (!result.changed) return changedMeanwhile;
  await audit(deciding, {
    what: 'waiting-for-customer',
    detail: `Until ${textGiven(evidence, 'until')}: ${textGiven(evidence, 'reason')}`,
  });
  await askAgain(deciding, { step: step.step, round: step.round, token: result.token });
  return done(deciding, 'The clock stands still', 'You are reminded when the time you named is over.');
};

const note: Action = async (deciding, evidence) => {
  await audit(deciding, { what: 'note', detail: textGiven(evidence, 'text') });
  return done(deciding, 'Noted', 'The note is in the audit trail of this handoff.');
};

const skip: Action = (deciding, evidence) =>
  recordDecision(deciding, { choice: 'skipped', evidence, label: 'Skipped', details: [textGiven(evidence, 'reason')] });

const cancel: Action = async (deciding, evidence) => {
  const { world, opened, submission } = deciding;
  await cancelHandoff(world)({
    handoffId: opened.record.state.id,
    by: opened.person.email,
    reason: textGiven(evidence, 'reason'),
    at: submission.at,
    from: 'page',
  });
  return { ...done(deciding, 'The handoff is canceled', 'Everybody involved is told by mail.'), open: false };
};

const askAgain = (
  { world, opened, submission }: Acting,
  asked: { step: string; round: number; token: string | undefined },
): Promise<void> => askStepAgain(world, { handoffId: opened.record.state.id, at: submission.at, ...asked });

const actions: Readonly<Record<ReservedAction, Action>> = {
  save,
  'request-exception': requestException,
  'decline-exception': declineException,
  reassign,
  'wait-for-customer': waitForCustomer,
  note,
  skip,
  cancel,
  'move-meeting': moveMeeting,
  'call-off-meeting': callOffMeeting,
};

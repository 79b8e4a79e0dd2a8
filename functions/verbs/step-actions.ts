import type { EvidenceParsed } from '../domain/fields/evidence.ts';
import type { Evidence } from '../domain/fields/values.ts';
import { isOver, pauseAt, type StepRecord } from '../domain/handoff/handoff.ts';
import { pausedTimes } from '../domain/handoff/waiting.ts';
import { officeCalendars } from '../domain/people/absence.ts';
import { personOf } from '../domain/people/people.ts';
import type { Person } from '../domain/people/person.ts';
import { askStep } from '../domain/playbook/playbook.ts';
import type { RoleId } from '../domain/playbook/roles.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import type { ReservedAction } from '../domain/step/step-actions.ts';
import { nextWorkingMoment } from '../domain/time/calendar.ts';
import { startOfDay } from '../domain/time/formats.ts';
import { dateIn } from '../domain/time/wording.ts';
import { noticeWithLinkUses } from '../mailing/send-notice.ts';
import { askAgainUses, askAgain as askStepAgain } from './ask-again.ts';
import { cancelOnPage, cancelOnPageUses } from './cancel-on-page.ts';
import { callOffMeeting, changeMeetingUses, moveMeeting } from './change-meeting.ts';
import { type Deciding, noteOnRecord, noteOnRecordUses, refuse, savedMeanwhile, withNotes } from './deciding.ts';
import { answerException, exceptionUses, passReview, requestException } from './exceptions.ts';
import { handOver, handOverUses } from './hand-over.ts';
import { keepMeetingPeople, meetingPeopleUses } from './meeting-people.ts';
import { recordDecision, recordDecisionUses } from './record-decision.ts';
import { savePackage, savePackageUses } from './save-package.ts';
import { sayAway, sayAwayUses } from './say-away.ts';

export const actionUses = [
  'handoffs.changePerson',
  'handoffs.addNote',
  'steps.change',
  ...noteOnRecordUses,
  'calendarOf',
  ...savePackageUses,
  ...recordDecisionUses,
  ...noticeWithLinkUses,
  ...handOverUses,
  ...askAgainUses,
  ...cancelOnPageUses,
  ...exceptionUses,
  ...changeMeetingUses,
  ...meetingPeopleUses,
  ...sayAwayUses,
] as const;

type Acting = Deciding<typeof actionUses>;

/** What people can do beside the choices of a step. Throws nothing of its own; refusals are pages. */
export async function act(deciding: Acting, action: ReservedAction, parsed: EvidenceParsed): Promise<StepOutcome> {
  if ('problems' in parsed) return refuse(deciding, action, parsed.problems);
  return withNotes(await actions[action](deciding, parsed.evidence), parsed.notes);
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
  const asked = current.steps[link.step];
  const before = asked?.standInFor ?? asked?.owner;
  const everything = evidence['everything'] === true;
  const others = Object.values(current.steps)
    .filter(({ step, owner, standInFor = owner, decision }) => !decision && standInFor === before && step !== link.step)
    .filter(() => everything)
    .filter(({ step }) => !askStep(current.playbook, step).optional && !isOver(current, step));
  const moved = asked && (await pass(deciding, { step: asked, to, evidence }));
  if (!moved) return changedMeanwhile;
  // Nobody holds a role by an open item.
  if (everything && !asked.item) await changeHolder(deciding, askStep(current.playbook, link.step).owner, to);
  // All are handed over before the first is asked, so that one mail can tell of all.
  const passed = [moved];
  for (const step of others) passed.push(...(await passIfOpen(deciding, { step, to, evidence })));
  for (const { step, token } of passed) await askAgain(deciding, { step: step.step, round: step.round, token });
  return done(deciding, `${to.name} takes over`, 'They are asked by mail now, with a due time in their own calendar.');
};

/** Hands a role over for the rest of the handoff, and its place in the meetings that lie ahead with it. */
async function changeHolder({ world, opened, submission }: Acting, role: RoleId, to: Person): Promise<void> {
  const { record, person } = opened;
  const { state } = record;
  const { at } = submission;
  await world.handoffs.changePerson(state.id, role, to.email);
  const people = new Map([...opened.people, [to.email, to] as const]);
  const after = { ...record, state: { ...state, people: { ...state.people, [role]: to.email } } };
  await keepMeetingPeople(world, { record: after, people, by: person.email, at });
}

interface Passing {
  readonly step: StepRecord;
  readonly to: Person;
  readonly evidence: Evidence;
}

/** Hands one step over; undefined when it was decided or handed over before. */
function pass({ world, opened, submission }: Acting, { step, to, evidence }: Passing): ReturnType<typeof handOver> {
  const reason = textGiven(evidence, 'reason');
  return handOver(world, {
    record: opened.record,
    step,
    to,
    handed: {
      from: step.owner,
      by: opened.person.email,
      at: submission.at,
      why: 'asked',
      ...(reason && { reason }),
      ...(evidence['everything'] === true && { side: true }),
    },
    people: opened.people,
    from: 'page',
  });
}

const passIfOpen = async (deciding: Acting, passing: Passing) => {
  const passed = await pass(deciding, passing);
  return passed ? [passed] : [];
};

/** The clock of the step stands still until then; what working time was left is left again (P). */
const waitForCustomer: Action = async (deciding, evidence) => {
  const { world, opened, submission } = deciding;
  const { at } = submission;
  const step = opened.record.steps[opened.link.step];
  if (!step) return changedMeanwhile;
  const calendar = officeCalendars(world.calendarOf)(personOf(opened.people, step.owner));
  const until = nextWorkingMoment(startOfDay(textGiven(evidence, 'until'), calendar.zone) ?? at, calendar);
  if (Date.parse(until) <= Date.parse(at))
    return refuse(deciding, 'wait-for-customer', [{ field: 'until', problem: 'Choose a day after today.' }]);
  // Said again while the clock stands still, it moves the end of that pause.
  const standing = pauseAt(step, at);
  const pause = { from: standing?.from ?? at, until, reason: textGiven(evidence, 'reason'), by: opened.person.email };
  const result = await world.steps.change({
    id: opened.record.state.id,
    step: step.step,
    round: step.round,
    change: pausedTimes(opened.record, step, { pause, standing, calendar }),
  });
  if (!result.changed) return changedMeanwhile;
  await noteOnRecord(deciding, {
    what: 'waiting-for-customer',
    detail: `Until ${dateIn(calendar.zone, until, at)}: ${textGiven(evidence, 'reason')}`,
  });
  await askAgain(deciding, { step: step.step, round: step.round, token: result.token });
  return done(deciding, 'The clock stands still', 'You are reminded when the time you named is over.');
};

const note: Action = async (deciding, evidence) => {
  const { world, opened, submission } = deciding;
  const text = textGiven(evidence, 'text');
  await world.handoffs.addNote(opened.record.state.id, { by: opened.person.email, at: submission.at, text });
  await noteOnRecord(deciding, { what: 'note', detail: text });
  return done(
    deciding,
    'Noted',
    'Colleagues now see it on every page of this handoff, with your name. The customer does not.',
  );
};

const skip: Action = (deciding, evidence) =>
  recordDecision(deciding, { choice: 'skipped', evidence, label: 'Skipped', details: [textGiven(evidence, 'reason')] });

const askAgain = (
  { world, opened, submission }: Acting,
  asked: { step: string; round: number; token: string | undefined },
): Promise<void> => askStepAgain(world, { handoffId: opened.record.state.id, at: submission.at, ...asked });

const actions: Readonly<Record<ReservedAction, Action>> = {
  save,
  'request-exception': requestException,
  'decline-exception': declineException,
  'hand-review': passReview,
  reassign,
  'wait-for-customer': waitForCustomer,
  note,
  skip,
  cancel: cancelOnPage,
  'move-meeting': moveMeeting,
  'call-off-meeting': callOffMeeting,
  away: sayAway,
};

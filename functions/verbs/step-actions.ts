import type { EvidenceParsed } from '../domain/fields/evidence.ts';
import type { Evidence } from '../domain/fields/values.ts';
import { noteAct, waitAct } from '../domain/handoff/acts.ts';
import type { Handing } from '../domain/handoff/handing.ts';
import type { Note } from '../domain/handoff/handoff.ts';
import { type Pause, pauseAt, type StepRecord } from '../domain/handoff/step-record.ts';
import { pausedTimes } from '../domain/handoff/waiting.ts';
import { officeCalendars } from '../domain/people/absence.ts';
import { nameOf, personOf } from '../domain/people/people.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import { beyondPackage, choiceProblems } from '../domain/step/package-merge.ts';
import type { ReservedAction } from '../domain/step/step-actions.ts';
import { type Instant, nextWorkingMoment } from '../domain/time/calendar.ts';
import { startOfDay } from '../domain/time/formats.ts';
import { clockIn, dateIn } from '../domain/time/wording.ts';
import { noticeWithLinkUses } from '../mailing/send-notice.ts';
import { askAgainUses, askAgain as askStepAgain } from './ask-again.ts';
import { cancelOnPage, cancelOnPageUses } from './cancel-on-page.ts';
import { callOffMeeting, changeMeetingUses, moveMeeting } from './change-meeting.ts';
import {
  type Acting,
  changedHands,
  type Deciding,
  digestOf,
  done,
  noteOnRecordUses,
  peopleKnown,
  refuse,
  withNotes,
} from './deciding.ts';
import { answerException, exceptionUses, passReview, requestException } from './exceptions.ts';
import { finishHanding, finishHandingUses, type PassedStep } from './finish-handing.ts';
import { handOver, handOverUses } from './hand-over.ts';
import { openLink } from './open-link.ts';
import { recordDecision, recordDecisionUses } from './record-decision.ts';
import { savePackage, savePackageUses } from './save-package.ts';
import { sayAway, sayAwayUses } from './say-away.ts';

export const actionUses = [
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
  ...finishHandingUses,
  ...sayAwayUses,
] as const;

type Taking = Deciding<typeof actionUses>;
export type Acted = Acting<typeof actionUses>;

/** What people can do beside the choices of a step. Throws nothing of its own; refusals are pages. */
export async function act(deciding: Taking, action: ReservedAction, parsed: EvidenceParsed): Promise<StepOutcome> {
  if ('problems' in parsed) return refuse(deciding, action, parsed.problems);
  return withNotes(await actions[action](deciding, parsed.evidence), parsed.notes);
}

type Action = (deciding: Taking, evidence: Evidence) => Promise<StepOutcome>;

const textGiven = (evidence: Evidence, field: string): string => String(evidence[field] ?? '');

const changedMeanwhile: StepOutcome = { kind: 'stale', what: 'Somebody answered this step in the meantime.' };

/** Whoever saves a draft goes on where they are; where somebody else answered the same, they are asked to choose. */
const save: Action = async (deciding) => {
  const { world, opened, submission } = deciding;
  const record = await savePackage(deciding);
  if (!record) return changedHands;
  const again = await openLink(world, submission);
  if ('outcome' in again) return again.outcome;
  const problems = choiceProblems(record, opened.link.step);
  // What was typed is saved, whatever is left to choose.
  const left = { opened: again.opened, submission: { ...submission, form: beyondPackage(submission.form) } };
  if (problems.length > 0) return refuse(left, 'save', problems);
  const { at } = submission;
  return { kind: 'step', view: again.opened.view, saved: clockIn(opened.view.zone, at, at) };
};

const declineException: Action = (deciding, evidence) =>
  answerException(deciding, { choice: 'decline-exception', label: 'Declined', evidence });

/**
 * The new owner is asked at once, and the due time is that of their own calendar. With `everything`, all open steps of the
 * old owner go along, and the role itself.
 */
const reassign: Action = async (deciding, evidence) => {
  const { world, opened, submission } = deciding;
  const { record, link, roster, person } = opened;
  const { at } = submission;
  const to = roster.find(({ email, active }) => active && email === evidence['to']);
  if (!to) return refuse(deciding, 'reassign', [{ field: 'to', problem: 'Choose a colleague from the list.' }]);
  const step = record.steps[link.step];
  if (!step) return changedMeanwhile;
  const reason = textGiven(evidence, 'reason');
  const handed: Handing = {
    ...{ from: step.owner, by: person.email, at, why: 'asked', form: digestOf(world, submission.form) },
    ...(reason && { reason }),
    ...(evidence['everything'] === true && { side: true, of: step.standInFor ?? step.owner }),
  };
  const people = peopleKnown(opened);
  const moved = await handOver(world, { record, step, to, handed, people });
  return moved ? reassigned(deciding, moved) : changedMeanwhile;
};

/** What follows from a step that has been handed over. */
export async function reassigned(acting: Acted, moved: PassedStep): Promise<StepOutcome> {
  const { world, opened, submission } = acting;
  const { at } = submission;
  const people = peopleKnown(opened);
  const steps = { ...opened.record.steps, [moved.step.step]: moved.step };
  const passed = await finishHanding(world, { record: { ...opened.record, steps }, people, step: moved.step, at });
  // All are handed over before the first is asked, so that one mail can tell of all.
  for (const { step, token } of [moved, ...passed]) await askAgain(acting, step, token);
  const owner = personOf(people, moved.step.owner);
  const soonest = Date.parse(nextWorkingMoment(at, world.calendarOf(owner)));
  const isLater = [moved, ...passed].every(({ step }) => Date.parse(step.askedAt) > soonest);
  const next = isLater
    ? 'We’re emailing them now. The request follows when its time comes.'
    : 'We’re emailing them now, with a due time in their own calendar.';
  return done(acting, `${nameOf(people, moved.step.owner)} has it now`, { next });
}

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
  const pause: Pause = {
    ...{ from: standing?.from ?? at, until, reason: textGiven(evidence, 'reason'), by: opened.person.email },
    ...{ at, form: digestOf(world, submission.form) },
  };
  const result = await world.steps.change({
    id: opened.record.state.id,
    step: step.step,
    round: step.round,
    change: pausedTimes(opened.record, step, { pause, standing, calendar }),
  });
  if (!result.changed) return changedMeanwhile;
  await world.audit.write(opened.record.state.id, waitAct(step, pause, opened.people).entry);
  return paused(deciding, { step, ...result }, until);
};

/** What follows from a clock that stands still until then (UTC). */
export async function paused(acting: Acted, { step, token }: PassedStep, until: Instant): Promise<StepOutcome> {
  await askAgain(acting, step, token);
  const { opened, submission } = acting;
  const day = dateIn(opened.person.availability.zone, until, submission.at);
  return done(acting, `Paused until ${day}`, { next: 'No reminders until then.' });
}

const note: Action = async (deciding, evidence) => {
  const { world, opened, submission } = deciding;
  const written: Note = {
    ...{ by: opened.person.email, at: submission.at, text: textGiven(evidence, 'text') },
    ...{ step: opened.link.step, form: digestOf(world, submission.form) },
  };
  await world.handoffs.addNote(opened.record.state.id, written);
  await world.audit.write(opened.record.state.id, noteAct(written).entry);
  return noted(deciding);
};

export const noted = (acting: Acted): StepOutcome =>
  done(acting, 'Note added', {
    next: 'Colleagues now see it on every page of this handoff, with your name. The customer doesn’t.',
  });

const skip: Action = (deciding, evidence) =>
  recordDecision(deciding, { choice: 'skipped', evidence, label: 'Skipped', details: [textGiven(evidence, 'reason')] });

const askAgain = (
  { world, opened, submission }: Acted,
  { step, round }: StepRecord,
  token: string | undefined,
): Promise<void> => askStepAgain(world, { handoffId: opened.record.state.id, step, round, at: submission.at, token });

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

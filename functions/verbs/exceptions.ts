import type { Evidence } from '../domain/fields/values.ts';
import { answerAct, requestAct } from '../domain/handoff/acts.ts';
import type { ExceptionAnswer, ExceptionRequest } from '../domain/handoff/exception-request.ts';
import { pendingRequest, resumedTimes, reviewTimes } from '../domain/handoff/exceptions.ts';
import { answeredGaps } from '../domain/handoff/gap-answers.ts';
import type { Handing } from '../domain/handoff/handing.ts';
import { gapPaths } from '../domain/handoff/handoff-package.ts';
import { gapsToFill } from '../domain/handoff/open-items.ts';
import { reviewerFor } from '../domain/handoff/reviewer.ts';
import { partiesOf } from '../domain/handoff/roles-held.ts';
import type { StepRecord } from '../domain/handoff/step-record.ts';
import { ruleIn } from '../domain/handoff/step-rule.ts';
import { nameOf, personOf } from '../domain/people/people.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import { reviewAnswers, strangersIn } from '../domain/step/review-form.ts';
import { askAgain, askAgainUses } from './ask-again.ts';
import {
  type Acting,
  changedHands,
  type Deciding,
  digestOf,
  done,
  noteOnRecordUses,
  peopleKnown,
  refuse,
} from './deciding.ts';
import type { PassedStep } from './finish-handing.ts';
import { handReview, handReviewUses } from './hand-review.ts';
import { openCalledFor, openItemUses } from './open-item.ts';
import { recordDecision, recordDecisionUses } from './record-decision.ts';
import { savePackage, savePackageUses } from './save-package.ts';
import { tellAnswer, tellAnswerUses } from './tell-answer.ts';

export const exceptionUses = [
  'handoffs.load',
  'steps.change',
  ...noteOnRecordUses,
  ...handReviewUses,
  'calendarOf',
  ...savePackageUses,
  ...recordDecisionUses,
  ...openItemUses,
  ...askAgainUses,
  ...tellAnswerUses,
] as const;

type Reviewing = Deciding<typeof exceptionUses>;
type Acted = Acting<typeof exceptionUses>;

const decidedMeanwhile: StepOutcome = { kind: 'stale', what: 'Somebody decided on this in the meantime.' };

/**
 * P: what cannot be known is not a reason to stall. The reviewer is asked like any owner, with a due time and a ladder; the
 * asker's ladder rests until they decide, and what the asker types goes on being saved. Asked twice, it is one request.
 */
export async function requestException(deciding: Reviewing, evidence: Evidence): Promise<StepOutcome> {
  const { world, opened, submission } = deciding;
  const { step } = opened.link;
  if (!(await savePackage(deciding))) return changedHands;
  const record = (await world.handoffs.load(opened.record.state.id)) ?? opened.record;
  const asked = record.steps[step];
  if (!asked) return decidedMeanwhile;
  const reason = String(evidence['reason'] ?? '');
  const no = (problem: string) => refuse(deciding, 'request-exception', [{ field: 'reason', problem }]);
  const paths = gapPaths(gapsToFill(record, step));
  const isComplete = paths.length === 0 && answeredGaps(record, step).length === 0;
  if (isComplete) return no('Nothing is missing: hand the package over.');
  const rule = ruleIn(record, step);
  const { at } = submission;
  const by = opened.person.email;
  const found = reviewerFor({ record, rule, asked, by, roster: opened.roster, at, calendarOf: world.calendarOf });
  if ('nobody' in found) return no(found.nobody);
  const { reviewer, others } = found;
  const times = reviewTimes({ record, rule, at }, world.calendarOf(reviewer));
  const request: ExceptionRequest = {
    by,
    at,
    reason,
    paths,
    reviewer: reviewer.email,
    others,
    ...times,
    form: digestOf(world, submission.form),
  };
  const before = asked.exceptions ?? [];
  const result = await change(deciding, asked, { exceptions: [...before, request] });
  if (!result.changed) return decidedMeanwhile;
  await world.audit.write(record.state.id, requestAct(step, request).entry);
  return requested(deciding, { step: asked, request, ...result });
}

/** What follows from a request. */
export async function requested(
  acting: Acted,
  { step, token, request: { reviewer } }: PassedStep & { readonly request: ExceptionRequest },
): Promise<StepOutcome> {
  await again(acting, step, token);
  const name = nameOf(peopleKnown(acting.opened), reviewer);
  return done(acting, `${name} will decide`, { next: 'Keep adding what you can; it’s saved.' });
}

/** The reviewer hands the decision to a colleague who may take it as well: never who asked, never the owner who benefits. */
export async function passReview(deciding: Reviewing, evidence: Evidence): Promise<StepOutcome> {
  const { world, opened, submission } = deciding;
  const { record, link, people, person, roster } = opened;
  const step = record.steps[link.step];
  const request = step && pendingRequest(step);
  const to = roster.find(({ email, active }) => active && email === evidence['to']);
  if (!to) return refuse(deciding, 'hand-review', [{ field: 'to', problem: 'Choose a colleague from the list.' }]);
  if (!step || !request) return decidedMeanwhile;
  const reason = String(evidence['reason'] ?? '');
  const { at } = submission;
  const handed: Handing = {
    ...{ from: request.reviewer, by: person.email, at, why: 'asked', ...(reason && { reason }) },
    form: digestOf(world, submission.form),
  };
  const moved = await handReview(world, { record, step, to, handed, people });
  return moved ? passed(deciding, moved, to.email) : decidedMeanwhile;
}

/** What follows from a review that has been handed over. */
export async function passed(acting: Acted, { step, token }: PassedStep, reviewer: string): Promise<StepOutcome> {
  await again(acting, step, token);
  const name = nameOf(peopleKnown(acting.opened), reviewer);
  return done(acting, `${name} decides`, { next: `We’re emailing ${name} now.`, open: false });
}

/** The reviewer grants all of it, or some and declines the rest, or (by the action) declines all of it. */
export async function answerException(
  deciding: Reviewing,
  { choice, label, evidence }: { choice: string; label: string; evidence: Evidence },
): Promise<StepOutcome> {
  const { world, opened, submission } = deciding;
  const { record, link, person } = opened;
  const asked = record.steps[link.step];
  if (!asked) return decidedMeanwhile;
  const paths = gapPaths(gapsToFill(record, link.step));
  const returned = answeredGaps(record, link.step);
  if (paths.length === 0 && returned.length === 0)
    return refuse(deciding, choice, [
      { field: 'reason', problem: 'Nothing is missing any more: there is nothing to decide.' },
    ]);
  const reason = String(evidence['reason'] ?? '');
  const fields =
    choice === 'decline-exception' ? paths.map((path) => ({ path, granted: false })) : reviewAnswers(evidence, paths);
  // A seller may be on no roster.
  const known = new Set([
    ...partiesOf(record),
    ...opened.roster.filter(({ active }) => active).map(({ email }) => email),
  ]);
  const strangers = strangersIn(evidence, { answers: fields, isKnown: (email) => known.has(email) });
  if (strangers.length > 0) return refuse(deciding, choice, strangers);
  const answer: ExceptionAnswer = {
    by: person.email,
    at: submission.at,
    reason,
    fields,
    form: digestOf(world, submission.form),
  };
  const exceptions = answered(asked, { answer, paths });
  if (!fields.every(({ granted }) => granted)) return goOn(deciding, { asked, exceptions, answer });
  const forAll: Evidence = {
    reason,
    owner: evidence['owner'] ?? [],
    dueDate: evidence['dueDate'] ?? '',
    gaps: paths,
    ...(returned.length > 0 && { answers: returned }),
  };
  return recordDecision(deciding, { choice, evidence: forAll, label, details: [], exceptions });
}

/** The answer stands with its request; an exception that nobody asked for is a request of whoever grants it. */
function answered(
  { exceptions = [], ...asked }: StepRecord,
  { answer, paths }: { readonly answer: ExceptionAnswer; readonly paths: ExceptionRequest['paths'] },
): readonly ExceptionRequest[] {
  const pending = pendingRequest({ ...asked, exceptions });
  if (pending) return [...exceptions.slice(0, -1), { ...pending, answer }];
  const { by, at, reason } = answer;
  const { dueAt, because } = asked;
  return [...exceptions, { by, at, reason, paths, reviewer: by, askedAt: at, dueAt, because, answer }];
}

/** Something was declined: the step stays with its owner, who is asked for that, and told per field and why. */
async function goOn(
  deciding: Reviewing,
  {
    asked,
    exceptions,
    answer,
  }: { asked: StepRecord; exceptions: readonly ExceptionRequest[]; answer: ExceptionAnswer },
): Promise<StepOutcome> {
  const { world, opened } = deciding;
  const { record } = opened;
  const rule = ruleIn(record, asked.step);
  const calendar = world.calendarOf(personOf(opened.people, asked.owner));
  const times = resumedTimes({ record, rule, asked, at: answer.at }, calendar);
  const result = await change(deciding, asked, { exceptions, ...times });
  if (!result.changed) return decidedMeanwhile;
  await world.audit.write(record.state.id, answerAct(asked.step, answer).entry);
  return answeredInPart(deciding, { step: asked, answer, ...result });
}

/** What follows from an answer that did not grant everything. */
export async function answeredInPart(
  acting: Acted,
  { step: asked, token, answer }: PassedStep & { readonly answer: ExceptionAnswer },
): Promise<StepOutcome> {
  const { world, opened } = acting;
  const { record } = opened;
  const now = await world.handoffs.load(record.state.id);
  if (now) await openCalledFor(world, { record: now, at: answer.at });
  await again(acting, asked, token);
  await tellAnswer(world, { record: (await world.handoffs.load(record.state.id)) ?? record, step: asked.step, answer });
  const owner = opened.people.get(asked.owner)?.name ?? asked.owner;
  const declined = answer.fields.filter(({ granted }) => !granted).length;
  const granted = answer.fields.length - declined;
  const heading = granted === 0 ? 'Declined' : `${granted} granted, ${declined} declined`;
  const saysWhy = granted === 0 || answer.fields.some((field) => !field.granted && field.reason !== undefined);
  const next = `${owner} hears which answers are still needed${saysWhy ? ', and why' : ''}.`;
  return done(acting, heading, { next, open: false });
}

const change = (
  { world, opened }: Reviewing,
  { step, round, exceptions }: StepRecord,
  changes: Parameters<Reviewing['world']['steps']['change']>[0]['change'],
) =>
  world.steps.change({
    id: opened.record.state.id,
    step,
    round,
    change: changes,
    // Two who decide at once do not overwrite each other.
    standing: { exceptions: exceptions ?? [] },
  });

const again = (
  { world, opened, submission }: Acted,
  { step, round }: StepRecord,
  token: string | undefined,
): Promise<void> => askAgain(world, { handoffId: opened.record.state.id, step, round, at: submission.at, token });

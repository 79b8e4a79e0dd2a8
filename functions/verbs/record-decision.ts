import type { Evidence } from '../domain/fields/values.ts';
import { listed } from '../domain/fields/words.ts';
import { givenList } from '../domain/handoff/decisions.ts';
import { customerOf, type HandoffRecord } from '../domain/handoff/handoff.ts';
import { saysNo } from '../domain/handoff/negative-answers.ts';
import { namedIn } from '../domain/handoff/roles-held.ts';
import { leftOutField, leftOutText, mailOfStep } from '../domain/handoff/sent-before.ts';
import type { Decision, StepRecord } from '../domain/handoff/step-record.ts';
import { ruleIn } from '../domain/handoff/step-rule.ts';
import { reliefs } from '../domain/handoff/trouble.ts';
import { doneTexts, nextTexts } from '../domain/messages/done.ts';
import { type CalendarOf, nameOf } from '../domain/people/people.ts';
import { goesStraightOn } from '../domain/playbook/capabilities.ts';
import type { NextStep, StepOutcome } from '../domain/step/outcome.ts';
import { nothingMore } from '../domain/step/still-theirs.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { momentIn } from '../domain/time/wording.ts';
import { isPassing } from '../ports/passing.ts';
import { askAgain, askAgainUses } from './ask-again.ts';
import { askedAgain, type Deciding, digestOf, peopleKnown, type Submission } from './deciding.ts';
import { type Followed, followDecision, followDecisionUses, tellOfDecision } from './follow-decision.ts';
import { mailAfter, nextStepsOf, nextStepsUses } from './next-steps.ts';
import { openCalledFor, openItemUses } from './open-item.ts';
import { type Known, openLink, openLinkUses } from './open-link.ts';
import { leftOut, sentBeforeUses } from './sent-before.ts';
import { tellQuestions, tellQuestionsUses } from './tell-questions.ts';

export const recordDecisionUses = [
  'steps.decide',
  'tokens.wake',
  'tokens.askAgain',
  ...followDecisionUses,
  ...openLinkUses,
  ...nextStepsUses,
  ...openItemUses,
  ...tellQuestionsUses,
  ...sentBeforeUses,
  ...askAgainUses,
] as const;

type Recording = Deciding<typeof recordDecisionUses>;

/** Writes the decision, with what the audit trail says of it, and wakes the execution. */
export async function recordDecision(
  { world, opened, submission }: Recording,
  made: {
    choice: string;
    evidence: Evidence;
    label: string;
    details: readonly string[];
    /** What else the audit trail says of it. */
    named?: string;
    /** Of an exception: what stands of the requests with the decision. */
    exceptions?: StepRecord['exceptions'];
  },
): Promise<StepOutcome> {
  const { link, person, record } = opened;
  const { at, form } = submission;
  const { choice, evidence } = made;
  const said: Decision = {
    ...{ choice, by: person.email, as: link.as, at, evidence, form: digestOf(world, form) },
    said: made.named === undefined ? made.label : `${made.label}. ${made.named}`,
  };
  const left = await leftOut(world, record, { step: link.step, decision: said });
  const decision = left.length === 0 ? said : { ...said, evidence: { ...said.evidence, [leftOutField]: left } };
  const asked = record.steps[link.step];
  const { exceptions } = made;
  const result = await world.steps.decide({
    id: record.state.id,
    step: link.step,
    round: opened.view.round,
    decision,
    ...(exceptions && { exceptions, standing: { exceptions: asked?.exceptions ?? [] } }),
  });
  if (!result.decided) {
    const again = await openLink(world, submission);
    return 'outcome' in again ? ((await decidedBefore(world, again, submission)) ?? again.outcome) : askedAgain;
  }
  return follow(world, { known: opened, decision, at, token: result.token, isNew: true }, made.details);
}

/** The same form once more, by whoever decided by it: their first attempt was interrupted, or its answer was lost. */
export async function decidedBefore(
  world: Recording['world'],
  { known }: { readonly known?: Known },
  { form, at }: Submission,
): Promise<StepOutcome | undefined> {
  const stands = known?.record.steps[known.link.step];
  const decision = stands?.decision;
  if (!known || decision?.by !== known.person.email || decision.form !== digestOf(world, form)) return undefined;
  return follow(world, { known, decision, at, token: stands?.token }, []);
}

interface Stored {
  readonly known: Known;
  readonly decision: Decision;
  readonly at: Instant;
  /** Of the execution that waits for the decision. */
  readonly token: string | undefined;
  /** Nobody can have done any of what follows. */
  readonly isNew?: true;
}

/**
 * What follows from a decision that is stored. Where the records or the mail fail at that, it stands all the same: the
 * execution is sent back to ask, finds the decision, and does what is left. Throws what does not pass by itself, after that.
 */
async function follow(world: Recording['world'], stored: Stored, details: readonly string[]): Promise<StepOutcome> {
  const { known, decision, at, token, isNew } = stored;
  try {
    await followDecision(world, { ...followed(known, decision, at), ...(isNew && { isNew }) });
    return await confirm(world, stored, details);
  } catch (error) {
    if (!(await leftToExecution(world, token)) || !isPassing(error)) throw error;
    return {
      ...confirmedAs(known, decision, { at, details, calendarOf: world.calendarOf }),
      next: 'It’s on record. What comes next, for you too, comes by email.',
    };
  }
}

/** Whether the execution will come to the step by itself: sent back, or on its way as nothing waits for the step. */
async function leftToExecution(world: Recording['world'], token: string | undefined): Promise<boolean> {
  if (!token) return true;
  return world.tokens.askAgain(token).then(
    () => true,
    () => false,
  );
}

/** What is on the page whatever follows. */
const confirmedAs = (
  known: Known,
  decision: Decision,
  { at, details, calendarOf }: { at: Instant; details: readonly string[]; calendarOf: CalendarOf },
) => {
  const { record, link, person } = known;
  const decided = decidedRecord(known, decision);
  const { zone } = person.availability;
  const told = { record: decided, step: link.step, decision, people: peopleKnown(known), calendarOf, zone, at };
  const { said, also } = doneTexts(told);
  return {
    kind: 'confirmed' as const,
    heading: said,
    customer: customerOf(record),
    details: [...also, ...details],
    open: false,
  };
};

const followed = ({ record, people, roster, link }: Known, decision: Decision, at: Instant): Followed => ({
  record,
  people: peopleKnown({ people, roster }),
  step: link.step,
  decision,
  at,
});

/** What whoever decided reads, and the execution goes on. */
async function confirm(
  world: Recording['world'],
  { known, decision, at, token }: Stored,
  details: readonly string[],
): Promise<StepOutcome> {
  const { record, link, person, people } = known;
  const rule = ruleIn(record, link.step);
  const decided = decidedRecord(known, decision);
  const { nextSteps, opened } = await nextStepsOf(world, { record: decided, people: peopleKnown(known), person, at });
  const round = record.steps[link.step]?.round ?? 1;
  // Before the flow goes on, so that who owes something and has the next step reads of both in one mail.
  const followUps = saysNo(rule, { ...decision, round })
    ? await openCalledFor(world, { record: decided, at, onPageOf: { person: person.email, mailAfter } })
    : [];
  await tellOfDecision(world, followed(known, decision, at));
  const readers = await tellQuestions(world, { record: decided, people: peopleKnown(known), at });
  await goOn(world, { known, decision, token });
  const say = mailOfStep(decided, link.step);
  const left = givenList(decision, leftOutField);
  const confirmed = confirmedAs(known, decision, { at, details, calendarOf: world.calendarOf });
  const { zone } = person.availability;
  const standing = { record: opened, people: peopleKnown(known), calendarOf: world.calendarOf, zone, at };
  const others = nextTexts(standing, { reader: person.email, step: link.step });
  return {
    ...confirmed,
    next: goOnText(customerOf(record), nextSteps),
    details: [
      ...confirmed.details,
      ...(say && left.length > 0 ? [leftOutText(say, left)] : []),
      ...(readers.length > 0
        ? [
            `Your questions are in the meeting’s agenda. ${listed(readers)} ${readers.length === 1 ? 'gets' : 'get'} the update.`,
          ]
        : []),
      ...followUps.map(({ item, owner, dueAt }) => {
        const due = momentIn(person.availability.zone, dueAt, at);
        return `Still to do: ${item.title}, by ${due} (${nameOf(people, owner)}).`;
      }),
      ...others,
    ],
    nextSteps,
  };
}

/** Whether the reader can rest; else what becomes of what waits for them. */
function goOnText(customer: string, nextSteps: readonly NextStep[]): string {
  const begun = nextSteps.filter(({ isNew }) => isNew).length;
  if (nextSteps.length === 0) return nothingMore(customer);
  if (begun === nextSteps.length) return 'You can go on right away. What’s still open in 15 minutes comes by email.';
  return begun === 0
    ? 'You can go on right away with what’s still yours.'
    : 'You can go on right away. What’s new comes by email if it’s still open in 15 minutes.';
}

/** The record as it stands with the decision, and with whom it names. */
function decidedRecord({ record, link }: Known, decision: Decision): HandoffRecord {
  const asked = record.steps[link.step];
  const rule = ruleIn(record, link.step);
  const named = namedIn(rule, decision);
  const { state } = record;
  return {
    ...record,
    ...(rule.names && named !== undefined && { state: { ...state, people: { ...state.people, [rule.names]: named } } }),
    steps: { ...record.steps, ...(asked && { [link.step]: { ...asked, decision } }) },
  };
}

/**
 * Lets the execution go on. Where somebody was told that the step is in trouble, by way of asking once more: they then hear
 * that it is over, without this page waiting for it.
 */
async function goOn(
  world: Recording['world'],
  { known, decision, token }: { known: Known; decision: Decision; token: string | undefined },
): Promise<void> {
  const { record, link } = known;
  const step = record.steps[link.step];
  if (step && reliefs(record, { ...step, decision }).length > 0)
    return askAgain(world, {
      handoffId: record.state.id,
      step: step.step,
      round: step.round,
      at: decision.at,
      token,
    });
  const goesOn = goesStraightOn(ruleIn(record, link.step), { ...decision, round: step?.round ?? 1 });
  if (token) await world.tokens.wake(token, { goesOn });
}

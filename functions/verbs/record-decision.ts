import type { Evidence } from '../domain/fields/values.ts';
import { listed } from '../domain/fields/words.ts';
import { type Decision, type HandoffRecord, namedIn, ruleIn, type StepRecord } from '../domain/handoff/handoff.ts';
import { isException, owedGaps } from '../domain/handoff/handoff-package.ts';
import { takingPart } from '../domain/handoff/meeting-people.ts';
import { plannedBy, uidOf } from '../domain/handoff/meetings.ts';
import { saysNo } from '../domain/handoff/negative-answers.ts';
import { leftOutField, leftOutText, mailOfStep } from '../domain/handoff/sent-before.ts';
import { isStillStalled } from '../domain/handoff/stalled.ts';
import { reliefs } from '../domain/handoff/trouble.ts';
import { nameOf, type People, personOf } from '../domain/people/people.ts';
import { openItemStep } from '../domain/playbook/capabilities.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { momentIn } from '../domain/time/wording.ts';
import { noticeUses, sendNotice } from '../mailing/send-notice.ts';
import { askAgain, askAgainUses } from './ask-again.ts';
import { askedAgain, type Deciding, noteOnRecord, noteOnRecordUses } from './deciding.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';
import { mailAfter, nextStepsOf, nextStepsUses } from './next-steps.ts';
import { openCalledFor, openItemUses } from './open-item.ts';
import { type Opened, openLink, openLinkUses } from './open-link.ts';
import { leftOut, sentBeforeUses } from './sent-before.ts';
import { tellQuestions, tellQuestionsUses } from './tell-questions.ts';
import { tellWithdrawn, tellWithdrawnUses } from './tell-withdrawn.ts';

export const recordDecisionUses = [
  'steps.decide',
  'meetings.write',
  'site',
  'handoffs.load',
  'handoffs.changeStatus',
  'handoffs.changePerson',
  ...noteOnRecordUses,
  'tokens.wake',
  'calendarOf',
  ...openLinkUses,
  ...nextStepsUses,
  ...involvedUses,
  ...noticeUses,
  ...openItemUses,
  ...tellWithdrawnUses,
  ...tellQuestionsUses,
  ...sentBeforeUses,
  ...askAgainUses,
] as const;

type Recording = Deciding<typeof recordDecisionUses>;

/** Writes the decision, tells the audit trail, wakes the execution. */
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
  const { link, person } = opened;
  const { state, deal } = opened.record;
  const { at } = submission;
  const rule = ruleIn(opened.record, link.step);
  const said: Decision = { choice: made.choice, by: person.email, as: link.as, at, evidence: made.evidence };
  const left = await leftOut(world, opened.record, { step: link.step, decision: said });
  const decision = left.length === 0 ? said : { ...said, evidence: { ...said.evidence, [leftOutField]: left } };
  const asked = opened.record.steps[link.step];
  const { exceptions } = made;
  const result = await world.steps.decide({
    id: state.id,
    step: link.step,
    round: opened.view.round,
    decision,
    ...(exceptions && { exceptions, standing: { exceptions: asked?.exceptions ?? [] } }),
  });
  if (!result.decided) {
    const again = await openLink(world, submission);
    return 'outcome' in again ? again.outcome : askedAgain;
  }
  const meeting = plannedBy(opened.record, link.step, decision);
  if (meeting)
    await world.meetings.write(state.id, {
      ...meeting,
      hosts: takingPart({ ...opened, people: peopleKnown(opened), calendarOf: world.calendarOf }, meeting),
      uid: uidOf(opened.record, meeting, world.site),
    });
  await noteOnRecord(
    { world, opened, submission },
    { what: 'decided', detail: made.named === undefined ? made.label : `${made.label}. ${made.named}` },
  );
  if (state.status === 'stalled' && !isStillStalled({ ...opened, except: link.step, at, calendarOf: world.calendarOf }))
    await world.handoffs.changeStatus({ id: state.id, from: ['stalled'], to: 'open', at });
  const named = namedIn(rule, made);
  if (rule.names && named !== undefined) await world.handoffs.changePerson(state.id, rule.names, named);
  const decided = decidedRecord(opened, decision);
  const nextSteps = await nextStepsOf(world, {
    record: decided,
    people: peopleKnown(opened),
    person,
    at,
  });
  // Before the flow goes on, so that who owes something and has the next step reads of both in one mail.
  const followUps = saysNo(rule, { ...made, round: opened.view.round })
    ? await openCalledFor(world, {
        record: decided,
        at,
        onPageOf: { person: person.email, mailAfter },
      })
    : [];
  if (isException(rule, made)) await openWhatIsOwed(world, opened, at);
  else if (asked) await tellWithdrawn(world, { ...opened, asked, by: person.email, at });
  const readers = await tellQuestions(world, { record: decided, people: peopleKnown(opened), at });
  await goOn(world, { opened, decision, token: result.token });
  const say = mailOfStep(decided, link.step);
  return {
    kind: 'confirmed',
    heading: `${rule.title}: recorded`,
    next:
      nextSteps.length === 0
        ? 'Thank you. There is nothing else to do here; whoever is next is asked by mail.'
        : 'Thank you. You can go on right away; what is still open in a quarter of an hour comes by mail.',
    customer: deal.customer.name,
    details: [
      `Your choice: ${made.label}.`,
      ...made.details,
      ...(say && left.length > 0 ? [leftOutText(say, left)] : []),
      ...(readers.length > 0
        ? [
            `Your questions are in the meeting’s agenda: ${listed(readers)} ${readers.length === 1 ? 'gets' : 'get'} the update.`,
          ]
        : []),
      ...followUps.map(({ item, owner, dueAt }) => {
        const due = momentIn(person.availability.zone, dueAt, at);
        return `Still to do: ${item.title}, by ${due} (${nameOf(opened.people, owner)}).`;
      }),
    ],
    open: false,
    nextSteps,
  };
}

/** The record as it stands with the decision, and with whom it names. */
function decidedRecord({ record, link }: Opened, decision: Decision): HandoffRecord {
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

/** Everybody involved, and everybody on the roster, for whoever was just named. */
const peopleKnown = ({ people, roster }: Pick<Opened, 'people' | 'roster'>): People =>
  new Map([...people, ...roster.map((person) => [person.email, person] as const)]);

/**
 * Lets the execution go on. Where somebody was told that the step is in trouble, by way of asking once more: they then hear
 * that it is over, without this page waiting for it.
 */
async function goOn(
  world: Recording['world'],
  { opened, decision, token }: { opened: Opened; decision: Decision; token: string | undefined },
): Promise<void> {
  const { record, link, view } = opened;
  const step = record.steps[link.step];
  if (step && reliefs(record, { ...step, decision }).length > 0)
    return askAgain(world, {
      handoffId: record.state.id,
      step: step.step,
      round: view.round,
      at: decision.at,
      token,
    });
  if (token) await world.tokens.wake(token);
}

/**
 * P: an exception is a debt. Whoever owes what is missing is asked for it at once, as an open item; in a handoff that began
 * before there were any, they hear of it with the date.
 */
async function openWhatIsOwed(world: Recording['world'], opened: Opened, at: Instant): Promise<void> {
  const now = await world.handoffs.load(opened.record.state.id);
  if (!now) return;
  if (openItemStep(now.playbook)) {
    await openCalledFor(world, { record: now, at });
    return;
  }
  const debt = owedGaps(now);
  if (!debt) return;
  const { owner, ...owed } = debt;
  const people = await involvedPeople(world, now, [owner]);
  const known = peopleKnown({ ...opened, people });
  const notice = { kind: 'gaps-owed', ...owed } as const;
  await sendNotice(world, {
    record: now,
    people: known,
    person: personOf(known, owner),
    notice,
    key: `gaps-owed/${owner}/${at}`,
    step: opened.link.step,
    at,
  });
}

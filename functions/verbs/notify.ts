import { abandonedAt } from '../domain/handoff/asking.ts';
import { type InCharge, inCharge, lastAnswer } from '../domain/handoff/exceptions.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { owedGaps } from '../domain/handoff/handoff-package.ts';
import { roundToAsk } from '../domain/handoff/meeting-rounds.ts';
import { itemIn } from '../domain/handoff/open-items.ts';
import { stepSayings } from '../domain/handoff/sayings.ts';
import type { Decision, StepRecord } from '../domain/handoff/step-record.ts';
import { isOver, ruleIn } from '../domain/handoff/step-rule.ts';
import { reliefs } from '../domain/handoff/trouble.ts';
import { officeCalendars } from '../domain/people/absence.ts';
import { type People, personOf } from '../domain/people/people.ts';
import { openItemStep, packageStep } from '../domain/playbook/capabilities.ts';
import { type AskStep, anchorNames, type DueRule } from '../domain/playbook/playbook.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { dueAfter } from '../domain/time/due.ts';
import { inTurn } from '../mailing/in-turn.ts';
import { noticeUses, sendNotice } from '../mailing/send-notice.ts';
import type { MailTurns } from '../ports/mail-turns.ts';
import type { WorldOf } from '../ports/world.ts';
import { abandon, abandonUses, giveUpAgain } from './abandon-handoff.ts';
import { finishCancel, finishCancelUses } from './cancel-handoff.ts';
import { askedWhenOver, catchUpMeetingsUses, tellUntoldMeetings } from './catch-up-meetings.ts';
import { calledOffUses, endCalledOff, tellIfCalledOff } from './end-called-off.ts';
import { finishHandings, finishHandingUses } from './finish-handing.ts';
import { followDecisionUses, followUnfinished } from './follow-decision.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';
import { keepMeetingPeople, meetingPeopleUses } from './meeting-people.ts';
import { noteUnanswered } from './note-unanswered.ts';
import { openCalledFor, openItemUses } from './open-item.ts';
import { openReached, openReachedUses, openStep } from './open-reached.ts';
import { putActsOnRecord, putActsOnRecordUses } from './put-acts-on-record.ts';
import { sayRungs, sayRungsUses } from './say-rungs.ts';
import { endItem, settleItem, settleItemUses } from './settle-item.ts';
import { keepAsked, standInUses } from './stand-in.ts';
import { stepNewsUses, tellStepNews } from './step-news.ts';
import { tellAnswer, tellAnswerUses } from './tell-answer.ts';
import { tellQuestions, tellQuestionsUses } from './tell-questions.ts';

export interface AskRequest {
  readonly handoffId: string;
  readonly step: string;
  /** 1 for the first time, one more each time the step comes back. */
  readonly round: number;
  /** When the state was entered, UTC. */
  readonly at: Instant;
}

export interface Asked {
  /** When something is to be said again, UTC. */
  readonly nextAt: Instant;
  /** When the step is asked again if it is answered with "not yet". */
  readonly repeatAt?: Instant;
}

export const notifyUses = [
  ...abandonUses,
  'handoffs.load',
  'handoffs.changeStatus',
  'steps.decide',
  'audit.write',
  'calendarOf',
  ...calledOffUses,
  ...finishCancelUses,
  ...followDecisionUses,
  ...catchUpMeetingsUses,
  ...involvedUses,
  ...openReachedUses,
  ...sayRungsUses,
  ...noticeUses,
  ...settleItemUses,
  ...openItemUses,
  ...standInUses,
  ...meetingPeopleUses,
  ...stepNewsUses,
  ...tellQuestionsUses,
  ...finishHandingUses,
  ...putActsOnRecordUses,
  ...tellAnswerUses,
] as const;

type Notify = WorldOf<typeof notifyUses>;

/**
 * Decides from the frozen playbook, the records and the time what is to be said about a step now (the first ask, a reminder,
 * the breach, the next rung of the ladder, or nothing), and says it once. S4: each step warns before, says plainly when it
 * is breached, and climbs one rung per further business day; P: nothing goes silent.
 * Throws HandoffAbandoned when the step is still open as long after closed won as the playbook allows, MailThrottled to be called again.
 * With `turns`, what is asked over the mail service's rate waits for its turn instead: nobody was asked until then, and whoever answers by
 * a page is heard. That is for executions alone, which come again at the time they are told. `read`: the handoff, where it was read
 * in the same call.
 */
export const notify =
  (world: Notify, turns?: MailTurns) =>
  async (request: AskRequest, read?: Pick<Asking, 'record' | 'people'>): Promise<Asked> => {
    let record = read?.record ?? (await world.handoffs.load(request.handoffId));
    if (!record) throw new Error(`Handoff ${request.handoffId} has no record: was the package validated?`);
    if (isOver(record, request.step)) return closed(world, record, request);
    const rule = ruleIn(record, request.step);
    const people = read?.people ?? (await involvedPeople(world, record));
    if (await finishHandings(world, { record, people, at: request.at }))
      record = (await world.handoffs.load(request.handoffId)) ?? record;
    await putActsOnRecord(world, { record, people, at: request.at });
    const item = itemIn(record, request.step);
    if (item && (await settleItem(world, { record, people, item, at: request.at }))) {
      await followUnfinished(world, { record, people, at: request.at }, item.step);
      await tellStepNews(world, { record, step: item, people, at: request.at });
      return { nextAt: request.at };
    }
    const begun = await opened(world, { request, record, rule, people });
    const known = begun.steps[request.step];
    const open =
      known && (await askedWhenOver(world, { record: begun, people, at: request.at }, { step: known, rule }));
    if (!open) throw new Error(`The step "${request.step}" of handoff ${request.handoffId} cannot be opened.`);
    const repeatAt = rule.repeat && { repeatAt: repeatsAt(world, { every: rule.repeat.every, step: open, people }) };
    const { at } = request;
    await openCalledFor(world, { record, at });
    const untoldAt = await tellUntoldMeetings(world, { record, people, at });
    await followUnfinished(world, { record: begun, people, at }, open.step);
    await tellQuestions(world, { record: begun, people, at });
    const answer = open.decision ? undefined : lastAnswer(open);
    const age = Date.parse(at) - Date.parse(answer?.at ?? at);
    if (answer && age >= patience && age < 7 * day) await tellAnswer(world, { record: begun, step: open.step, answer });
    // Whoever gave it may be telling of it.
    const answerAt = answer && age < patience ? later(answer.at, patience) : undefined;
    if (open.decision) {
      if (open.decision.choice === 'unanswered')
        await noteUnanswered(world, record, { step: open.step, decision: open.decision });
      // Who is asked for what comes next hears of this in the same mail.
      const known = reliefs(begun, open).length === 0 ? begun : await openReached(world, { record: begun, people, at });
      await tellStepNews(world, { record: known, step: open, people, at });
      return { nextAt: at, ...repeatAt };
    }
    await remindOfDebt(world, { record, people, at });
    const {
      record: current,
      step,
      changesAt,
      told,
    } = await keepAsked(world, {
      record: { ...begun, steps: { ...begun.steps, [open.step]: open } },
      step: open,
      people,
      at,
    });
    await keepMeetingPeople(world, { record: current, people, by: 'system', step: request.step, at });
    // While an exception is asked for, whoever decides on it is asked and chased, and the step's owner is not.
    const charge = inCharge(current, request.step) ?? { rule, asked: step };
    const asking = { request, record: current, rule: charge.rule, step: charge.asked, people, charge, turns };
    const nextAt = await sayWhatIsDue(world, asking);
    const newsAt = await tellStepNews(world, { record: current, step, people, at, told });
    const times = [nextAt, changesAt, newsAt, untoldAt, answerAt].filter((time) => time !== undefined);
    return { nextAt: soonest(times, at), ...repeatAt };
  };

/** What an exception left owing, and was not supplied by its day, is asked for once more, with the first ask after that day. */
async function remindOfDebt(
  world: Notify,
  { record, people, at }: { record: HandoffRecord; people: People; at: Instant },
): Promise<void> {
  // Where there are open items, each has a timer of its own.
  const debt = openItemStep(record.playbook) ? undefined : owedGaps(record);
  if (!debt || at.slice(0, 10) <= debt.dueDate) return;
  const { owner, ...owed } = debt;
  const known = people.has(owner) ? people : await involvedPeople(world, record, [owner]);
  const notice = { kind: 'gaps-still-owed', ...owed } as const;
  const key = `gaps-still-owed/${debt.dueDate}/${owner}`;
  await sendNotice(world, {
    record,
    people: known,
    person: personOf(known, owner),
    notice,
    key,
    step: packageStep(record.playbook)?.id ?? '',
    at,
  });
}

const day = 86_400_000;
/** Whoever decides on an exception is given this long, in milliseconds, to tell of it before others do. */
const patience = 15 * 60_000;

/**
 * A handoff that is over says nothing more. Of a canceled one that still runs, whoever canceled it was interrupted: what is
 * left of that is done here, and stops the execution. One that was given up fails again, after its last mails have gone out.
 */
async function closed(world: Notify, record: HandoffRecord, request: AskRequest): Promise<Asked> {
  const { at, step } = request;
  const item = itemIn(record, step);
  if (item) {
    await endItem(world, { record, item, at });
    return { nextAt: at };
  }
  if (record.state.status === 'abandoned') return giveUpAgain(world, { record, step, at });
  const { status, reason = '', endedBy: by } = record.state;
  // Who canceled it is not known of handoffs from before that was kept: those have nothing more to say.
  if (status === 'cancelled')
    await (by === undefined
      ? world.executions.stop(request.handoffId, reason)
      : finishCancel(world, { record, by, reason, at, from: 'execution' }));
  return { nextAt: new Date(Date.parse(at) + day).toISOString(), repeatAt: at };
}

/** The record with the step open in the round it is asked in, and whatever else the flow has reached. */
async function opened(world: Notify, { request, record, rule, people }: Asking): Promise<HandoffRecord> {
  const { step, at } = request;
  const round = roundToAsk(record, { step, rule, round: request.round });
  const known = record.steps[step];
  const isOpen = known !== undefined && known.round >= round;
  if (!isOpen) await tellIfCalledOff(world, { record, people, rule, at });
  const open = isOpen ? known : await openStep(world, { record, people, at }, { step, rule, round });
  const stands = await endCalledOff(world, { record, people, rule, step: open, at });
  const current = { ...record, steps: { ...record.steps, [step]: stands } };
  return isOpen ? current : openReached(world, { record: current, people, at });
}

interface Asking {
  readonly request: AskRequest;
  readonly record: HandoffRecord;
  readonly rule: AskStep;
  readonly people: People;
}

function repeatsAt(
  world: Notify,
  { every, step, people }: { every: DueRule['within']; step: StepRecord; people: People },
): Instant {
  const calendar = officeCalendars(world.calendarOf)(personOf(people, step.owner));
  return dueAfter({ within: every, anchor: step.askedAt, anchorName: anchorNames.opened, calendar }).at;
}

/** Says what is to be said now, and returns when something is to be said next. */
async function sayWhatIsDue(
  world: Notify,
  asking: Asking & { step: StepRecord; charge: InCharge; turns: MailTurns | undefined },
): Promise<Instant> {
  const { request, record, rule, step, people, charge, turns } = asking;
  const { at } = request;
  const abandonAt = abandonedAt(record, step, { people, calendarOf: world.calendarOf });
  const isGivenUp = !(Date.parse(at) < Date.parse(abandonAt));
  // An open item ends by itself: what else the handoff waits for decides whether it is abandoned.
  if (isGivenUp && step.item) {
    await endUnanswered(world, asking);
    return at;
  }
  if (isGivenUp) await abandon(world, { record, step: step.step, title: rule.title, at });
  const { rung, next } = stepSayings({ record, people, at, calendarOf: world.calendarOf }, charge);
  if (rung?.kind === 'unanswered') {
    await endUnanswered(world, asking);
    return at;
  }
  if (rung?.kind === 'stall' && !step.item) await markStalled(world, asking);
  const say = () => sayRungs(world, step.step, { record, people, at });
  const again = await (turns ? inTurn({ turns, at, busy: (turn) => [turn] }, say) : say());
  return soonest([...again, next, abandonAt], at);
}

const later = (at: Instant, milliseconds: number): Instant => new Date(Date.parse(at) + milliseconds).toISOString();

/**
 * The first of these times that does not lie behind; a moment on, were all of them to. The execution comes again at once for one that
 * does, and again, until its history is full.
 */
function soonest(times: readonly Instant[], at: Instant): Instant {
  const [first] = times
    .filter((time) => Date.parse(time) >= Date.parse(at))
    .toSorted((a, b) => Date.parse(a) - Date.parse(b));
  return first ?? later(at, patience);
}

/** Every rung has been climbed: operations see it. */
async function markStalled(world: Notify, { request, record, rule }: Asking): Promise<void> {
  const { at, step } = request;
  if (record.state.status !== 'open') return;
  await world.handoffs.changeStatus({ id: record.state.id, from: ['open'], to: 'stalled', at, reason: rule.title });
  await world.audit.write(record.state.id, {
    at,
    who: 'system',
    what: 'stalled',
    step,
    detail: `${rule.title}: every rung of the ladder has been climbed`,
    from: 'execution',
  });
}

async function endUnanswered(world: Notify, { request, record, step }: Asking & { step: StepRecord }): Promise<void> {
  const decision: Decision = { choice: 'unanswered', by: 'system', as: 'system', at: request.at, evidence: {} };
  const { decided } = await world.steps.decide({ id: record.state.id, step: step.step, round: step.round, decision });
  // Somebody may have answered in the last moment.
  if (decided) await noteUnanswered(world, record, { step: step.step, decision });
}

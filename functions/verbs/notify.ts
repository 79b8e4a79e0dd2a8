import { abandonedAt, askingOf } from '../domain/handoff/asking.ts';
import { anchorsOf, type HandoffRecord, isOver, ruleIn, type StepRecord } from '../domain/handoff/handoff.ts';
import { owedGaps } from '../domain/handoff/handoff-package.ts';
import { type Rung, rungAt } from '../domain/handoff/ladder.ts';
import { gapsToFill, itemIn } from '../domain/handoff/open-items.ts';
import { rungReaders, saidAt } from '../domain/handoff/rung-readers.ts';
import { managerOf } from '../domain/handoff/who-is-asked.ts';
import { askMessage } from '../domain/messages/ask.ts';
import type { AskKind } from '../domain/messages/message.ts';
import { type People, personOf } from '../domain/people/people.ts';
import type { Person } from '../domain/people/person.ts';
import { openItemStep, packageStep } from '../domain/playbook/capabilities.ts';
import { type AskStep, anchorNames, type Capacity, type DueRule } from '../domain/playbook/playbook.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { dueAfter } from '../domain/time/due.ts';
import { linkTo, linkUses } from '../mailing/link-to.ts';
import { sendOnce, sendUses } from '../mailing/send-mail.ts';
import { noticeUses, sendNotice } from '../mailing/send-notice.ts';
import { HandoffAbandoned } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';
import { openCalledFor, openItemUses } from './open-item.ts';
import { endItem, settleItem, settleItemUses } from './settle-item.ts';

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
  'handoffs.load',
  'handoffs.changeStatus',
  'steps.open',
  'steps.decide',
  'audit.write',
  'site',
  'calendarOf',
  ...involvedUses,
  ...sendUses,
  ...linkUses,
  ...noticeUses,
  ...settleItemUses,
  ...openItemUses,
] as const;

type Notify = WorldOf<typeof notifyUses>;

/**
 * Decides from the frozen playbook, the records and the time what is to be said about a step now (the first ask, a reminder,
 * the breach, the next rung of the ladder, or nothing), and says it once. S4: each step warns before, says plainly when it
 * is breached, and climbs one rung per further business day; P: nothing goes silent.
 * Throws HandoffAbandoned when nobody has acted for as long as the playbook allows, MailThrottled to be called again.
 */
export const notify =
  (world: Notify) =>
  async (request: AskRequest): Promise<Asked> => {
    const record = await world.handoffs.load(request.handoffId);
    if (!record) throw new Error(`Handoff ${request.handoffId} has no record: was the package validated?`);
    if (isOver(record, request.step)) return closed(world, record, request);
    const rule = ruleIn(record, request.step);
    const people = await involvedPeople(world, record);
    const item = itemIn(record, request.step);
    if (item && (await settleItem(world, { record, people, item, at: request.at }))) return { nextAt: request.at };
    const open = await openRound(world, { request, record, rule, people });
    const repeatAt = rule.repeat && { repeatAt: repeatsAt(world, { every: rule.repeat.every, step: open, people }) };
    if (open.decision) return { nextAt: request.at, ...repeatAt };
    const current: HandoffRecord = { ...record, steps: { ...record.steps, [request.step]: open } };
    await openCalledFor(world, { record, at: request.at });
    await remindOfDebt(world, { record, people, at: request.at });
    const nextAt = await sayWhatIsDue(world, { request, record: current, rule, step: open, people });
    return { nextAt, ...repeatAt };
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

/**
 * A handoff that is over says nothing more. A canceled one is about to be stopped; one that was given up fails again, after
 * its last mails have gone out.
 */
async function closed(world: Notify, record: HandoffRecord, request: AskRequest): Promise<Asked> {
  const { at, step } = request;
  const item = itemIn(record, step);
  if (item) {
    await endItem(world, { record, item, at });
    return { nextAt: at };
  }
  if (record.state.status === 'abandoned') {
    const people = await involvedPeople(world, record);
    const owner = record.steps[step]?.owner;
    return giveUp(world, { record, people, step, at, reason: record.state.reason ?? '', ...(owner && { owner }) });
  }
  return { nextAt: new Date(Date.parse(at) + day).toISOString(), repeatAt: at };
}

interface Asking {
  readonly request: AskRequest;
  readonly record: HandoffRecord;
  readonly rule: AskStep;
  readonly people: People;
}

/** The step as it stands in this round; opened now if this is the first time. */
async function openRound(world: Notify, { request, record, rule, people }: Asking): Promise<StepRecord> {
  const { step, round, at } = request;
  const known = record.steps[step];
  if (known && known.round >= round) return known;
  const asking = askingOf({ record, step, rule, round, at, people, calendarOf: world.calendarOf });
  const { holder, owner } = asking;
  const opened = await world.steps.open(record.state.id, asking.opened);
  await world.audit.write(record.state.id, {
    at,
    who: 'system',
    what: 'asked',
    step,
    detail: `${owner.email}${owner === holder ? '' : ` in place of ${holder.email}, who is not there`}, ${opened.because}`,
    from: 'execution',
  });
  return opened;
}

function repeatsAt(
  world: Notify,
  { every, step, people }: { every: DueRule['within']; step: StepRecord; people: People },
): Instant {
  const calendar = world.calendarOf(personOf(people, step.owner));
  return dueAfter({ within: every, anchor: step.askedAt, anchorName: anchorNames.opened, calendar }).at;
}

/** Says what is to be said now, and returns when something is to be said next. */
async function sayWhatIsDue(world: Notify, asking: Asking & { step: StepRecord }): Promise<Instant> {
  const { request, record, rule, step, people } = asking;
  const { at } = request;
  const owner = personOf(people, step.owner);
  const calendar = world.calendarOf(owner);
  const ladder = record.playbook.ladders[rule.ladder];
  if (!ladder) throw new Error(`The playbook has no ladder "${rule.ladder}".`);
  const abandonAt = abandonedAt(record, owner, world.calendarOf);
  const isGivenUp = !(Date.parse(at) < Date.parse(abandonAt));
  // An open item ends by itself: what else the handoff waits for decides whether it is abandoned.
  if (isGivenUp && step.item) {
    await endUnanswered(world, asking);
    return at;
  }
  if (isGivenUp) await abandon(world, asking);
  const { rung, nextAt } = rungAt({ ladder, step, anchors: anchorsOf(record), calendar }, at);
  if (rung?.kind === 'unanswered') {
    await endUnanswered(world, asking);
    return at;
  }
  const next = nextAt ?? abandonAt;
  const held = rung ? await say(world, { ...asking, rung, owner, next }) : [];
  return [...held, next, abandonAt].reduce((a, b) => (Date.parse(a) <= Date.parse(b) ? a : b));
}

/** Says a rung to whoever is at work; returns when those begin who are not (quiet hours move mail, never a due time). */
async function say(
  world: Notify,
  asking: Asking & { step: StepRecord; rung: Rung; owner: Person; next: Instant },
): Promise<Instant[]> {
  const { request, record, rung, owner, people, rule, step, next } = asking;
  const { at } = request;
  if (rung.kind === 'stall' && record.state.status === 'open' && !step.item) {
    await world.handoffs.changeStatus({ id: record.state.id, from: ['open'], to: 'stalled', at, reason: rule.title });
    await world.audit.write(record.state.id, {
      at,
      who: 'system',
      what: 'stalled',
      step: step.step,
      detail: `${rule.title}: every rung of the ladder has been climbed`,
      from: 'execution',
    });
  }
  const readers = rungReaders(rung, { record, people, owner });
  const told = new Set(readers.map(({ person }) => person.email));
  const held: Instant[] = [];
  for (const { person, as } of readers) {
    const when = saidAt(rung, person, { at, next, calendarOf: world.calendarOf });
    if (when !== at) {
      held.push(when);
      continue;
    }
    const outcome = await mailRung(world, { ...asking, person, as });
    if (outcome === 'rejected' && as === 'owner') {
      const manager = managerOf(record, people, owner);
      if (manager && !told.has(manager.email)) await mailRung(world, { ...asking, person: manager, as: 'manager' });
    }
  }
  return held;
}

function mailRung(
  world: Notify,
  asking: Asking & { step: StepRecord; rung: Rung; person: Person; as: Capacity },
): Promise<string> {
  const { request, record, rung, step, person, as, people } = asking;
  const { at } = request;
  const kind = rung.kind as AskKind;
  return sendOnce(world, {
    record,
    // The time of the ask tells rounds and reassignments apart.
    key: [step.step, step.askedAt, rung.index, rung.kind, person.email].join('/'),
    at,
    toCustomer: false,
    compose: async () => {
      const url = await linkTo(world, record, { step: step.step, person: person.email, as, at });
      const message = askMessage({
        record,
        step: step.step,
        kind,
        rungNumber: rung.index,
        to: { person, as, url },
        people,
        gaps: gapsToFill(record, step.step),
        at,
        site: world.site,
        calendarOf: world.calendarOf,
      });
      return {
        to: [{ name: person.name, email: person.email }],
        cc: [],
        message,
        tags: { handoff: record.state.id, kind, step: step.step },
      };
    },
  });
}

async function endUnanswered(
  world: Notify,
  { request, record, rule, step }: Asking & { step: StepRecord },
): Promise<void> {
  const { at } = request;
  const { decided } = await world.steps.decide({
    id: record.state.id,
    step: step.step,
    round: step.round,
    decision: { choice: 'unanswered', by: 'system', as: 'system', at, evidence: {} },
  });
  // Somebody answered in the last moment.
  if (!decided) return;
  await world.audit.write(record.state.id, {
    at,
    who: 'system',
    what: 'unanswered',
    step: step.step,
    detail: rule.title,
    from: 'execution',
  });
}

/** Gives up: the people of the ladder are told once more, and the execution fails loudly. */
async function abandon(
  world: Notify,
  { request, record, rule, step, people }: Asking & { step: StepRecord },
): Promise<never> {
  const { at } = request;
  const reason = `Nobody acted on "${rule.title}" within ${record.playbook.abandonAfter} of closed won.`;
  await world.handoffs.changeStatus({ id: record.state.id, from: ['open', 'stalled'], to: 'abandoned', at, reason });
  await world.audit.write(record.state.id, {
    at,
    who: 'system',
    what: 'abandoned',
    step: step.step,
    detail: reason,
    from: 'execution',
  });
  return giveUp(world, { record, people, step: step.step, at, reason, owner: step.owner });
}

async function giveUp(
  world: Notify,
  end: { record: HandoffRecord; people: People; step: string; at: Instant; reason: string; owner?: string },
): Promise<never> {
  const { record, people, step, at, reason, owner } = end;
  for (const email of new Set([owner, record.state.people.revenueOperations])) {
    const person = people.get(email ?? '');
    if (!person) continue;
    const notice = { kind: 'handoff-abandoned', step, reason } as const;
    await sendNotice(world, { record, people, person, notice, key: `handoff-abandoned/${person.email}`, step, at });
  }
  throw new HandoffAbandoned(reason);
}

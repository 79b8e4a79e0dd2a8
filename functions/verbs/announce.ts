import type { AuditKind } from '../domain/handoff/audit-entry.ts';
import { flowFront } from '../domain/handoff/flow-front.ts';
import { type HandoffRecord, isClosed } from '../domain/handoff/handoff.ts';
import { renewalDateOf } from '../domain/handoff/handoff-package.ts';
import { isPlanned, isScheduled, offeredStep, opensOf, remindersOf } from '../domain/handoff/planned.ts';
import { reminderSchedules } from '../domain/handoff/reminder-schedules.ts';
import { gotBefore } from '../domain/handoff/sent-before.ts';
import { isToldWithRequest } from '../domain/handoff/told-together.ts';
import { announcementMessage, announcementToOne } from '../domain/messages/announcement.ts';
import type { Mailbox, People } from '../domain/people/people.ts';
import type { Announcement } from '../domain/playbook/announcements.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { linkAndDeskTo, linkUses } from '../mailing/link-to.ts';
import { notingSent } from '../mailing/noting-sent.ts';
import { sendAnnounced, sendAnnouncedUses } from '../mailing/send-announced.ts';
import type { WorldOf } from '../ports/world.ts';
import { inviteColleagues, inviteColleaguesUses } from './invite-colleagues.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';
import { openCalledFor, openItemUses } from './open-item.ts';
import { openReached, openReachedUses } from './open-reached.ts';
import { otherEpisodes, sentBeforeUses } from './sent-before.ts';

export interface AnnounceRequest {
  readonly handoffId: string;
  readonly step: string;
  readonly say: Announcement;
  readonly at: Instant;
}

export interface Announced {
  /** When the steps open whose moment is known by now, UTC: by step id, or by `<step>/<what is said>`. */
  readonly opens: Readonly<Record<string, Instant>>;
}

export const announceUses = [
  'schedules.put',
  'soonestReminder',
  'hash',
  'handoffs.load',
  'site',
  ...openReachedUses,
  ...sentBeforeUses,
  ...openItemUses,
  ...involvedUses,
  ...linkUses,
  ...sendAnnouncedUses,
  ...inviteColleaguesUses,
] as const;

type Announce = WorldOf<typeof announceUses>;

/**
 * Sends a mail because something has happened, once. What somebody at the customer got in another won episode of the same deal
 * they do not get again (P, see `gotBefore`); a customer mail of which nobody knows whether it went out is held, and its owner is told. An address
 * from which mail came back is left out until a person enters it once more.
 */
export const announce =
  (world: Announce) =>
  async (request: AnnounceRequest): Promise<Announced> => {
    const { opens } = await announceKnowing(world)(request);
    return { opens };
  };

/** The same, with the handoff as it stands then and its people, for whoever asks for what comes next in the same call. */
export const announceKnowing =
  (given: Announce) =>
  async (request: AnnounceRequest): Promise<Announced & { readonly known: Pick<Telling, 'record' | 'people'> }> => {
    const { world, withSent } = notingSent(given);
    const { handoffId, say, step } = request;
    const record = await world.handoffs.load(handoffId);
    if (!record) throw new Error(`Handoff ${handoffId} has no record: was the package validated?`);
    const scheduled = isScheduled(record, step);
    const { status } = record.state;
    const silent = status === 'cancelled' || (isClosed(status) && !scheduled) || !isPlanned(record, step, say);
    const people = await involvedPeople(world, record);
    let known = { record, people };
    if (!silent && scheduled) {
      const telling = { request, ...known };
      if (await isDueNow(world, telling)) await tell(world, telling);
    } else if (!silent) {
      // What is asked at the same moment is known only once it is open.
      const { at } = request;
      const called = await withCalledFor(world, { ...known, at });
      known = { ...called, record: await openReached(world, { ...called, at }) };
      await tell(world, { request, ...known });
    }
    return {
      opens: opensOf(record, people, world.calendarOf),
      known: { ...known, record: withSent(known.record) },
    };
  };

/** With what decisions call for, so that a mail tells of it: whoever made the last one may have been interrupted. */
async function withCalledFor(
  world: Announce,
  { at, ...before }: Pick<Telling, 'record' | 'people'> & { readonly at: Instant },
): Promise<Pick<Telling, 'record' | 'people'>> {
  const { record } = before;
  const opened = await openCalledFor(world, { record, at });
  if (opened.length === 0) return before;
  const steps = { ...record.steps, ...Object.fromEntries(opened.map((item) => [item.step, item])) };
  return { record: { ...record, steps }, people: await involvedPeople(world, { ...record, steps }) };
}

interface Telling {
  readonly request: AnnounceRequest;
  readonly record: HandoffRecord;
  readonly people: People;
}

/**
 * Whether a reminder is still right when its moment has come: its date may have been corrected since. Too early, it is set once
 * more for its day; of a date that has passed or is not known any more, nothing is said.
 */
async function isDueNow(world: Announce, { request, record, people }: Telling): Promise<boolean> {
  const { handoffId, step, say, at } = request;
  const { calendarOf } = world;
  const isMeant = (each: { readonly step: string; readonly say: Announcement }) =>
    each.step === step && each.say === say;
  const due = remindersOf(record, { people, calendarOf, at }).find(isMeant);
  if (due?.at !== undefined && Date.parse(due.dueAt) <= Date.parse(at)) return true;
  const soonest = world.soonestReminder(at);
  const { ahead } = reminderSchedules(record, { people, calendarOf, soonest, hashOf: world.hash });
  const again = ahead.find(({ input }) => isMeant(input));
  if (again) await world.schedules.put(again);
  else {
    const detail = `${say}: ${due ? 'its date has passed already' : 'its date is not known any more'}.`;
    await world.audit.write(handoffId, { at, who: 'system', what: 'nothing-to-tell', step, detail, from: 'execution' });
  }
  return false;
}

async function tell(world: Announce, { request, record, people }: Telling): Promise<void> {
  const { say, step, at } = request;
  const draft = announcementMessage({ record, say, people, at, site: world.site, calendarOf: world.calendarOf });
  const note = (what: AuditKind, detail: string) =>
    world.audit.write(record.state.id, { at, who: 'system', what, step, detail, from: 'execution' });
  if ('nothing' in draft) {
    await note('nothing-to-tell', `${say}: ${draft.nothing}`);
    return;
  }
  const key = saidOnce(record, step, say);
  await inviteColleagues(world, { record, people, step, key, kind: say, at });
  const got = draft.toCustomer ? gotBefore(record, await otherEpisodes(world, record), say) : new Set<string>();
  const [again, left] = [true, false].map((is) => draft.to.filter(({ email }) => got.has(email.toLowerCase()) === is));
  if (again?.length)
    await note(
      'not-sent-again',
      `${say}: ${again.map(({ email }) => email).join(', ')} got it when this deal was won before`,
    );
  if (!left?.length) return;
  const to = draft.toCustomer ? left : notAskedNow(world, { request, record, people }, left);
  await sendAnnounced(world, {
    record,
    people,
    step,
    say,
    kind: say,
    key,
    at,
    draft: { ...draft, to },
    compose: async () => {
      const [reader, ...others] = [...to, ...draft.cc];
      const isToOne = !draft.toCustomer && reader !== undefined && others.length === 0;
      const offered = await offeredLink(world, { request, record, people });
      if (!offered && !isToOne) return draft;
      const { site, calendarOf } = world;
      const known = { record, say, people, at, site, calendarOf, ...(offered && { url: offered.url }) };
      const offering = isToOne ? announcementToOne(known, reader) : announcementMessage(known);
      if ('nothing' in offering) return draft;
      const isTheirsAlone = offered !== undefined && isToOne && reader.email === offered.person;
      return isTheirsAlone ? { ...offering, message: { ...offering.message, desk: offered.desk } } : offering;
    },
  });
}

/** Without whoever is asked something at this moment: they are told in that mail (P: one person, one moment, one mail). */
function notAskedNow(world: Announce, { request, record, people }: Telling, to: readonly Mailbox[]): Mailbox[] {
  const { step, say, at } = request;
  const input = { record, people, at, calendarOf: world.calendarOf };
  const { tellings } = flowFront({ record, opens: opensOf(record, people, world.calendarOf), at });
  const telling = tellings.find((reached) => reached.step === step && reached.say === say);
  return to.filter(({ email }) => {
    const person = people.get(email);
    return !(telling && person && isToldWithRequest(person, telling, input));
  });
}

/** Under what a mail goes out once. A meeting that is planned anew is another one; so is a reminder of a date that was corrected. */
function saidOnce(record: HandoffRecord, step: string, say: Announcement): string {
  if (isScheduled(record, step)) return `${say}/${renewalDateOf(record) ?? ''}`;
  const rule = record.playbook.steps[step];
  const round = record.steps[step]?.round ?? 1;
  return rule?.kind === 'ask' && rule.plans !== undefined && round > 1 ? `${say}/${round}` : say;
}

/** The link to the optional step that a mail offers (S3: both sides are asked how it went), by which nobody is chased. */
async function offeredLink(
  world: Announce,
  { request, record, people }: Telling,
): Promise<{ readonly person: string; readonly url: string; readonly desk: string } | undefined> {
  const { at } = request;
  const rule = record.playbook.steps[request.step];
  const offers = rule?.kind === 'ask' ? rule.announce?.offers : undefined;
  const step = offers && offeredStep(record, { offers, at, people, calendarOf: world.calendarOf });
  if (!step) return undefined;
  await world.steps.open(record.state.id, step);
  const { owner: person } = step;
  return { person, ...(await linkAndDeskTo(world, record, { step: step.step, person, as: 'owner', at })) };
}

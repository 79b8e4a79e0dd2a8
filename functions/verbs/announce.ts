import type { AuditKind } from '../domain/handoff/audit-entry.ts';
import { flowFront } from '../domain/handoff/flow-front.ts';
import { type HandoffRecord, isClosed } from '../domain/handoff/handoff.ts';
import { renewalDateOf } from '../domain/handoff/handoff-package.ts';
import { isPlanned, isScheduled, offeredStep, opensOf, remindersOf } from '../domain/handoff/planned.ts';
import { isApprovedAgain, type Suppression } from '../domain/handoff/reachability.ts';
import { reminderSchedules } from '../domain/handoff/reminder-schedules.ts';
import { gotBefore } from '../domain/handoff/sent-before.ts';
import { isToldWithRequest } from '../domain/handoff/told-together.ts';
import { announcementMessage } from '../domain/messages/announcement.ts';
import type { Mailbox, People } from '../domain/people/people.ts';
import type { Announcement } from '../domain/playbook/announcements.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { linkTo, linkUses } from '../mailing/link-to.ts';
import { type MailOutcome, sendOnce, sendUses } from '../mailing/send-mail.ts';
import { noticeUses } from '../mailing/send-notice.ts';
import { tellAccountable } from '../mailing/tell-accountable.ts';
import type { WorldOf } from '../ports/world.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';
import { openReached, openReachedUses } from './open-reached.ts';

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
  'hash',
  'deals.episodes',
  'handoffs.load',
  'suppressions.among',
  'site',
  ...openReachedUses,
  ...involvedUses,
  ...sendUses,
  ...linkUses,
  ...noticeUses,
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
    const { handoffId, say, step } = request;
    const record = await world.handoffs.load(handoffId);
    if (!record) throw new Error(`Handoff ${handoffId} has no record: was the package validated?`);
    const scheduled = isScheduled(record, step);
    const { status } = record.state;
    const silent = status === 'cancelled' || (isClosed(status) && !scheduled) || !isPlanned(record, step, say);
    const people = await involvedPeople(world, record);
    if (!silent && scheduled) {
      const telling = { request, record, people };
      if (await isDueNow(world, telling)) await tell(world, telling);
    } else if (!silent) {
      // What is asked at the same moment is known only once it is open.
      const known = await openReached(world, { record, people, at: request.at });
      await tell(world, { request, record: known, people });
    }
    return { opens: opensOf(record, people, world.calendarOf) };
  };

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
  const { ahead } = reminderSchedules(record, { people, calendarOf, at, hashOf: world.hash });
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
  const got = draft.toCustomer ? gotBefore(record, await otherEpisodes(world, record), say) : new Set<string>();
  const [again, left] = [true, false].map((is) => draft.to.filter(({ email }) => got.has(email.toLowerCase()) === is));
  if (again?.length)
    await note(
      'not-sent-again',
      `${say}: ${again.map(({ email }) => email).join(', ')} got it when this deal was won before`,
    );
  if (!left?.length) return;
  const audience = draft.toCustomer
    ? await withoutSuppressed(world, record, left)
    : { to: notAskedNow(world, { request, record, people }, draft.to), refused: [] as const };
  if (audience.refused.length > 0 && record.mails[say]?.status !== 'sent')
    await tellSuppressed(world, { request, record, people }, audience.refused);
  if (audience.to.length === 0) return;
  const outcome = await sendOnce(world, {
    record,
    // A reminder of a date that was corrected after it went out is another one.
    key: isScheduled(record, step) ? `${say}/${renewalDateOf(record) ?? ''}` : say,
    at,
    toCustomer: draft.toCustomer,
    compose: async () => {
      const url = await offeredLink(world, { request, record, people });
      const announced = url
        ? announcementMessage({ record, say, people, at, site: world.site, calendarOf: world.calendarOf, url })
        : draft;
      const { message, cc, fromName, replyTo, invitation, toCustomer } = 'nothing' in announced ? draft : announced;
      return {
        message,
        to: audience.to,
        cc,
        ...(fromName && { fromName }),
        ...(replyTo && { replyTo }),
        ...(invitation && { invitation }),
        toCustomer,
        tags: { handoff: record.state.id, kind: say, step },
      };
    },
  });
  if (outcome === 'held' || outcome === 'rejected') await tellHeld(world, { request, record, people }, outcome);
}

async function otherEpisodes(world: Announce, record: HandoffRecord): Promise<readonly HandoffRecord[]> {
  const ids = (await world.deals.episodes(record.deal.dealId)).filter((id) => id !== record.state.id);
  const others = await Promise.all(ids.map((id) => world.handoffs.load(id)));
  return others.filter((other) => other !== undefined);
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

/** The link to the optional step that a mail offers (S3: both sides are asked how it went), by which nobody is chased. */
async function offeredLink(world: Announce, { request, record, people }: Telling): Promise<string | undefined> {
  const { at } = request;
  const rule = record.playbook.steps[request.step];
  const offers = rule?.kind === 'ask' ? rule.announce?.offers : undefined;
  const step = offers && offeredStep(record, { offers, at, people, calendarOf: world.calendarOf });
  if (!step) return undefined;
  await world.steps.open(record.state.id, step);
  return linkTo(world, record, { step: step.step, person: step.owner, as: 'owner', at });
}

const tellHeld = (world: Announce, { request, record, people }: Telling, outcome: MailOutcome): Promise<void> =>
  tellAccountable(world, {
    record,
    people,
    key: `${request.say}/${outcome}`,
    notice: { kind: 'customer-mail-held', say: request.say },
    step: request.step,
    at: request.at,
  });

/** The recipients without those that are suppressed; unless somebody entered their address once more since. */
async function withoutSuppressed(
  world: Announce,
  record: HandoffRecord,
  to: readonly Mailbox[],
): Promise<{ to: readonly Mailbox[]; refused: readonly Suppression[] }> {
  const suppressed = await world.suppressions.among(to.map(({ email }) => email.toLowerCase()));
  const refused = [...suppressed.values()].filter((suppression) => !isApprovedAgain(record, suppression));
  const addresses = new Set(refused.map(({ email }) => email));
  return { to: to.filter(({ email }) => !addresses.has(email.toLowerCase())), refused };
}

/** Nobody of the company would otherwise know that part of the audience, or all of it, was left out. */
async function tellSuppressed(
  world: Announce,
  { request, record, people }: Telling,
  refused: readonly Suppression[],
): Promise<void> {
  const { at, say, step } = request;
  const addresses = refused.map(({ email }) => email);
  const what = refused.some((suppression) => suppression.what === 'complained') ? 'complained' : 'bounced';
  const detail = `${say}: not to ${addresses.join(', ')}`;
  await world.audit.write(record.state.id, {
    at,
    who: 'system',
    what: 'suppressed',
    step,
    detail,
    from: 'execution',
  });
  await tellAccountable(world, {
    record,
    people,
    key: `${say}/suppressed`,
    notice: { kind: 'customer-mail-bounced', addresses, what, unsent: say },
    step,
    at,
  });
}

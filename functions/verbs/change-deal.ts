import { handoffIdOf } from '../domain/deal/deal.ts';
import { packageFields } from '../domain/deal/package.ts';
import { parseSaidDeal, type SaidDeal } from '../domain/deal/said-deal.ts';
import { fingerprint } from '../domain/fields/fingerprint.ts';
import type { Refusal } from '../domain/fields/refusal.ts';
import {
  type BegunChange,
  changesAt,
  concernedBy,
  type DealChange,
  dealWith,
  type SaidByCrm,
  takeChanges,
} from '../domain/handoff/deal-change.ts';
import { type HandoffRecord, isClosed, statusText } from '../domain/handoff/handoff.ts';
import { holderOf } from '../domain/handoff/roles-held.ts';
import type { People } from '../domain/people/people.ts';
import type { RoleId } from '../domain/playbook/roles.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { noticeWithLinkUses, sendNoticeWithBrief } from '../mailing/send-notice.ts';
import { RecordsUnavailable } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';
import { followRenewal, followRenewalUses } from './follow-renewal.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';
import {
  handedKey,
  keepTurns,
  type TakingOver,
  type Turn,
  takeOverRole,
  takeOverRoleUses,
  tellTurns,
} from './take-over-role.ts';
import { writePackage, writePackageUses } from './write-package.ts';

/** `known`: it says nothing new. */
export type Changed =
  | { readonly handoffId: string; readonly outcome: 'changed' | 'known' | 'not open' }
  | { readonly refused: readonly Refusal[] };

export const changeDealUses = [
  'deals.history',
  'deals.read',
  'deals.beginChange',
  'deals.change',
  'drafts.load',
  'handoffs.load',
  'refusals.store',
  'audit.write',
  ...writePackageUses,
  ...followRenewalUses,
  ...involvedUses,
  ...noticeWithLinkUses,
  ...takeOverRoleUses,
] as const;

type Change = WorldOf<typeof changeDealUses>;

/**
 * The CRM changed a deal that is won. The handoff of its newest won episode follows: the package takes what is newer than what
 * people wrote, the renewal reminder moves, who is named for a role anew takes it over, and whom it matters to hears of it, in
 * one mail. An event that comes late, or once more, changes nothing; a handoff that has ended stays as it is, on record.
 * `at`: when the event happened, UTC. Throws RecordsUnavailable, to be called again, while the handoff has not begun.
 */
export const changeDeal =
  (world: Change) =>
  async ({ event, at }: { event: unknown; at: Instant }): Promise<Changed> => {
    const parsed = parseSaidDeal(event);
    if ('refused' in parsed) {
      await world.refusals.store({ event, refused: parsed.refused, at });
      return parsed;
    }
    const { facts } = parsed;
    const handoffId = (await world.deals.history(facts.dealId)).episodes.at(-1);
    const known = handoffId === undefined ? undefined : await world.deals.read(handoffId);
    if (handoffId === undefined && (await isDraft(world, facts)))
      throw new RecordsUnavailable(`Deal ${facts.dealId} has a draft, and its win has not come yet: try again.`);
    if (handoffId === undefined || !known) {
      const refused = noHandoff(facts);
      await world.refusals.store({ event, refused, at });
      return { refused };
    }
    const { deal } = known;
    const before: SaidByCrm = known.said ?? { facts: deal, at: known.at ?? deal.closedWonAt };
    const now: SaidByCrm = { facts, at };
    if (isAfter(before, now)) return { handoffId, outcome: 'known' };
    if (known.calledOff !== undefined) return { handoffId, outcome: 'not open' };
    const record = await begunHandoff(world, handoffId);
    if (isClosed(record.state.status)) {
      const detail = `The handoff is ${statusText(record.state.status)}: nothing follows from it.`;
      await world.audit.write(handoffId, { at, who: 'crm', what: 'deal-changed', detail, from: 'event' });
      return { handoffId, outcome: 'not open' };
    }
    const begun = known.begun && isAfter(known.begun, before) && !isAfter(known.begun, now) ? known.begun : undefined;
    if (begun === undefined || !isAfter(now, begun))
      return { handoffId, outcome: await follow(world, { record, before, now, begun }) };
    // Whoever followed what the CRM said before was interrupted, and would find this when they try again: theirs comes first.
    await follow(world, { record, before, now: begun, begun });
    return {
      handoffId,
      outcome: await follow(world, { record: await begunHandoff(world, handoffId), before: begun, now }),
    };
  };

const isAfter = (one: SaidByCrm, other: SaidByCrm): boolean => Date.parse(one.at) > Date.parse(other.at);

async function begunHandoff(world: Pick<Change, 'handoffs'>, id: string): Promise<HandoffRecord> {
  const record = await world.handoffs.load(id);
  if (!record) throw new RecordsUnavailable(`Handoff ${id} was won, but has not begun: try again.`);
  return record;
}

/** The CRM changes a deal that is won: where there is a draft, the event that says so is on its way. */
async function isDraft(world: Pick<Change, 'drafts'>, { dealId }: SaidDeal): Promise<boolean> {
  const draft = await world.drafts.load(handoffIdOf({ dealId, wonEpisode: 1 }));
  return draft !== undefined && draft.state.ended === undefined;
}

const noHandoff = ({ dealId }: SaidDeal): readonly Refusal[] => [
  {
    field: 'detail.dealId',
    problem: `names a deal without a handoff: ${dealId}`,
    remedy: 'Nothing needs to be changed. If the deal was won, check why its event never arrived.',
  },
];

interface Following {
  readonly record: HandoffRecord;
  readonly before: SaidByCrm;
  readonly now: SaidByCrm;
  /** An attempt at the same before this one, which was interrupted. */
  readonly begun?: BegunChange | undefined;
}

/**
 * What is said of the deal counts as known once all has followed: whoever was interrupted finds all of it to do, and what is done
 * stays done.
 */
async function follow(world: Change, { record: found, before, now, begun }: Following): Promise<'changed' | 'known'> {
  const { at } = now;
  const { id } = found.state;
  const held = begun?.held ?? holdersIn(found);
  // Most events of a CRM say nothing that is new here.
  const isNew = JSON.stringify(now.facts) !== JSON.stringify(before.facts);
  if (isNew && begun === undefined) await world.deals.beginChange(id, { ...now, held });
  const deal = dealWith(found.deal, now.facts);
  const saved = { by: 'crm', at };
  const { record: written } = await writePackage(world, { record: found, saved }, (stands) =>
    takeChanges(stands, { before, now }),
  );
  const record: HandoffRecord = { ...written, deal };
  const changes = changesAt(record, at);
  const people = await involvedPeople(world, record, named(now.facts));
  if (changes.some(({ path }) => path === 'contract.renewalDate')) await followRenewal(world, { record, people, at });
  const turns = await takeOver(world, { record, before, now, people, held });
  const after = turns.at(-1)?.taken.record ?? record;
  await keepTurns(world, turns);
  await tellChanges(world, { record: after, changes, turns, people, at });
  await tellTurns(world, turns);
  const details = [...changes.map(changeText), ...turns.map(({ taking }) => turnText(taking))];
  if (details.length > 0)
    await world.audit.write(id, { at, who: 'crm', what: 'deal-changed', detail: details.join(' '), from: 'event' });
  await world.deals.change(id, deal, now);
  return details.length > 0 ? 'changed' : 'known';
}

const named = ({ accountExecutive, customerSuccessManager }: SaidDeal): readonly string[] =>
  customerSuccessManager === undefined ? [accountExecutive] : [accountExecutive, customerSuccessManager];

const changeText = ({ path, was, now, keptBy }: DealChange): string => {
  const label = packageFields.find((field) => field.path === path)?.label ?? path;
  if (keptBy !== undefined) return `${label} stays as ${keptBy} wrote it since; the CRM's waits beside it.`;
  return was.includes('\n') || now.includes('\n') ? `${label}.` : `${label}: ${was === '' ? 'nothing' : was} → ${now}.`;
};

const turnText = ({ from, to }: TakingOver): string => `${to.email} in place of ${from}.`;

/** The roles for which the CRM names somebody: whoever sold it, and whoever takes the customer. */
const namedRoles = ['accountExecutive', 'customerSuccessManager'] as const satisfies readonly RoleId[];

const holdersIn = (record: HandoffRecord): BegunChange['held'] =>
  Object.fromEntries(
    namedRoles.flatMap((role) => {
      const holder = holderOf(record, role);
      return holder === undefined ? [] : [[role, holder]];
    }),
  );

interface TakingOverRoles extends Omit<Following, 'begun'>, Pick<BegunChange, 'held'> {
  readonly people: People;
}

/** Whoever the CRM names anew takes over, unless somebody here has given the role away since, or is not there any more. */
async function takeOver(
  world: Change,
  { record: found, before, now, people, held }: TakingOverRoles,
): Promise<readonly Turn[]> {
  const { at } = now;
  const turns: Turn[] = [];
  let record = found;
  for (const role of namedRoles) {
    const email = now.facts[role];
    if (email === undefined || email === before.facts[role]) continue;
    const to = people.get(email);
    const holder = holderOf(record, role);
    if (!to?.active || (role === 'customerSuccessManager' && to.role !== role)) {
      await noteNotTaken(world, record, {
        at,
        detail: `${email}, named in the CRM, cannot take over: not on the roster as one who can.`,
      });
      continue;
    }
    // Nobody holds the role yet: whoever is asked to name somebody sees whom the CRM names.
    if (holder === undefined) continue;
    if (holder !== email && isGivenSince(record, holder, at)) {
      await noteNotTaken(world, record, {
        at,
        detail: `${holder} keeps what somebody gave them since, though the CRM names ${email}.`,
      });
      continue;
    }
    const from = holder === email ? held[role] : holder;
    // Named by the CRM is who had it already.
    if (from === undefined || from === email) continue;
    const taking: TakingOver = { record, people, role, from, to, at };
    const taken = await takeOverRole(world, taking);
    turns.push({ taking, taken });
    record = taken.record;
  }
  return turns;
}

/** Whether somebody here gave a person a whole part after the CRM was changed. */
const isGivenSince = ({ steps }: HandoffRecord, holder: string, at: Instant): boolean =>
  Object.values(steps).some(
    ({ owner, handed }) =>
      owner === holder && handed?.side && handed.by !== 'crm' && Date.parse(handed.at) > Date.parse(at),
  );

const noteNotTaken = (
  world: Change,
  record: HandoffRecord,
  { at, detail }: { readonly at: Instant; readonly detail: string },
): Promise<void> => world.audit.write(record.state.id, { at, who: 'crm', what: 'deal-changed', detail, from: 'event' });

interface Telling {
  readonly record: HandoffRecord;
  readonly changes: readonly DealChange[];
  readonly turns: readonly Turn[];
  readonly people: People;
  readonly at: Instant;
}

/**
 * One mail to each to whom a change matters. Whoever takes a role over now reads the new answers in what they are asked; who
 * would be told of that beside it is told here.
 */
async function tellChanges(world: Change, { record, changes, turns, people, at }: Telling): Promise<void> {
  for (const role of namedRoles) {
    const person = people.get(holderOf(record, role) ?? '');
    const theirs = changes.filter(({ path }) => concernedBy(path).includes(role));
    if (!person?.active || theirs.length === 0) continue;
    if (turns.some(({ taking }) => taking.to.email === person.email)) continue;
    const sale = turns.find(({ taking }) => taking.role === 'accountExecutive');
    const newOwner = sale?.taking.to.email;
    const also = turns
      .filter((turn) => turn !== sale)
      .map(({ taking, taken }) => ({ newOwner: taking.to.email, handed: taken.handed }));
    const notice = {
      kind: 'deal-changed',
      changes: theirs,
      ...(newOwner !== undefined && { newOwner }),
      ...(also.length > 0 && { also }),
    } as const;
    const key = `deal-changed/${at}/${fingerprint(JSON.stringify(theirs))}/${person.email}`;
    const covers = turns.flatMap((turn) => handingKeys(turn, person));
    await sendNoticeWithBrief(world, { record, people, person, notice, key, step: '', at, covers });
  }
}

/** Under which they would hear of it from each of the steps that were handed over. */
const handingKeys = (
  { taking: { to }, taken: { handed, passed } }: Turn,
  person: { readonly email: string },
): readonly string[] => [
  ...new Set(
    [handed, ...passed.flatMap(({ step }) => step.handed ?? [])].map(({ at, from }) =>
      handedKey({ at, from }, to, person),
    ),
  ),
];

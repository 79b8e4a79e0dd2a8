import { handoffIdOf } from '../domain/deal/deal.ts';
import { parseSaidDeal } from '../domain/deal/said-deal.ts';
import type { Refusal } from '../domain/fields/refusal.ts';
import { takeChanges } from '../domain/handoff/deal-change.ts';
import { type Draft, type DraftState, drafted, recordOfDraft } from '../domain/handoff/draft.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { meetingSlot } from '../domain/handoff/meeting-slot.ts';
import type { People } from '../domain/people/people.ts';
import { packageStep } from '../domain/playbook/capabilities.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { noticeWithLinkUses, sendNoticeWithLink } from '../mailing/send-notice.ts';
import { tellEach } from '../mailing/tell-each.ts';
import { RecordsUnavailable } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';
import { countWork, countWorkUses } from './count-work.ts';
import { nextEpisode, readHistory, readHistoryUses } from './deal-history.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';
import { writeDraftPackage, writeDraftPackageUses } from './write-draft-package.ts';

/** `known`: it says nothing new, or too late. `won`: its handoff runs, or is about to. */
export type Proposed =
  | { readonly handoffId: string; readonly outcome: 'drafted' | 'known' | 'won' | 'no drafts' }
  | { readonly refused: readonly Refusal[] };

export const proposeDealUses = [
  'drafts.load',
  'drafts.save',
  'roster.everybody',
  'refusals.store',
  'audit.write',
  'hash',
  ...countWorkUses,
  ...readHistoryUses,
  ...writeDraftPackageUses,
  ...involvedUses,
  ...noticeWithLinkUses,
] as const;

type Propose = WorldOf<typeof proposeDealUses>;

/**
 * A deal is past the proposal stage, or was changed there (S3, S4): it gets a draft of its package and a customer success
 * manager, who hears of it early, and whoever sells it is asked to start the package. Nothing is due. Said again, the draft
 * takes what is new, and nobody hears of it twice. An event that comes late, or after the deal was won, changes nothing.
 * `at`: when the event happened, UTC.
 */
export const proposeDeal =
  (world: Propose, playbook: Playbook) =>
  async ({ event, at }: { event: unknown; at: Instant }): Promise<Proposed> => {
    const parsed = parseSaidDeal(event);
    if ('refused' in parsed) {
      await world.refusals.store({ event, refused: parsed.refused, at });
      return parsed;
    }
    const { facts, expectedCloseOn } = parsed;
    const { begun, stops } = await readHistory(world, facts.dealId);
    const newest = begun.at(-1);
    // Its end is on its way, if it is won no more.
    if (newest?.handoffId && newest.endedAt === undefined && !(await isCalledOff(world, newest.handoffId)))
      return { handoffId: newest.handoffId, outcome: 'won' };
    const wonEpisode = nextEpisode(begun);
    const since = [newest?.at, ...stops.filter(({ kind }) => kind !== 'reopened').map((stop) => stop.at)];
    const roster = await world.roster.everybody();
    const openHandoffs = await countWork(world, { playbook, deal: facts, roster, at });
    for (let tries = 0; tries < mostTries; tries += 1) {
      const known = await world.drafts.load(handoffIdOf({ dealId: facts.dealId, wonEpisode }));
      const before = known?.state;
      const next = drafted({
        ...{ playbook, said: { facts, at }, wonEpisode, expectedCloseOn, before, roster, openHandoffs, at },
        ...{ calendarOf: world.calendarOf, hashOf: world.hash },
      });
      if (!next) return { handoffId: '', outcome: 'no drafts' };
      const { id } = next.state;
      const isLate = [...since, before?.said.at].some(
        (each) => each !== undefined && Date.parse(each) > Date.parse(at),
      );
      if (isLate) return { handoffId: id, outcome: 'known' };
      if (known && known.packageVersion > 0) await followDraft(world, known, next.state);
      if (!isSameDraft(before, next.state)) {
        if (!(await world.drafts.save(next.state, next.frozen, known?.version ?? 0))) continue;
        await noteProposed(world, next.state, before);
      }
      const draft = await world.drafts.load(id);
      if (draft) await tellDrafted(world, draft, at);
      return { handoffId: id, outcome: 'drafted' };
    }
    throw new RecordsUnavailable(`Others are changing the draft of deal ${facts.dealId} all the time: try again.`);
  };

/** Each lost race means that somebody else has written; more of them in a row than this are no accident. */
const mostTries = 5;

const isCalledOff = async (world: Pick<Propose, 'deals'>, id: string): Promise<boolean> =>
  (await world.deals.read(id))?.calledOff !== undefined;

const isSameDraft = (before: DraftState | undefined, now: DraftState): boolean =>
  before !== undefined && before.ended === undefined && JSON.stringify(before) === JSON.stringify(now);

/** What nobody typed follows the CRM; what somebody typed since stays, and the CRM's waits beside it. */
async function followDraft(world: Propose, draft: Draft, next: DraftState): Promise<void> {
  const { said: before } = draft.state;
  const saved = { by: 'crm', at: next.said.at };
  await writeDraftPackage(world, { record: recordOfDraft(draft), saved }, (stands) =>
    takeChanges(stands, { before, now: next.said, isDraft: true }),
  );
}

async function noteProposed(
  world: Propose,
  { id, said, people, assignedBecause }: DraftState,
  before?: DraftState,
): Promise<void> {
  if (before && !before.ended && before.people.customerSuccessManager === people.customerSuccessManager) return;
  const detail = `${people.customerSuccessManager ?? 'Nobody'} takes it if it is won. ${assignedBecause}`;
  await world.audit.write(id, { at: said.at, who: 'crm', what: 'deal-proposed', detail, from: 'event' });
}

/** When both sides work, for the meeting before signature; undefined where there is none, or their hours don't meet. */
function meetingBefore(
  { calendarOf }: Propose,
  { record, people, at }: { readonly record: HandoffRecord; readonly people: People; readonly at: Instant },
): Instant | undefined {
  const { previewMeeting: minutes } = record.playbook;
  const { accountExecutive, customerSuccessManager } = record.state.people;
  const calendars = [accountExecutive, customerSuccessManager].flatMap((email) => {
    const person = people.get(email ?? '');
    return person ? [calendarOf(person)] : [];
  });
  const [first, ...rest] = calendars;
  if (minutes === undefined || first === undefined || rest.length === 0) return undefined;
  const slot = meetingSlot({ at, minutes, calendars: [first, ...rest] });
  return slot?.inHours ? slot.at : undefined;
}

/** Whoever would take the customer hears early (S3, S4), whoever sells it can start the package: each once. */
async function tellDrafted(world: Propose, draft: Draft, at: Instant): Promise<void> {
  const record = recordOfDraft(draft);
  const step = packageStep(draft.playbook)?.id ?? '';
  const { expectedCloseOn } = draft.state;
  const people = await involvedPeople(world, record);
  const meetAt = meetingBefore(world, { record, people, at });
  const said = { ...(expectedCloseOn !== undefined && { expectedCloseOn }), ...(meetAt !== undefined && { meetAt }) };
  const { accountExecutive, customerSuccessManager } = record.state.people;
  const told = [
    { email: accountExecutive, kind: 'draft-started', as: 'owner' },
    { email: customerSuccessManager, kind: 'early-notice', as: 'reader' },
  ] as const;
  await tellEach(
    told.flatMap(({ email, kind, as }) => {
      const person = people.get(email ?? '');
      if (!person?.active) return [];
      const notice = { kind, ...said };
      const key = `${kind}/${person.email}`;
      return [() => sendNoticeWithLink(world, { record, people, person, as, notice, key, step, at })];
    }),
  );
}

import type { Refusal } from '../fields/refusal.ts';
import { listed } from '../fields/words.ts';
import type { Instant } from '../time/calendar.ts';
import { type HandoffState, isClosed, statusText } from './handoff.ts';

/** A deal as the CRM has it now. */
export type DealInCrm =
  | {
      readonly phase: 'early' | 'proposed' | 'won' | 'lost';
      /** As people know it. */
      readonly name: string;
      /** What the CRM calls its stage. */
      readonly stage: string;
      /** When it was won, an instant (UTC) or a day (`YYYY-MM-DD`), as far as the CRM knows. */
      readonly wonAt?: string;
      readonly changedAt: Instant;
      /** No handoff begins with it: the stage's conditions leave it out. */
      readonly isLeftOut?: boolean;
      /** Mail address, in lower case, of who owns the deal there. */
      readonly accountExecutive?: string;
      /** Why its event would be refused; empty where it would be taken. */
      readonly refused: readonly Refusal[];
    }
  | { readonly phase: 'gone'; readonly because: string }
  | { readonly phase: 'merged'; readonly into: string };

/** What our records have of the newest won episode of a deal. */
export interface DealInRecords {
  readonly handoffId: string;
  /** `waiting`: stored, and not begun; `called off`: over before it began. */
  readonly status: HandoffState['status'] | 'waiting' | 'called off';
  /** When it ended, UTC. */
  readonly endedAt?: Instant;
  /** Who ended it: a mail address, or `crm`. */
  readonly endedBy?: string;
  /** Who sold the deal, as the CRM said last. */
  readonly toldOwner: string;
  /** Who holds that role in the handoff. */
  readonly owner?: string;
}

/** A deal on both sides. */
export interface DealOnBothSides {
  readonly dealId: string;
  readonly crm: DealInCrm;
  readonly ours?: DealInRecords;
  /** What the CRM was last heard to say of it; undefined where it never said anything: somebody else may have told of the deal. */
  readonly heard?: string;
  /** Why the event that it was won was refused, where it was. */
  readonly refusedBefore?: readonly Refusal[];
}

/** What can be put right by saying on the bus what the CRM has: the same as its webhook would have led to. */
export type Mend = 'say that it was won' | 'say that it is won no more' | 'say what changed' | 'say that it was merged';

/** Where the CRM and the handoffs differ. */
export interface Difference {
  readonly kind:
    | 'won without a handoff'
    | 'cannot begin'
    | 'won again, perhaps'
    | 'no longer won'
    | 'merged'
    | 'not found in the CRM'
    | 'owner differs';
  readonly dealId: string;
  readonly name?: string;
  readonly handoffId?: string;
  /** What is so, and why: sentences. */
  readonly wrong: string;
  /** What is to be done by a person, or will be done. */
  readonly mend: string;
  /** Absent where a person has to. */
  readonly says?: Mend;
  /** The deal of the CRM that it became part of. */
  readonly into?: string;
}

export interface Window {
  /** What was won earlier began without us, UTC. */
  readonly since: Instant;
  /** UTC. */
  readonly at: Instant;
}

/** What the CRM tells may take this long to get here, in milliseconds. */
const onItsWay = 15 * 60_000;

/** Where a deal and its handoff differ; undefined where they agree, or where it is too early to tell. */
export function differenceOf(both: DealOnBothSides, window: Window): Difference | undefined {
  const { dealId, crm, ours, heard } = both;
  const isOpen = ours !== undefined && isGoingOn(ours);
  if (crm.phase === 'merged') return heard === undefined ? undefined : merged(both, crm.into);
  if (crm.phase === 'gone')
    return isOpen && heard !== undefined
      ? {
          ...{ kind: 'not found in the CRM', dealId, handoffId: ours.handoffId },
          wrong: `The CRM shows no such deal, and its handoff goes on: ${crm.because}`,
          mend: 'It may have been deleted, or we may not see it any more. If the deal is over, cancel its handoff.',
        }
      : undefined;
  if (Date.parse(window.at) - Date.parse(crm.changedAt) < onItsWay) return undefined;
  const about = { dealId, name: crm.name, ...(ours && { handoffId: ours.handoffId }) };
  if (crm.phase !== 'won') return isOpen ? noLongerWon(about, crm, heard) : undefined;
  // What had begun when it was deleted there goes on once it is restored.
  const hadBegun = isOpen || (ours !== undefined && heard === 'gone');
  if (crm.isLeftOut && !hadBegun) return undefined;
  if (ours === undefined) return wonWithoutHandoff(both, crm, window);
  if (isOpen) return ownerDiffers(about, crm, ours);
  return wonAgain(about, crm, { ...ours, wasDeleted: heard === 'gone' });
}

const merged = ({ dealId, ours }: DealOnBothSides, into: string): Difference => ({
  ...{ kind: 'merged', dealId, ...(ours && { handoffId: ours.handoffId }) },
  wrong: `In the CRM the deal became part of the deal ${into}.`,
  mend: 'What the CRM says of that one counts for it from now on, as if the CRM had said so.',
  says: 'say that it was merged',
  into,
});

/** Whether there is work for somebody in it, or will be. */
export const isGoingOn = ({ status }: Pick<DealInRecords, 'status'>): boolean =>
  status === 'waiting' || (status !== 'called off' && !isClosed(status));

type Won = Extract<DealInCrm, { readonly name: string }>;
type About = Pick<Difference, 'dealId' | 'name' | 'handoffId'>;

function noLongerWon(about: About, { stage }: Won, heard: string | undefined): Difference {
  const found = {
    ...about,
    kind: 'no longer won',
    wrong: `In the CRM the deal is at "${stage}"; its handoff goes on.`,
  } as const;
  return heard === undefined
    ? {
        ...found,
        mend: 'The CRM never told of this deal: it may be another one with the same id. If not, cancel the handoff.',
      }
    : { ...found, mend: 'The handoff is stopped, as if the CRM had said so.', says: 'say that it is won no more' };
}

function wonWithoutHandoff(both: DealOnBothSides, crm: Won, { since }: Window): Difference | undefined {
  const { dealId } = both;
  const about = { dealId, name: crm.name };
  if (crm.wonAt === undefined)
    return {
      ...about,
      kind: 'cannot begin',
      wrong: 'The deal is won, has no handoff, and the CRM does not say when it was won.',
      mend: 'Fill in when it was won in the CRM, or start it with npm run backfill.',
    };
  // A day without a time may have gone on after the moment.
  if (endOf(crm.wonAt) < Date.parse(since)) return undefined;
  if (crm.refused.length > 0)
    return {
      ...about,
      kind: 'cannot begin',
      wrong: `The deal was won ${whenText(crm.wonAt)} and has no handoff: ${problemsOf(crm.refused)}.`,
      mend: crm.refused.map(({ remedy }) => remedy).join(' '),
    };
  return {
    ...about,
    kind: 'won without a handoff',
    wrong: `The deal was won ${whenText(crm.wonAt)} and has no handoff. ${whyNot(both)}`,
    mend: 'Its handoff is started, as if the CRM had said so.',
    says: 'say that it was won',
  };
}

const problemsOf = (refused: readonly Refusal[]): string =>
  listed(refused.map(({ field, problem }) => `${field.replace(/^detail\./, '')} ${problem}`));

const whyNot = ({ heard, refusedBefore = [] }: DealOnBothSides): string => {
  if (refusedBefore.length > 0)
    return `We heard that it was won, and refused it: ${problemsOf(refusedBefore)}. Now it can begin.`;
  if (heard === undefined) return 'We never heard of it.';
  return heard === 'won'
    ? 'We heard that it was won, and the event was lost on its way.'
    : `The last we heard of it was that it is ${heard}.`;
};

function ownerDiffers(about: About, { accountExecutive }: Won, ours: DealInRecords): Difference | undefined {
  const { owner, toldOwner } = ours;
  if (accountExecutive === undefined || ours.status === 'waiting') return undefined;
  if (accountExecutive === owner || (owner === undefined && accountExecutive === toldOwner)) return undefined;
  const wrong = `In the CRM the deal belongs to ${accountExecutive}; in its handoff it belongs to ${owner ?? toldOwner}.`;
  if (accountExecutive === toldOwner)
    return {
      ...about,
      kind: 'owner differs',
      wrong,
      mend: 'Somebody reassigned it in the handoff, or the owner in the CRM is not active any more. If that is right, change the owner in the CRM, too.',
    };
  return {
    ...about,
    kind: 'owner differs',
    wrong,
    mend: 'The new owner takes over, as if the CRM had said so.',
    says: 'say what changed',
  };
}

/** Whether it ended because the CRM said that the deal is over: only then a deal that is won differs. What a person ended stays so. */
export const wasStoppedByCrm = ({ status, endedBy }: Pick<DealInRecords, 'status' | 'endedBy'>): boolean =>
  status === 'called off' || (status === 'cancelled' && endedBy === 'crm');

function wonAgain(
  about: About,
  { wonAt }: Won,
  { wasDeleted, ...ours }: DealInRecords & { readonly wasDeleted: boolean },
): Difference | undefined {
  if (!wasStoppedByCrm(ours)) return undefined;
  const { status, endedAt } = ours;
  const since = endedAt === undefined || wonAt === undefined ? Number.NaN : endOf(wonAt) - Date.parse(endedAt);
  const wrong = `The deal is won in the CRM; its handoff was ${status === 'called off' ? 'called off' : statusText('cancelled')} when the CRM said that the deal was over.`;
  const isNewer = since > 0 && wonAt !== undefined && !isDay(wonAt);
  if (isNewer || wasDeleted)
    return {
      ...about,
      kind: 'won without a handoff',
      wrong: `${wrong} It was ${isNewer ? `won again ${whenText(wonAt)}` : 'deleted there, and restored since'}.`,
      mend: 'A handoff is started for it, as if the CRM had said so.',
      says: 'say that it was won',
    };
  return {
    ...about,
    kind: 'won again, perhaps',
    wrong,
    mend: 'The CRM does not tell that it was won again. If it was, move it out of the won stage there and back again.',
  };
}

const isDay = (wonAt: string): boolean => /^\d{4}-\d\d-\d\d$/.test(wonAt);

/** The last moment at which it may have been won, milliseconds: a day may be one anywhere on earth. */
const endOf = (wonAt: string): number => Date.parse(wonAt) + (isDay(wonAt) ? 36 * 3_600_000 : 0);

const whenText = (wonAt: string): string =>
  isDay(wonAt) ? `on ${wonAt}` : `at ${wonAt.slice(0, 16).replace('T', ' ')} UTC`;

/** More than these, and more than this share of what was looked at: rather the CRM is misread than all these deals lost. */
const mostStopped = { count: 3, share: 0.2 };

/**
 * What is to be done about the differences. Where suspiciously many deals seem no longer won (a stage was renamed, a pipeline was
 * remapped), no handoff is stopped for that: a person has to look. `open`: how many open handoffs were looked at.
 */
export function withoutMassStops(differences: readonly Difference[], open: number): readonly Difference[] {
  const stopped = differences.filter(({ says }) => says === 'say that it is won no more').length;
  if (stopped <= mostStopped.count || stopped <= open * mostStopped.share) return differences;
  return differences.map(({ says, ...difference }) =>
    says === 'say that it is won no more'
      ? {
          ...difference,
          mend: `Not stopped: ${stopped} of ${open} open handoffs look so, which is more than deals are lost at once. Check the stages of the CRM's pipeline; if it is true, set these deals to lost once more.`,
        }
      : { ...difference, ...(says && { says }) },
  );
}

/** The same for the same difference, however often it is found. */
export const differenceKey = ({ kind, dealId, handoffId = '', wrong }: Difference): string =>
  [kind, dealId, handoffId, wrong].join('\n');

import { gunzipSync } from 'node:zlib';
import type { HandoffStatus } from '../domain/handoff/handoff.ts';
import type { Timeliness } from '../domain/handoff/timeliness.ts';
import type { Anchor } from '../domain/playbook/playbook.ts';
import type { MeasuredHandoff, MeasuredRound } from '../domain/reports/measured-handoff.ts';
import { instantOf } from '../domain/time/calendar-instant.ts';
import type { Unfinished } from '../ports/measured.ts';
import { instantTexts } from './instant-texts.ts';
import { firstTimes } from './row-columns.ts';

/** How earlier versions wrote rows; nothing is written so any more, and what was is read for good. */
const shape = 1;

/** Rows as they are kept: texts that recur stand once, times count in seconds from the signature, what is absent is null. */
interface Packed {
  readonly shape: number;
  readonly texts: readonly string[];
  readonly rows: readonly PackedRow[];
}

type Text = number;
type Maybe = number | null;

/** Flat, as thousands of them are read at once: what is in it stands in `unpackRow`. */
type PackedRow = readonly [
  id: string,
  customer: string,
  signed: number,
  status: Text,
  owed: number,
  who: readonly Maybe[],
  numbers: readonly Maybe[],
  rounds: readonly Maybe[],
  reached: readonly number[],
  stalled: readonly number[],
  outcomes: MeasuredHandoff['outcomes'],
  survey: MeasuredHandoff['survey'] | null,
  notKnown: readonly string[],
  /** Rows of earlier versions end before. */
  firsts?: readonly Maybe[],
  /** Of the rounds that rest: which, since when, and until when for the customer. Absent where none does. */
  rests?: readonly Maybe[],
];

/** So many numbers a round. */
const roundLength = 10;
/** And for each that rests. */
const restLength = 3;

/** The rows that an item holds. Throws where a later version of this code wrote it. */
export function unpackShapeOne(bytes: Uint8Array): MeasuredHandoff[] {
  const { texts, rows } = read(bytes);
  return rows.map((row) => unpackRow(row, texts));
}

/** What an item says of which handoffs are to be measured again, without making rows of all the others. */
export function unfinishedInShapeOne(bytes: Uint8Array): Unfinished {
  const { texts, rows } = read(bytes);
  const going: ReadonlySet<number> = new Set([texts.indexOf('open'), texts.indexOf('stalled')]);
  const isOver = ([, , , status, owed]: PackedRow) => texts[status] === 'cancelled' && owed === 0;
  return {
    ids: rows.filter(([, , , status, owed]) => going.has(status) || owed > 0).map(([id]) => id),
    canceled: new Map(
      rows.filter(isOver).map(([id, , signed, , , , [ended]]) => [id, instantOf(signed + 1000 * (ended ?? 0))]),
    ),
  };
}

function read(bytes: Uint8Array): Packed {
  const packed = JSON.parse(gunzipSync(bytes).toString()) as Packed;
  if (packed.shape !== shape) throw unknownShape(packed.shape);
  return packed;
}

/** Built member by member: pages wait for twenty thousand of them. */
function unpackRow(row: PackedRow, texts: readonly string[]): MeasuredHandoff {
  const [
    id,
    customer,
    signed,
    status,
    owed,
    who,
    numbers,
    rounds,
    reached,
    stalled,
    outcomes,
    survey,
    notKnown,
    firsts = [],
    rests = [],
  ] = row;
  const said = (index: Maybe | undefined): string => texts[index ?? -1] ?? '';
  const [segment, industry, name, hash, executive, executiveTeam, manager, managerTeam] = who;
  const [ended, percent, complete, draft, target, completeness, ...more] = numbers;
  const [returns, exceptions, opened, settled, overdue, waiting, onboarded, score] = more;
  const seconds = [0, ended ?? 0, ...stalled];
  for (let i = 1; i < reached.length; i += 2) seconds.push(reached[i] ?? 0);
  for (let i = 0; i < rounds.length; i += roundLength) seconds.push(rounds[i + 4] ?? 0, rounds[i + 5] ?? 0);
  const ofFirsts = seconds.length;
  for (const each of firsts) seconds.push(each ?? 0);
  const ofRests = seconds.length;
  for (let i = 0; i < rests.length; i += restLength) seconds.push(rests[i + 1] ?? 0, rests[i + 2] ?? 0);
  const instants = instantTexts();
  for (const each of seconds) instants.add(signed + Math.round(1000 * each));
  const at = instants.done();
  const [ofStalls, ofReached] = [2, 2 + stalled.length];
  const made: Writable<MeasuredHandoff> = {
    id,
    customer,
    signedAt: at(0),
    segment: said(segment),
    playbook: { name: said(name), hash: said(hash) },
    status: said(status) as HandoffStatus,
    reached: {},
    packagePercent: percent ?? 0,
    packageComplete: complete === 1,
    rounds: unpackRounds(rounds, said, (i) => at(ofReached + reached.length / 2 + i)),
    returns: returns ?? 0,
    exceptions: exceptions ?? 0,
    openItems: { opened: opened ?? 0, settled: settled ?? 0, overdue: overdue ?? 0, ...(owed > 0 && { owed }) },
    stalledAt: stalled.map((_, i) => at(ofStalls + i)),
    daysWaitingForCustomer: waiting ?? 0,
    outcomes,
  };
  const moments: Partial<Record<Anchor, string>> = {};
  for (let i = 0; i < reached.length; i += 2) moments[said(reached[i]) as Anchor] = at(ofReached + i / 2);
  made.reached = moments;
  if (isSaid(industry)) made.industry = said(industry);
  if (isSaid(executive)) made.accountExecutive = said(executive);
  if (isSaid(executiveTeam)) made.accountExecutiveTeam = said(executiveTeam);
  if (isSaid(manager)) made.customerSuccessManager = said(manager);
  if (isSaid(managerTeam)) made.customerSuccessManagerTeam = said(managerTeam);
  if (isSaid(ended)) made.endedAt = at(1);
  if (isSaid(draft)) made.draft = { percent: draft, target: target ?? 0 };
  if (isSaid(completeness)) made.completeness = completeness;
  if (survey) made.survey = survey;
  if (isSaid(onboarded)) made.onboardingComplete = onboarded === 1;
  if (isSaid(score)) made.handoffScore = score;
  if (notKnown.length > 0) made.notKnown = notKnown;
  for (const [i, name] of firstTimes.entries()) if (isSaid(firsts[i])) made[name] = at(ofFirsts + i);
  for (let i = 0; i < rests.length; i += restLength) {
    const round: Writable<MeasuredRound> | undefined = made.rounds[rests[i] ?? -1];
    const moment = ofRests + (2 * i) / restLength;
    const since = at(moment);
    if (round)
      round.rests = isSaid(rests[i + 2])
        ? { for: 'customer', since, until: at(moment + 1) }
        : { for: 'decision', since };
  }
  return made;
}

/** `at`: of each round when it ended, then when it was due. */
function unpackRounds(
  packed: readonly Maybe[],
  said: (index: Maybe | undefined) => string,
  at: (i: number) => string,
): readonly MeasuredRound[] {
  const rounds: MeasuredRound[] = [];
  for (let i = 0; i < packed.length; i += roundLength) {
    const moment = (2 * i) / roundLength;
    const [team, ended, promise, late] = [packed[i + 3], packed[i + 4], packed[i + 7], packed[i + 8]];
    const round = {
      step: said(packed[i]),
      round: packed[i + 1] ?? 1,
      owner: said(packed[i + 2]),
      team: isSaid(team) ? said(team) : undefined,
      endedAt: isSaid(ended) ? at(moment) : undefined,
      dueAt: at(moment + 1),
      timeliness: said(packed[i + 6]) as Timeliness,
      promise: isSaid(promise) ? (promise === 1 ? 'kept' : 'missed') : undefined,
      daysLate: isSaid(late) ? late : undefined,
      saidNo: packed[i + 9] === 1 ? true : undefined,
      rests: undefined,
    };
    // All with the same members: what differs in them is several times as slow to read.
    rounds.push(round as unknown as MeasuredRound);
  }
  return rounds;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const isSaid = (value: Maybe | undefined): value is number => typeof value === 'number';

/** What is thrown where a later version wrote rows. */
export const unknownShape = (found: number): Error =>
  new Error(`Rows of reports have the shape ${found}, which this version does not know: deploy a newer one.`);

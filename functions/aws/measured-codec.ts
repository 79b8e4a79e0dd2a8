import { gunzipSync, gzipSync } from 'node:zlib';
import type { HandoffStatus } from '../domain/handoff/handoff.ts';
import type { Timeliness } from '../domain/handoff/timeliness.ts';
import type { Anchor } from '../domain/playbook/playbook.ts';
import type { MeasuredHandoff, MeasuredRound } from '../domain/reports/measured-handoff.ts';
import { dayLength, instantOf } from '../domain/time/calendar-instant.ts';
import type { Unfinished } from '../ports/measured.ts';

/** Of this shape; whoever changes it reads this one, too. */
const shape = 1;

/** Rows as they are kept: texts that recur stand once, times count in seconds from the signature, what is absent is null. */
interface Packed {
  readonly shape: number;
  readonly texts: readonly string[];
  readonly rows: readonly PackedRow[];
}

type Text = number;
type Maybe = number | null;

/** Flat, as thousands of them are read at once: what is in it stands in `packRow`. */
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

/** When something first was so, in this order. */
const firstTimes = [
  'handedOverAt',
  'returnedAt',
  'exceptionAt',
  'onboardingSaidAt',
] as const satisfies readonly (keyof MeasuredHandoff)[];

/** So many numbers a round. */
const roundLength = 10;
/** And for each that rests. */
const restLength = 3;

/** Compresses rows to what one item of the table holds. */
export function packRows(handoffs: readonly MeasuredHandoff[]): Uint8Array {
  const known = new Map<string, number>();
  const text = (value: string): Text => {
    const index = known.get(value) ?? known.size;
    known.set(value, index);
    return index;
  };
  const rows = handoffs.map((handoff) => packRow(handoff, text));
  const packed: Packed = { shape, texts: [...known.keys()], rows };
  return gzipSync(JSON.stringify(packed));
}

/** The rows that an item holds. Throws where a later version of this code wrote it. */
export function unpackRows(bytes: Uint8Array): MeasuredHandoff[] {
  const { texts, rows } = read(bytes);
  return rows.map((row) => unpackRow(row, texts));
}

/** What an item says of which handoffs are to be measured again, without making rows of all the others. */
export function unfinishedIn(bytes: Uint8Array): Unfinished {
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
  if (packed.shape !== shape)
    throw new Error(
      `Rows of reports have the shape ${packed.shape}, which this version does not know: deploy a newer one.`,
    );
  return packed;
}

function packRow(row: MeasuredHandoff, text: (value: string) => Text): PackedRow {
  const signed = Date.parse(row.signedAt);
  const since = (at: string): number => (Date.parse(at) - signed) / 1000;
  const maybe = <T>(value: T | undefined, pack: (value: T) => number): Maybe =>
    value === undefined ? null : pack(value);
  const round = (each: MeasuredRound): readonly Maybe[] => [
    text(each.step),
    each.round,
    text(each.owner),
    maybe(each.team, text),
    maybe(each.endedAt, since),
    since(each.dueAt),
    text(each.timeliness),
    each.promise === undefined ? null : Number(each.promise === 'kept'),
    maybe(each.daysLate, Number),
    Number(each.saidNo ?? false),
  ];
  const rests = row.rounds.flatMap(({ rests: each }, i): readonly Maybe[] =>
    each ? [i, since(each.since), each.for === 'customer' ? since(each.until) : null] : [],
  );
  const packed: PackedRow = [
    row.id,
    row.customer,
    signed,
    text(row.status),
    row.openItems.owed ?? 0,
    [
      text(row.segment),
      maybe(row.industry, text),
      text(row.playbook.name),
      text(row.playbook.hash),
      maybe(row.accountExecutive, text),
      maybe(row.accountExecutiveTeam, text),
      maybe(row.customerSuccessManager, text),
      maybe(row.customerSuccessManagerTeam, text),
    ],
    [
      maybe(row.endedAt, since),
      row.packagePercent,
      Number(row.packageComplete),
      maybe(row.draft?.percent, Number),
      maybe(row.draft?.target, Number),
      maybe(row.completeness, Number),
      row.returns,
      row.exceptions,
      row.openItems.opened,
      row.openItems.settled,
      row.openItems.overdue,
      row.daysWaitingForCustomer,
      maybe(row.onboardingComplete, Number),
      maybe(row.handoffScore, Number),
    ],
    row.rounds.flatMap(round),
    Object.entries(row.reached).flatMap(([anchor, at]) => [text(anchor), since(at)]),
    row.stalledAt.map(since),
    row.outcomes,
    row.survey ?? null,
    row.notKnown ?? [],
    firstTimes.map((name) => maybe(row[name], since)),
  ];
  return rests.length > 0 ? ([...packed, rests] as unknown as PackedRow) : packed;
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
  const at = instantsOf(signed, seconds);
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

const secondsText = '2026-11-20T15:00:00Z'.length;
const dayTexts = new Map<number, Buffer>();
let room = Buffer.alloc(256 * secondsText);

/**
 * What `instantOf` says of moments, ten times as fast: the texts of a row are cut out of one, which also takes the least room. Few
 * of the many instants in rows are of different days.
 */
function instantsOf(signed: number, seconds: readonly number[]): (i: number) => string {
  const epochs = seconds.map((each) => signed + Math.round(1000 * each));
  if (epochs.some((epoch) => epoch % 1000 !== 0)) return (i) => instantOf(epochs[i] ?? 0);
  if (epochs.length * secondsText > room.length) room = Buffer.alloc(2 * epochs.length * secondsText);
  for (const [i, epoch] of epochs.entries()) write(epoch, i * secondsText);
  const all = room.toString('latin1', 0, epochs.length * secondsText);
  return (i) => all.slice(i * secondsText, (i + 1) * secondsText);
}

function write(epoch: number, at: number): void {
  const day = Math.floor(epoch / dayLength);
  const date = dayTexts.get(day) ?? Buffer.from(instantOf(day * dayLength), 'latin1');
  dayTexts.set(day, date);
  room.set(date, at);
  const left = (epoch - day * dayLength) / 1000;
  writeTwo(Math.floor(left / 3600), at + 11);
  writeTwo(Math.floor(left / 60) % 60, at + 14);
  writeTwo(left % 60, at + 17);
}

const zero = 48;

function writeTwo(number: number, at: number): void {
  const tens = Math.floor(number / 10);
  room[at] = zero + tens;
  room[at + 1] = zero + number - 10 * tens;
}

import type { OutcomeKind } from '../domain/deal/outcome.ts';
import type { HandoffStatus } from '../domain/handoff/handoff.ts';
import type { Timeliness } from '../domain/handoff/timeliness.ts';
import type { Anchor } from '../domain/playbook/playbook.ts';
import type { MeasuredHandoff, MeasuredRound } from '../domain/reports/measured-handoff.ts';
import { dayLength } from '../domain/time/calendar-instant.ts';
import { instantTexts } from './instant-texts.ts';
import { type Column, unfolded } from './number-columns.ts';
import {
  columnNames,
  daysUntil,
  firstTimes,
  hour,
  late,
  maybe,
  minute,
  type RowTexts,
  said,
  teams,
  waits,
} from './row-columns.ts';
import { ownerOf, type RowColumns, type RowPeople, standingOf, stepsIn } from './row-places.ts';

/** How rounds were judged, by the text that says it. */
type Judged = readonly [timeliness: Timeliness, promise: 'kept' | 'missed' | null, saidNo: boolean];

/**
 * Rows as `packColumns` was given them. Pages wait for twenty thousand of them: all are made with the same members in the same order, as
 * what differs in them is several times as slow to read.
 */
export function unpackColumns({ texts, ids, customers, odd }: RowTexts, columns: readonly Column[]): MeasuredHandoff[] {
  const column = Object.fromEntries(columnNames.map((name, i) => [name, columns[i]])) as RowColumns;
  const { signed, ended } = standingOf(columns);
  const { steps, places } = stepsIn(column, texts.length);
  const [judged, playbooks] = [new Map<number, Judged>(), new Map<number, MeasuredHandoff['playbook']>()];
  const instants = instantTexts();
  /** By the numbers of texts: when it was, and in which row, counted from 1. */
  const [named, namedIn] = [new Float64Array(texts.length), new Int32Array(texts.length)];
  /** By the numbers of texts: 1 and the number of the team, 0 for none. */
  const lastTeams = new Int32Array(texts.length);
  /** Of the rounds of a row: when each ended, NaN where it has not, and when it was due. */
  const [ends, dues]: [number[], number[]] = [[], []];
  /** By the place of a round among those of its row: since when it waits, and until when. */
  const resting = new Map<number, readonly number[]>();
  let [oddAt, restAt, roundAt, anchorAt, stallAt, toldAt, outcomeAt, waitAt] = [0, 0, 0, 0, 0, 0, 0, 0];

  const text = (index: number | undefined): string => texts[index ?? 0] ?? '';
  const orNot = (value: number | undefined): string | undefined => (value ? texts[value - 1] : undefined);
  function number(value: number | undefined, from: number = maybe.itself, times = 1): number | undefined {
    if (value === undefined || value === maybe.absent) return undefined;
    return value === maybe.odd ? odd[oddAt++] : (value - from) / times;
  }
  /** Of somebody, and their team: 1 and the number of their text, 0 for nobody. */
  function team(person: number, value: number | undefined): number {
    const before = person === 0 ? 0 : (lastTeams[person - 1] ?? 0);
    const now = value === undefined || value === teams.asBefore ? before : value - teams.none;
    if (person !== 0) lastTeams[person - 1] = now;
    return now;
  }
  function instant(how: number | undefined, span: number | undefined, since: number, base: number): number {
    const far = unfolded(span ?? 0);
    if (how === said.halfHours) return Math.floor(base / dayLength) * dayLength + (far * hour) / 2;
    if (how === said.minutes) return (Math.floor(base / minute) + far) * minute + (column.rests[restAt++] ?? 0);
    if (how === said.hoursSinceSigned) return since + far * hour;
    return (named[(how ?? 0) - said.hoursSince] ?? 0) + far * hour;
  }

  /** When rounds ended, then what was reached, then when rounds were due: each may be said from those before. */
  function readMoments(i: number, since: number): void {
    const rounds = column.rounds[i] ?? 0;
    let atMinute = Math.floor(since / minute);
    for (let r = 0; r < rounds; r += 1) {
      const [step, place] = [steps[roundAt + r] ?? 0, places[roundAt + r] ?? 0];
      const value = column.roundEnded[place] ?? 0;
      ends[r] = Number.NaN;
      if (value === 0) continue;
      atMinute += unfolded(value - 1);
      const end = atMinute * minute + (column.roundRest[place] ?? 0);
      ends[r] = end;
      named[step] = end;
      namedIn[step] = i + 1;
    }
    const reached = column.reached[i] ?? 0;
    const found: number[] = [];
    for (let a = anchorAt; a < anchorAt + reached; a += 1)
      found.push(instant(column.reachedAt[a], column.reachedSpan[a], since, since));
    for (let a = 0; a < reached; a += 1) {
      const epoch = found[a] ?? 0;
      instants.add(epoch);
      const anchor = column.anchors[anchorAt + a] ?? 0;
      if (namedIn[anchor] === i + 1) continue;
      named[anchor] = epoch;
      namedIn[anchor] = i + 1;
    }
  }

  function judgedAs(index: number): Judged {
    const known = judged.get(index) ?? (JSON.parse(text(index)) as Judged);
    judged.set(index, known);
    return known;
  }

  /** Rounds without the texts of their instants, which come in the end. */
  function readRounds(i: number, since: number, of: RowPeople): Writable<MeasuredRound>[] {
    const rounds: Writable<MeasuredRound>[] = [];
    const end = ended[i] ?? Number.NaN;
    let near = since;
    for (let r = 0; r < (column.rounds[i] ?? 0); r += 1) {
      const place = places[roundAt + r] ?? 0;
      const endedAt = ends[r] ?? Number.NaN;
      if (!Number.isNaN(endedAt)) near = endedAt;
      const due = instant(column.due[place], column.dueSpan[place], since, near);
      dues[r] = due;
      const owner = ownerOf(column.owner[place] ?? 0, of);
      const [timeliness, promise, saidNo] = judgedAs(column.judged[place] ?? 0);
      const isLate = column.late[place] ?? 0;
      const round = {
        step: text(steps[roundAt + r]),
        round: column.round[place] ?? 1,
        owner: orNot(owner) ?? '',
        team: orNot(team(owner, column.team[place])),
        endedAt: undefined,
        dueAt: '',
        timeliness,
        promise: promise ?? undefined,
        daysLate:
          isLate === late.untilEnd
            ? daysUntil(due, Number.isNaN(endedAt) ? end : endedAt)
            : number(isLate, late.itself, 100),
        saidNo: saidNo || undefined,
        rests: undefined,
      };
      const wait = column.waits[place] ?? waits.nothing;
      if (wait !== waits.nothing)
        resting.set(
          r,
          Array.from({ length: wait }, () => instant(column.waitAt[waitAt], column.waitSpan[waitAt++], since, due)),
        );
      rounds.push(round as unknown as Writable<MeasuredRound>);
    }
    return rounds;
  }

  function tellAt(since: number): (at: string) => string {
    instants.add(instant(column.toldAt[toldAt], column.toldSpan[toldAt], since, since));
    return column.toldForm[toldAt++] === 1 ? (at) => at.replace('Z', '.000Z') : (at) => at;
  }

  function unpackRow(i: number): MeasuredHandoff {
    const since = signed[i] ?? 0;
    const end = ended[i] ?? Number.NaN;
    const owed = number(column.owed[i]) ?? 0;
    const [executive, manager] = [column.executive[i] ?? 0, column.manager[i] ?? 0];
    const executiveTeam = team(executive, column.executiveTeam[i]);
    const managerTeam = team(manager, column.managerTeam[i]);
    const packagePercent = number(column.percent[i]) ?? 0;
    const [draft, draftTarget] = [number(column.draft[i]), number(column.draftTarget[i])];
    const completeness = number(column.completeness[i]);
    const [returns, exceptions] = [number(column.returns[i]) ?? 0, number(column.exceptions[i]) ?? 0];
    const [opened, settled] = [number(column.opened[i]) ?? 0, number(column.settled[i]) ?? 0];
    const overdue = number(column.overdue[i]) ?? 0;
    const waiting = number(column.waiting[i], maybe.itself, 100) ?? 0;
    const score = number(column.score[i]);
    const [surveyScore, surveyTarget] = [number(column.surveyScore[i]), number(column.surveyTarget[i])];

    instants.add(since);
    if (!Number.isNaN(end)) instants.add(end);
    readMoments(i, since);
    const rounds = readRounds(i, since, { executive, executiveTeam, manager, managerTeam });
    for (let r = 0; r < rounds.length; r += 1) {
      const endedAt = ends[r] ?? Number.NaN;
      if (!Number.isNaN(endedAt)) instants.add(endedAt);
      instants.add(dues[r] ?? 0);
      for (const each of resting.get(r) ?? []) instants.add(each);
    }
    const stalls = column.stalls[i] ?? 0;
    for (let s = 0; s < stalls; s += 1, stallAt += 1)
      instants.add(instant(column.stalledAt[stallAt], column.stalledSpan[stallAt], since, since));
    for (let f = firstTimes.length * i; f < firstTimes.length * (i + 1); f += 1)
      if (column.firsts[f]) instants.add(instant((column.firsts[f] ?? 1) - 1, column.firstSpan[f], since, since));
    const surveyText = surveyScore === undefined ? undefined : tellAt(since);
    const outcomes = Array.from({ length: column.outcomes[i] ?? 0 }, () => {
      const outcome = text(column.outcome[outcomeAt]) as OutcomeKind;
      const say = tellAt(since);
      const [amount, currency] = [number(column.amount[outcomeAt]), orNot(column.currency[outcomeAt++])];
      return { outcome, say, amount, currency };
    });

    // In the order in which they were added.
    const said = instants.done();
    let next = 0;
    const at = () => said(next++);
    const signedAt = at();
    const endedAt = Number.isNaN(end) ? undefined : at();
    const reached: Partial<Record<Anchor, string>> = {};
    for (let a = 0; a < (column.reached[i] ?? 0); a += 1) reached[text(column.anchors[anchorAt++]) as Anchor] = at();
    for (const [r, round] of rounds.entries()) {
      if (!Number.isNaN(ends[r])) round.endedAt = at();
      round.dueAt = at();
      const wait = resting.get(r);
      if (wait?.length === waits.decision) round.rests = { for: 'decision', since: at() };
      if (wait?.length === waits.customer) round.rests = { for: 'customer', since: at(), until: at() };
    }
    roundAt += rounds.length;
    resting.clear();
    const stalledAt = Array.from({ length: stalls }, at);
    const [handedOverAt, returnedAt, exceptionAt, onboardingSaidAt] = firstTimes.map((_, f) =>
      column.firsts[firstTimes.length * i + f] ? at() : undefined,
    );
    const survey =
      surveyScore === undefined || !surveyText
        ? undefined
        : {
            score: surveyScore,
            ...(surveyTarget !== undefined && { target: surveyTarget }),
            at: surveyText(at()),
          };
    const row = {
      id: ids[i],
      customer: customers[i],
      signedAt,
      segment: text(column.segment[i]),
      industry: orNot(column.industry[i]),
      playbook: playbookAs(column.playbook[i] ?? 0),
      accountExecutive: orNot(executive),
      accountExecutiveTeam: orNot(executiveTeam),
      customerSuccessManager: orNot(manager),
      customerSuccessManagerTeam: orNot(managerTeam),
      status: text(column.status[i]) as HandoffStatus,
      endedAt,
      reached,
      packagePercent,
      packageComplete: column.complete[i] === 1,
      draft: draft === undefined ? undefined : { percent: draft, target: draftTarget ?? 0 },
      completeness,
      rounds,
      handedOverAt,
      returns,
      exceptions,
      returnedAt,
      exceptionAt,
      openItems: { opened, settled, overdue, owed: owed > 0 ? owed : undefined },
      stalledAt,
      daysWaitingForCustomer: waiting,
      survey,
      onboardingComplete: column.onboarded[i] ? column.onboarded[i] === 2 : undefined,
      onboardingSaidAt,
      handoffScore: score,
      outcomes: outcomes.map(({ outcome, say, amount, currency }) => ({
        outcome,
        at: say(at()),
        ...(amount !== undefined && { amount }),
        ...(currency !== undefined && { currency }),
      })),
      notKnown: column.notKnown[i] ? (JSON.parse(orNot(column.notKnown[i]) ?? '[]') as string[]) : undefined,
    };
    return row as unknown as MeasuredHandoff;
  }

  function playbookAs(index: number): MeasuredHandoff['playbook'] {
    let known = playbooks.get(index);
    if (!known) {
      const [name, hash] = JSON.parse(text(index)) as [string, string];
      known = { name, hash };
      playbooks.set(index, known);
    }
    return known;
  }

  return ids.map((_, i) => unpackRow(i));
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

import type { MeasuredHandoff, MeasuredRound } from '../domain/reports/measured-handoff.ts';
import { dayLength } from '../domain/time/calendar-instant.ts';
import { folded, writeColumns } from './number-columns.ts';
import {
  columnNames,
  daysUntil,
  firstTimes,
  hour,
  late,
  maybe,
  minute,
  owners,
  type RowTexts,
  said,
  stepColumns,
  teams,
  waits,
} from './row-columns.ts';

type Name = (typeof columnNames)[number];

/** Rows as columns: small numbers, as alike as can be, as each is said from what is known before it. */
export function packColumns(handoffs: readonly MeasuredHandoff[]): RowTexts & { readonly columns: Uint8Array } {
  const packer = createPacker();
  for (const handoff of handoffs) packer.add(handoff);
  return {
    ...packer.done(),
    ids: handoffs.map(({ id }) => id),
    customers: handoffs.map(({ customer }) => customer),
  };
}

interface Moments {
  readonly signed: number;
  /** By the numbers of texts: when an anchor was reached, when a step last ended. */
  readonly named: Map<number, number>;
}

function createPacker() {
  const known = new Map<string, number>();
  const text = (value: string): number => {
    const index = known.get(value) ?? known.size;
    known.set(value, index);
    return index;
  };
  const orNot = (value: string | undefined): number => (value === undefined ? 0 : 1 + text(value));
  const columns = Object.fromEntries(columnNames.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  const bySteps = new Map<number, Record<(typeof stepColumns)[number], number[]>>();
  const odd: number[] = [];
  const put = (values: Partial<Record<Name, number>>): void => {
    for (const name in values) columns[name as Name].push(values[name as Name] ?? 0);
  };
  const number = (value: number | undefined, { from = maybe.itself as number, times = 1 } = {}): number => {
    if (value === undefined) return maybe.absent;
    const whole = Math.round(value * times);
    if (whole >= 0 && whole < 2 ** 40 && whole / times === value) return from + whole;
    odd.push(value);
    return maybe.odd;
  };
  /** The team that each was last in. */
  const lastTeams = new Map<string, string | undefined>();
  const team = (person: string | undefined, value: string | undefined): number => {
    const before = person === undefined ? undefined : lastTeams.get(person);
    if (person !== undefined) lastTeams.set(person, value);
    if (value === before) return teams.asBefore;
    return value === undefined ? teams.none : teams.other + text(value);
  };

  /** How an instant of a kind was last said: most of its others are said alike. */
  const lastSaid = new Map<string, number>();
  /** An instant from what is known of its row: how, and how far away; `base` is one nearby. */
  function instant(
    epoch: number,
    { signed, named }: Moments,
    { of, base }: { of: string; base: number },
  ): readonly [number, number] {
    const isFrom = (how: number): boolean => {
      if (how === said.halfHours) return epoch % (hour / 2) === 0;
      if (how === said.hoursSinceSigned) return (epoch - signed) % hour === 0;
      const since = named.get(how - said.hoursSince);
      return since !== undefined && (epoch - since) % hour === 0;
    };
    const last = lastSaid.get(of) ?? said.halfHours;
    const isAsLast = last !== said.minutes && isFrom(last);
    const how = isAsLast ? last : ([said.halfHours, said.hoursSinceSigned].find(isFrom) ?? sinceNamed(named, isFrom));
    lastSaid.set(of, how);
    if (how === said.halfHours)
      return [how, folded((2 * epoch) / hour - (2 * dayLength * Math.floor(base / dayLength)) / hour)];
    if (how === said.minutes) {
      const minutes = Math.floor(epoch / minute);
      columns.rests.push(epoch - minutes * minute);
      return [how, folded(minutes - Math.floor(base / minute))];
    }
    const since = how === said.hoursSinceSigned ? signed : (named.get(how - said.hoursSince) ?? 0);
    return [how, folded((epoch - since) / hour)];
  }

  /** From the last of those that have a name; in minutes where it is from none. */
  function sinceNamed(named: Moments['named'], isFrom: (how: number) => boolean): number {
    let found: number = said.minutes;
    for (const index of named.keys()) if (isFrom(said.hoursSince + index)) found = said.hoursSince + index;
    return found;
  }

  /** An instant that may be written in two ways: as ours are, or with milliseconds though there are none. */
  function told(at: string, moments: Moments, of: string): void {
    const epoch = Date.parse(at);
    const [toldAt, toldSpan] = instant(epoch, moments, { of, base: moments.signed });
    put({ toldForm: at.endsWith('.000Z') ? 1 : 0, toldAt, toldSpan });
  }

  let before = 0;
  const lastSteps = new Map<number, number>();

  function addRounds(row: MeasuredHandoff, moments: Moments): void {
    let last = -1;
    const steps = row.rounds.map(({ step }) => text(step));
    for (const step of steps) {
      put({ steps: lastSteps.get(last) === step ? 0 : 1 + step });
      lastSteps.set(last, step);
      last = step;
    }
    let [atMinute, near] = [Math.floor(moments.signed / minute), moments.signed];
    const nearby = row.rounds.map(({ endedAt }, i) => {
      const ended = endedAt === undefined ? undefined : Date.parse(endedAt);
      const minutes = ended === undefined ? 0 : Math.floor(ended / minute);
      const column = ofStep(steps[i] ?? 0);
      column.roundEnded.push(ended === undefined ? 0 : 1 + folded(minutes - atMinute));
      column.roundRest.push(ended === undefined ? 0 : ended - minutes * minute);
      if (ended !== undefined) {
        [atMinute, near] = [minutes, ended];
        moments.named.set(steps[i] ?? 0, ended);
      }
      return near;
    });
    addReached(row, moments);
    for (const [i, round] of row.rounds.entries())
      addRound(row, round, { moments, step: steps[i] ?? 0, base: nearby[i] ?? 0 });
  }

  function ofStep(step: number) {
    const known = bySteps.get(step);
    if (known) return known;
    const made = Object.fromEntries(stepColumns.map((name) => [name, []])) as unknown as NonNullable<typeof known>;
    bySteps.set(step, made);
    return made;
  }

  function addRound(
    row: MeasuredHandoff,
    round: MeasuredRound,
    { moments, step, base }: { moments: Moments; step: number; base: number },
  ): void {
    const column = ofStep(step);
    const due = Date.parse(round.dueAt);
    const end = round.endedAt ?? row.endedAt;
    const [how, span] = instant(due, moments, { of: `due ${step}`, base });
    column.round.push(round.round);
    column.owner.push(ownerOf(row, round.owner));
    column.team.push(team(round.owner, round.team));
    column.judged.push(text(JSON.stringify([round.timeliness, round.promise ?? null, round.saidNo ?? false])));
    const isUntilEnd = end !== undefined && round.daysLate === daysUntil(due, Date.parse(end));
    column.late.push(isUntilEnd ? late.untilEnd : number(round.daysLate, { from: late.itself, times: 100 }));
    column.due.push(how);
    column.dueSpan.push(span);
    column.waits.push(round.rests ? waits[round.rests.for] : waits.nothing);
    for (const at of round.rests ? [round.rests.since, ...('until' in round.rests ? [round.rests.until] : [])] : []) {
      const [waitAt, waitSpan] = instant(Date.parse(at), moments, { of: 'waits', base: due });
      put({ waitAt, waitSpan });
    }
  }

  function ownerOf(row: MeasuredHandoff, owner: string): number {
    if (owner === row.accountExecutive) return owners.executive;
    if (owner === row.customerSuccessManager) return owners.manager;
    if (owner === row.accountExecutiveTeam) return owners.executiveTeam;
    return owner === row.customerSuccessManagerTeam ? owners.managerTeam : owners.other + text(owner);
  }

  function addReached(row: MeasuredHandoff, moments: Moments): void {
    const reached = Object.entries(row.reached);
    // A step may be called as an anchor is: what is said of either counts from when its step ended.
    const found = reached.map(([anchor, at]) => {
      const epoch = Date.parse(at);
      const [reachedAt, reachedSpan] = instant(epoch, moments, { of: `reached ${anchor}`, base: moments.signed });
      put({ anchors: text(anchor), reachedAt, reachedSpan });
      return [text(anchor), epoch] as const;
    });
    for (const [anchor, epoch] of found) if (!moments.named.has(anchor)) moments.named.set(anchor, epoch);
  }

  return {
    add(row: MeasuredHandoff): void {
      const signed = Date.parse(row.signedAt);
      const moments: Moments = { signed, named: new Map() };
      const [signedMinute, ended] = [Math.floor(signed / minute), row.endedAt && Date.parse(row.endedAt)];
      const endedMinute = ended ? Math.floor(ended / minute) : 0;
      put({
        status: text(row.status),
        owed: number(row.openItems.owed ?? 0),
        signed: folded(signedMinute - before),
        signedRest: signed - signedMinute * minute,
        ended: ended ? 1 + folded(endedMinute - signedMinute) : 0,
        endedRest: ended ? ended - endedMinute * minute : 0,
        segment: text(row.segment),
        industry: orNot(row.industry),
        playbook: text(JSON.stringify([row.playbook.name, row.playbook.hash])),
        executive: orNot(row.accountExecutive),
        executiveTeam: team(row.accountExecutive, row.accountExecutiveTeam),
        manager: orNot(row.customerSuccessManager),
        managerTeam: team(row.customerSuccessManager, row.customerSuccessManagerTeam),
        percent: number(row.packagePercent),
        complete: Number(row.packageComplete),
        draft: number(row.draft?.percent),
        draftTarget: number(row.draft?.target),
        completeness: number(row.completeness),
        returns: number(row.returns),
        exceptions: number(row.exceptions),
        opened: number(row.openItems.opened),
        settled: number(row.openItems.settled),
        overdue: number(row.openItems.overdue),
        waiting: number(row.daysWaitingForCustomer, { times: 100 }),
        onboarded: row.onboardingComplete === undefined ? 0 : 1 + Number(row.onboardingComplete),
        score: number(row.handoffScore),
        notKnown: row.notKnown && row.notKnown.length > 0 ? 1 + text(JSON.stringify(row.notKnown)) : 0,
        rounds: row.rounds.length,
        reached: Object.keys(row.reached).length,
        stalls: row.stalledAt.length,
        surveyScore: number(row.survey?.score),
        surveyTarget: number(row.survey?.target),
        outcomes: row.outcomes.length,
      });
      before = signedMinute;
      addRounds(row, moments);
      for (const at of row.stalledAt) {
        const [stalledAt, stalledSpan] = instant(Date.parse(at), moments, { of: 'stalled', base: signed });
        put({ stalledAt, stalledSpan });
      }
      for (const name of firstTimes) {
        const at = row[name];
        const [how, firstSpan] = at ? instant(Date.parse(at), moments, { of: name, base: signed }) : [-1, 0];
        put({ firsts: 1 + how, firstSpan });
      }
      if (row.survey) told(row.survey.at, moments, 'survey');
      for (const { outcome, at, amount, currency } of row.outcomes) {
        told(at, moments, outcome);
        put({ outcome: text(outcome), amount: number(amount), currency: orNot(currency) });
      }
    },

    done() {
      for (const [, made] of [...bySteps].sort(([one], [other]) => one - other))
        for (const name of stepColumns) columns[name].push(...made[name]);
      return { texts: [...known.keys()], odd, columns: writeColumns(columnNames.map((name) => columns[name])) };
    },
  };
}

import { numberText } from '../texts/number-text.ts';
import { medianOf, smallSample } from './figures.ts';
import type { Measured, MeasuredHandoff } from './measured-handoff.ts';
import { wasOnTime, whether } from './samples.ts';
import { type NamedStep, stepsInOrder } from './steps.ts';

/** The step that costs the most days, with the numbers that say so. */
export interface Bottleneck {
  readonly step: NamedStep;
  /** Where one segment is clearly worse than all together. */
  readonly segment?: string;
  /** In how many handoffs the step was late at least once, of those in which it was due. */
  readonly late: number;
  readonly of: number;
  /** Calendar days after the due time, of all that were late; of open rounds at most `mostOpenDays`. */
  readonly days: number;
  /** The same, in the middle of those that were late. */
  readonly medianDays: number;
  /** How many steps cannot be asked before it is over; undefined where the playbook's record doesn't say. */
  readonly waiting?: number;
  /** Too few were late to say how late the next one will be. */
  readonly isSmall: boolean;
  /** Ids of the handoffs in which it was late. */
  readonly handoffs: readonly string[];
}

/** A segment is named when its share is this much worse than that of all handoffs. */
const clearlyWorse = 1.25;

/** Fewer late handoffs than this are those handoffs' own trouble, not the step's. */
const fewLate = 3;

/** What is open longer needs a person: it says how long nobody looked, not how long the step takes. */
export const mostOpenDays = 14;

/**
 * The bottleneck: of all steps the one with the most days late in all; of a step that one segment is late with clearly more often, in
 * that segment. A step that few handoffs were late with is one only where
 * there is no other. Undefined when nothing was late.
 */
export function bottleneckOf({
  handoffs,
  playbooks,
}: Pick<Measured, 'handoffs' | 'playbooks'>): Bottleneck | undefined {
  const found = stepsInOrder(playbooks).flatMap((step) => lateAt(step, handoffs, playbooks) ?? []);
  const [worst] = found.toSorted((a, b) => whether(isOften(b)) - whether(isOften(a)) || b.days - a.days);
  if (!worst) return undefined;
  const segments = [...Map.groupBy(handoffs, ({ segment }) => segment)].flatMap(([segment, those]) => {
    const there = lateAt(worst.step, those, playbooks);
    return there && isOften(there) && there.of >= smallSample && there.of < worst.of ? [{ ...there, segment }] : [];
  });
  const [worse] = segments
    .filter((there) => shareOf(there) >= clearlyWorse * shareOf(worst))
    .toSorted((a, b) => shareOf(b) - shareOf(a));
  return worse ?? worst;
}

const isOften = ({ late }: Bottleneck): boolean => late >= fewLate;

const shareOf = ({ late, of }: Bottleneck): number => late / of;

function lateAt(
  step: NamedStep,
  handoffs: readonly MeasuredHandoff[],
  playbooks: Measured['playbooks'],
): Bottleneck | undefined {
  const due = handoffs.flatMap(({ id, rounds }) => {
    const judged = rounds.filter((round) => round.step === step.id && wasOnTime(round) !== undefined);
    const late = judged.flatMap(({ daysLate, endedAt }) =>
      daysLate === undefined ? [] : endedAt === undefined ? Math.min(daysLate, mostOpenDays) : daysLate,
    );
    return judged.length > 0 ? [{ id, late }] : [];
  });
  const late = due.filter((each) => each.late.length > 0);
  const days = late.flatMap((each) => each.late);
  const medianDays = medianOf(days);
  if (medianDays === undefined) return undefined;
  const waiting = waitingFor(step, playbooks);
  return {
    step,
    late: late.length,
    of: due.length,
    days: days.reduce((sum, each) => sum + each, 0),
    medianDays,
    ...(waiting === undefined ? {} : { waiting }),
    isSmall: due.length < smallSample || late.length < fewLate,
    handoffs: late.map(({ id }) => id),
  };
}

function waitingFor({ id }: NamedStep, playbooks: Measured['playbooks']): number | undefined {
  const newest = playbooks
    .filter(({ steps }) => steps.some((step) => step.id === id))
    .toSorted((a, b) => Date.parse(b.since) - Date.parse(a.since))[0];
  if (!newest?.steps.some(({ waitsFor }) => waitsFor !== undefined)) return undefined;
  return newest.steps.filter(({ waitsFor }) => waitsFor?.includes(id)).length;
}

/** '“Complete the handoff package” costs 32 days in all: late in 38% of enterprise deals (19 of 50), median 1.4 days. 12 steps wait for it.' */
export function bottleneckText({ step, segment, late, of, days, medianDays, waiting, isSmall }: Bottleneck): string {
  const deals = `${segment === undefined ? '' : `${segment} `}deals`;
  const share = isSmall
    ? `late in ${late} of ${of} ${deals}, too few to say how often it will be`
    : `late in ${Math.round((100 * late) / of)}% of ${deals} (${late} of ${of})`;
  const first = `“${step.title}” costs ${daysText(days)} in all: ${share}, median ${daysText(medianDays)}.`;
  if (!waiting) return first;
  return `${first} ${waiting === 1 ? '1 step waits' : `${waiting} steps wait`} for it.`;
}

/** To one decimal, as elsewhere in reports. */
const daysText = (exact: number): string => {
  const days = Math.round(exact * 10) / 10;
  if (days === 0) return 'less than a day';
  return days === 1 ? '1 day' : `${numberText(days)} days`;
};

import type { Instant } from '../time/calendar.ts';
import type { Period } from '../time/periods.ts';
import type { MeasureId } from './definitions.ts';
import type { Figure } from './figures.ts';

/** A number as it went out. */
export interface PublishedFigure {
  readonly measure: MeasureId;
  /** Absent where there was nothing to count. */
  readonly value?: number;
  readonly n: number;
}

/** The numbers of a week as they went out, kept for good. */
export interface PublishedKpis {
  readonly week: Period;
  readonly at: Instant;
  readonly figures: readonly PublishedFigure[];
}

/** A number that is another one now than when it was published. */
export interface Correction {
  readonly measure: MeasureId;
  readonly published: PublishedFigure;
  readonly now: PublishedFigure;
}

/** A figure as it is kept, to four decimals: more than anybody is shown. */
export function toPublish({ measure, value, n }: Figure): PublishedFigure {
  return { measure, ...(value === undefined ? {} : { value: Math.round(value * 10_000) / 10_000 }), n };
}

/** What was published of a figure of a week, where that reads otherwise than what is known now. */
export function sentOtherwise(
  figure: Figure,
  week: Period,
  published: readonly PublishedKpis[],
): PublishedFigure | undefined {
  const sent = published.find((each) => each.week === week)?.figures.find(({ measure }) => measure === figure.measure);
  const now = toPublish(figure);
  return sent === undefined || (sent.value === now.value && sent.n === now.n) ? undefined : sent;
}

/**
 * What a week's figures say differently from what was published. A figure that was not published then, or is not made any more,
 * is no correction.
 */
export const comparePublished = (figures: readonly Figure[], { figures: published }: PublishedKpis): Correction[] =>
  figures.flatMap((figure) => {
    const before = published.find(({ measure }) => measure === figure.measure);
    const now = toPublish(figure);
    const isSame = before?.value === now.value && before?.n === now.n;
    return before === undefined || isSame ? [] : [{ measure: figure.measure, published: before, now }];
  });

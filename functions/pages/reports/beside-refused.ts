import { excerpt } from '../../domain/fields/clean-text.ts';
import type { Refusal } from '../../domain/fields/refusal.ts';
import { isMeasure } from '../../domain/reports/definitions.ts';
import type { ReportPageId } from '../../domain/reports/report-address.ts';
import { isComparable } from './changes-page.ts';
import { orderOf, pageIn, sortingNames } from './handoff-list.ts';
import { missTitles } from './heat-map-page.ts';
import { isShown } from './measures-page.ts';
import type { ReportReading } from './report-reading.ts';

interface Beside {
  readonly page: ReportPageId;
  readonly name: string;
  readonly isGood: (text: string, reading: ReportReading) => boolean;
  readonly remedy: string;
}

/** What addresses may ask for beside the filter and the week, each on its own page. */
const asked: readonly Beside[] = [
  {
    page: 'heat-map',
    name: 'miss',
    isGood: (text) => Object.hasOwn(missTitles, text),
    remedy: `Use ${Object.keys(missTitles).join(' or ')}.`,
  },
  {
    page: 'handoffs',
    name: 'sort',
    isGood: (text) => orderOf(text) !== undefined,
    remedy: `Use one of ${sortingNames.join(', ')}, with - before it for the most first.`,
  },
  {
    page: 'handoffs',
    name: 'page',
    isGood: (_, { query }) => pageIn(query) !== undefined,
    remedy: 'Use a number of the pages below the list.',
  },
  {
    page: 'measures',
    name: 'of',
    isGood: (text, reading) => isMeasure(text) && isShown(reading, text),
    remedy: 'Follow the link of a measure below.',
  },
  {
    page: 'changes',
    name: 'change',
    isGood: (text, reading) => isComparable(reading, text),
    remedy: 'Select one from the list.',
  },
];

/** What a page is asked for beside the filter and the week, and does not have; an empty value asks for nothing. */
export const besideRefused = (reading: ReportReading, page: ReportPageId): readonly Refusal[] =>
  asked.flatMap(({ page: own, name, isGood, remedy }) => {
    const text = own === page ? (reading.query.get(name)?.trim() ?? '') : '';
    if (text === '' || isGood(text, reading)) return [];
    return [{ field: name, problem: `“${excerpt(text, 40)}” isn’t one of the choices`, remedy }];
  });

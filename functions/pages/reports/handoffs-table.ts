import { definitionOf } from '../../domain/reports/definitions.ts';
import { sampleText, valueText } from '../../domain/reports/figure-text.ts';
import type { Figure } from '../../domain/reports/figures.ts';
import type { MeasuredHandoff } from '../../domain/reports/measured-handoff.ts';
import { reportPath } from '../../domain/reports/report-address.ts';
import { personIn } from '../../domain/reports/seen.ts';
import { html } from '../html.ts';
import { countsInFile, titleInFile, valueInFile } from './figure-marks.ts';
import { type ListedHandoff, type Order, type Sorting, sortText } from './handoff-list.ts';
import { openStepHtml } from './open-step.ts';
import { dayText } from './period-text.ts';
import type { ReportReading } from './report-reading.ts';
import type { ReportColumn, ReportTable } from './report-table.ts';

const statusTexts = {
  open: 'Running',
  stalled: 'Stalled',
  complete: 'Complete',
  cancelled: 'Canceled',
  abandoned: 'Abandoned',
} as const;
const statusTones = { open: 'now', stalled: 'bad', complete: 'good', cancelled: 'quiet', abandoned: 'bad' } as const;

/** The list as a table: few columns, and in a file what else tells a handoff from others. */
export function handoffsTable(
  reading: ReportReading,
  {
    rows,
    order,
    caption,
  }: { readonly rows: readonly ListedHandoff[]; readonly order: Order; readonly caption: string },
): ReportTable<ListedHandoff> {
  const { site, scope, filter } = reading;
  const { behind } = filter;
  const nameOf = (id: string | undefined) => personIn(scope, 'handoffList', id);
  const hasNames = rows.some(
    ({ handoff }) => nameOf(handoff.accountExecutive) ?? nameOf(handoff.customerSuccessManager),
  );
  const sorts = (by: Sorting): Pick<ReportColumn<ListedHandoff>, 'sorts'> => {
    const isNow = order.by === by;
    // The first click brings what matters most: the newest, the most; names from A on.
    const descending = isNow ? !order.descending : by !== 'customer';
    const href = reportPath(reading.linkId, 'handoffs', filter, { sort: sortText({ by, descending }) });
    return { sorts: { href, now: isNow ? (order.descending ? 'descending' : 'ascending') : undefined } };
  };
  return {
    id: 'handoffs',
    caption,
    rows,
    columns: [
      {
        title: 'Customer',
        cell: ({ handoff }) => html`<bdi>${handoff.customer}</bdi><span class="soft">${handoff.id}</span>`,
        csv: ({ handoff }) => handoff.customer,
        ...sorts('customer'),
      },
      ...(behind
        ? [
            {
              title: definitionOf(behind.measure).title,
              isNumber: true,
              titleInFile: titleInFile(behind.measure),
              cell: ({ figure }: ListedHandoff) => figure && ownText(figure),
              csv: ({ figure }: ListedHandoff) => valueInFile(behind.measure, figure?.value),
              ...sorts('value'),
            },
            ...countsInFile(({ figure }: ListedHandoff) => figure).filter(({ title }) => title !== 'Few cases'),
          ]
        : []),
      {
        title: 'Signed',
        cell: ({ handoff }) =>
          html`<time datetime="${handoff.signedAt}">${dayText(handoff.signedAt, site.defaultZone)}</time>`,
        csv: ({ handoff }) => handoff.signedAt,
        ...sorts('signed'),
      },
      {
        title: 'Segment',
        cell: ({ handoff }) =>
          html`${handoff.segment}${handoff.industry !== undefined && html`<span class="soft">${handoff.industry}</span>`}`,
        csv: ({ handoff: { segment, industry } }) => (industry === undefined ? segment : `${segment}, ${industry}`),
      },
      {
        title: 'State',
        cell: ({ handoff: { status } }) =>
          html`<span class="badge ${statusTones[status]}">${statusTexts[status]}</span>`,
        csv: ({ handoff }) => statusTexts[handoff.status],
      },
      ...(hasNames
        ? [
            {
              title: 'Your people in it',
              cell: ({ handoff }: ListedHandoff) => peopleText(handoff, nameOf),
              csv: ({ handoff }: ListedHandoff) => peopleText(handoff, nameOf),
            },
          ]
        : []),
      {
        title: 'Open step',
        cell: ({ handoff: { id, customer }, open }) =>
          open && openStepHtml(reading, { handoffId: id, customer, ...open }),
        csv: ({ open }) => open?.title,
        ...sorts('late'),
      },
      { title: 'Days late', isOnlyInFile: true, cell: () => undefined, csv: ({ open }) => open?.daysLate },
      { title: 'Waits for', isOnlyInFile: true, cell: () => undefined, csv: ({ open }) => open?.rests?.for },
      { title: 'Waits since', isOnlyInFile: true, cell: () => undefined, csv: ({ open }) => open?.rests?.since },
      {
        title: 'Waits until',
        isOnlyInFile: true,
        cell: () => undefined,
        csv: ({ open }) => (open?.rests?.for === 'customer' ? open.rests.until : undefined),
      },
      { title: 'Handoff', isOnlyInFile: true, cell: () => undefined, csv: ({ handoff }) => handoff.id },
    ],
  };
}

const peopleText = (
  { accountExecutive, customerSuccessManager }: MeasuredHandoff,
  nameOf: (id: string | undefined) => string | undefined,
): string => [nameOf(accountExecutive), nameOf(customerSuccessManager)].filter((name) => name !== undefined).join(', ');

/** Of a share how many of them are so: '3 of 4', of one alone 'yes' or 'no'; else the value. */
function ownText(figure: Figure): string {
  if (figure.hits === undefined) return valueText(figure);
  return figure.n > 1 ? sampleText(figure) : figure.hits === 1 ? 'yes' : 'no';
}

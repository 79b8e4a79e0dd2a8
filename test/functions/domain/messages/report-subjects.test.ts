import { describe, expect, it } from 'vitest';
import { subjectListing } from '../../../../functions/domain/messages/filled.ts';
import { overdueDigestMessage } from '../../../../functions/domain/messages/report-digest.ts';
import { weeklyKpisMessage } from '../../../../functions/domain/messages/report-kpis.ts';
import { ownWeekMessage } from '../../../../functions/domain/messages/report-week.ts';
import type { ListedStep } from '../../../../functions/domain/reports/open-work-list.ts';
import { weeklyKpis } from '../../../../functions/domain/reports/weekly-kpis.ts';
import { roster } from '../../../support/deals.ts';
import { measuredHandoff, measuredOf, measuredRound } from '../../../support/measured.ts';

const [person] = roster();
const links = { desk: 'https://handoff.example.com/d/x', reports: 'https://handoff.example.com/r/x' };
const readerAt = (at: string, locale: string) => {
  if (!person) throw new Error('Nobody is there.');
  const site = { url: 'https://handoff.example.com', name: 'Handoff', company: 'E', defaultZone: 'UTC', locale };
  return { person, site, at, links };
};

describe('The subject of a report', () => {
  it('has all its parts where there is room, and drops the last ones where there is none, but never the first', () => {
    const write = (parts: readonly string[]) => `Report: ${parts.join(', ')}`;
    expect(subjectListing(['one', 'two', 'three'], write)).toBe('Report: one, two, three');
    expect(subjectListing(['one', 'two', 'x'.repeat(40)], write)).toBe(`Report: one, two, ${'x'.repeat(40)}`);
    expect(subjectListing(['one', 'two', 'x'.repeat(43)], write)).toBe('Report: one, two');
    expect(subjectListing(['x'.repeat(70), 'two'], write)).toBe(`Report: ${'x'.repeat(70)}`);
  });

  it.each([
    ['en-US', /^Handoffs Dec 28, 2026 – Jan 3, 2027: 100% on time/],
    ['de-DE', /^Übergaben 28\. Dez\. 2026 – 3\. Jan\. 2027: 100 % pünktlich/],
  ])('tells whole numbers of a week between two years, in %s', (locale, expected) => {
    const signedAt = '2026-09-17T10:00:00Z';
    const done = { endedAt: '2026-12-29T11:00:00Z', dueAt: '2026-12-30T11:00:00Z', timeliness: 'on time' as const };
    const reached = { handoffConfirmed: '2026-12-30T10:00:00Z' };
    const measured = measuredOf(measuredHandoff({ signedAt, reached, rounds: [measuredRound(done)] }));
    const reader = readerAt('2027-01-04T08:00:00Z', locale);
    const kpis = weeklyKpis({ measured, week: '2026-W53', zone: 'UTC' });
    const { subject } = weeklyKpisMessage(reader, { kpis, published: [], titles: new Map(), notesPastDate: 0 });
    expect(subject).toMatch(expected);
    expect(subject).not.toMatch(/…|: $|, $/);
    expect(subject.length).toBeLessThanOrEqual(60);
  });

  it('tells the days to completion as the email itself does', () => {
    const reached = { handoffConfirmed: '2026-11-17T21:00:00Z' };
    const measured = measuredOf(measuredHandoff({ signedAt: '2026-11-10T10:00:00Z', reached, rounds: [] }));
    const kpis = weeklyKpis({ measured, week: '2026-W47', zone: 'UTC' });
    const report = { kpis, published: [], titles: new Map(), notesPastDate: 0 };
    const { subject } = weeklyKpisMessage(readerAt('2026-11-23T08:00:00Z', 'en-US'), report);
    expect(subject).toBe('Handoffs Nov 16–22: done in 7.5 days');
  });

  it.each(['en-US', 'de-DE'])('tells whole numbers of a full week of one’s own, in %s', (locale) => {
    const at = '2026-11-23T08:00:00Z';
    const step = (dueAt: string, key: string) => ({
      ...{
        key,
        handoffId: 'h',
        step: 's',
        kind: 'step' as const,
        title: 'Do it',
        customer: 'Nordwind',
        owner: 'a@example.com',
        dueAt,
      },
    });
    const many = (dueAt: string) => Array.from({ length: 128 }, (_, i) => step(dueAt, `${dueAt}/${i}`));
    const meeting = { customer: 'Nordwind', title: 'Meet', at: '2026-11-24T08:00:00Z' };
    const { subject } = ownWeekMessage(readerAt(at, locale), {
      steps: [...many('2026-11-20T08:00:00Z'), ...many('2026-11-25T08:00:00Z')],
      meetings: Array.from({ length: 104 }, () => meeting),
      until: '2026-11-30T00:00:00Z',
    });
    expect(subject).toMatch(/: 128 \S+, 128 \S+/);
    expect(subject).not.toMatch(/…|, $/);
    expect(subject.length).toBeLessThanOrEqual(60);
  });
});

describe('The week’s numbers', () => {
  const [since, until] = ['2026-05-27T10:00:00Z', '2026-11-25T10:00:00Z'];
  const open = { step: 'brew', round: 1, owner: 'p-ana', dueAt: '2026-05-25T10:00:00Z', timeliness: 'late' } as const;
  const undecided = { ...open, daysLate: 2, rests: { for: 'decision', since } } as const;
  const paused = { ...open, daysLate: 9, rests: { for: 'customer', since, until } } as const;
  const stalled = { status: 'stalled', stalledAt: ['2026-06-01T10:00:00Z'] } as const;
  const measured = measuredOf(
    measuredHandoff({ id: 'a', customer: 'Nordwind', ...stalled, rounds: [undecided] }),
    measuredHandoff({ id: 'b', customer: 'Südsee', ...stalled, rounds: [paused] }),
    measuredHandoff({ id: 'c', customer: 'Westbau', rounds: [undecided] }),
  );
  const kpis = weeklyKpis({ measured, week: '2026-W47', zone: 'UTC' });

  it.each([
    [
      'en-US',
      [
        'No step is overdue.',
        '2 handoffs wait for a decision on an exception, the first since Wed, May 27.',
        'since Mon, Jun 1, waits for a decision since Wed, May 27',
        'since Mon, Jun 1, waiting on the customer until Wed, Nov 25',
        'stalled for 173 days: Brew it, waits for a decision since Wed, May 27',
      ],
    ],
    [
      'de-DE',
      [
        'Kein Schritt ist überfällig.',
        '2 Übergaben warten auf die Entscheidung über eine Ausnahme, die erste seit Mi., 27. Mai.',
        'seit Mo., 1. Juni, wartet seit Mi., 27. Mai auf eine Entscheidung',
        'seit Mo., 1. Juni, wartet bis Mi., 25. Nov. auf den Kunden',
        'steht seit 173 Tagen still: Brew it, wartet seit Mi., 27. Mai auf eine Entscheidung',
      ],
    ],
  ])('say what waits for a decision or the customer, in %s', (locale, expected) => {
    const report = { kpis, published: [], titles: new Map(), notesPastDate: 0 };
    const { blocks } = weeklyKpisMessage(readerAt('2026-11-23T08:00:00Z', locale), report);
    const texts = JSON.stringify(blocks);
    for (const text of expected) expect(texts).toContain(text);
    expect(texts.match(/waits=decision/g)).toHaveLength(1);
  });
});

describe('The daily digest', () => {
  it('leads each number to pages that count the same: steps, decisions and open items apart', () => {
    const at = '2026-11-23T08:00:00Z';
    const listed = (kind: ListedStep['kind'], key: string): ListedStep => ({
      ...{ key, handoffId: 'h', step: 's', kind, title: `${kind} S`, customer: 'Nordwind', owner: 'a@example.com' },
      dueAt: '2026-11-20T08:00:00Z',
    });
    const figuresOf = (...steps: readonly ListedStep[]) => {
      const message = overdueDigestMessage(readerAt(at, 'en-US'), {
        digest: { steps, fresh: steps.length, since: '2026-11-20T08:00:00Z', cleared: 0 },
        people: new Map(),
      });
      return message.blocks.flatMap((block) => ('figures' in block ? block.figures : []));
    };
    const all = figuresOf(listed('decision', 'a'), listed('step', 'b'), listed('step', 'c'), listed('open item', 'd'));
    const list = `${links.reports}/handoffs`;
    expect(all).toMatchObject([
      { label: 'Overdue', value: '2', url: `${list}?overdue=any`, beside: ['4 new since Fri, Nov 20'] },
      { label: 'Overdue decisions on exceptions', value: '1', url: `${list}?waits=decision` },
      { label: 'Overdue open items', value: '1', url: `${list}?behind=openItemsOverdue` },
    ]);
    expect(figuresOf(listed('decision', 'a'))).toMatchObject([{ value: '1', beside: ['1 new since Fri, Nov 20'] }]);
  });
});

describe('A number in the weekly email', () => {
  const handoff = (id: string, completed: string) =>
    measuredHandoff({ id, signedAt: '2026-10-26T10:00:00Z', reached: { handoffConfirmed: completed }, rounds: [] });
  const stalled = Array.from({ length: 7 }, (_, i) =>
    measuredHandoff({ id: `s-${i}`, status: 'stalled', stalledAt: ['2026-11-17T10:00:00Z'] }),
  );
  const measured = measuredOf(handoff('a', '2026-11-06T10:00:00Z'), handoff('b', '2026-11-12T10:00:00Z'), ...stalled);
  const kpis = weeklyKpis({ measured, week: '2026-W47', zone: 'UTC' });
  const figures = [{ measure: 'timeToCompletion' as const, value: 3, n: 1 }];
  const published = [{ week: '2026-W45', at: '2026-11-09T08:00:00Z', figures }];

  it.each([
    ['en-US', 'Week before: 17 days (few cases: 1)', '* Few cases: fewer than 10.', '† Revised since', 'See all 7'],
    ['de-DE', 'Vorwoche: 17 Tage (wenige Fälle: 1)', '* Wenige Fälle: weniger', '† Korrigiert', 'Alle 7 ansehen'],
  ])('marks few cases and what was revised in each week, and leads to all that stalled, in %s', (locale, ...said) => {
    const report = { kpis, published, titles: new Map(), notesPastDate: 0 };
    const { blocks } = weeklyKpisMessage(readerAt('2026-11-23T08:00:00Z', locale), report);
    const shown = blocks.flatMap((block) => ('figures' in block ? block.figures : []));
    const course = shown.find(({ trend = [] }) => trend.some(({ value }) => value.includes('†')))?.trend;
    expect(course?.map(({ value }) => value)).toEqual(['–', '11*†', '17*', '–']);
    for (const each of said) expect(JSON.stringify(blocks)).toContain(each);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureIds } from '../../../../functions/domain/reports/definitions.ts';
import { figureOf } from '../../../../functions/domain/reports/figures.ts';
import { choicesIn, queryOf, readFilter } from '../../../../functions/domain/reports/filter-query.ts';
import { type Filter, filtered, handoffsBehind } from '../../../../functions/domain/reports/filters.ts';
import { spanOf } from '../../../../functions/domain/time/periods.ts';
import { anyMeasured, measuredHandoff, measuredOf, measuredPeople, measuredRound } from '../../../support/measured.ts';

const zone = 'Europe/Berlin';
const maybe = <T>(...values: readonly T[]) => fc.constantFrom(undefined, ...values);
const people = [...measuredPeople.sellers, ...measuredPeople.receivers];
const without = <T extends object>(members: T) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

const anyFilter = fc
  .record({
    handoff: maybe('h-1', 'h-2'),
    from: maybe('2026-06', '2026-W30', '2026-Q1'),
    to: maybe('2026-10', '2026-W40'),
    segment: maybe('standard', 'enterprise'),
    industry: maybe('healthcare'),
    playbook: maybe('sample', 'v2'),
    team: maybe(...measuredPeople.leads),
    person: maybe(...people),
    status: maybe('running', 'open', 'complete'),
    overdue: maybe('any', 'brew'),
    waits: maybe('decision', 'customer'),
    behind: fc.option(
      fc
        .record({
          measure: fc.constantFrom(...measureIds),
          during: maybe('2026-W33', '2026-09'),
          since: maybe('2026-08-01T10:00:00.000Z'),
          before: maybe('2026-09-15T10:00:00.000Z'),
          dueIn: maybe('2026-W34'),
          dueTo: maybe('2026-W36'),
          signedUntil: maybe('2026-09-01T10:00:00.000Z'),
          step: maybe('brew', 'grind'),
          without: fc.option(fc.constantFrom(['brew'], ['grind', 'taste']), { nil: undefined }),
          owner: maybe(...people),
          team: maybe(...measuredPeople.leads),
          which: maybe('yes', 'no'),
        })
        .map(without),
      { nil: undefined },
    ),
  })
  .map((members) => without(members) as Filter);

describe('a filter', () => {
  it('lets through what it says, and nothing else', () => {
    fc.assert(
      fc.property(anyMeasured(), anyFilter, (measured, filter) => {
        const { behind, ...rest } = filter;
        const through = filtered(measured, rest, zone).handoffs;
        for (const handoff of measured.handoffs) {
          const signed = Date.parse(handoff.signedAt);
          const parts = [
            [handoff.accountExecutive, handoff.accountExecutiveTeam],
            [handoff.customerSuccessManager, handoff.customerSuccessManagerTeam],
            ...handoff.rounds.map(({ owner, team }) => [owner, team]),
          ];
          const running = handoff.status === 'open' || handoff.status === 'stalled';
          const overdue = handoff.rounds.filter(
            ({ timeliness, endedAt, rests }) => timeliness === 'late' && !endedAt && !rests,
          );
          const fits = [
            !rest.handoff || handoff.id === rest.handoff,
            !rest.from || signed >= Date.parse(spanOf(rest.from, zone).from),
            !rest.to || signed < Date.parse(spanOf(rest.to, zone).until),
            !rest.segment || handoff.segment === rest.segment,
            !rest.industry || handoff.industry === rest.industry,
            !rest.playbook || [handoff.playbook.name, handoff.playbook.hash].includes(rest.playbook),
            !rest.status || (rest.status === 'running' ? running : handoff.status === rest.status),
            !rest.overdue || (running && overdue.some(({ step }) => rest.overdue === 'any' || step === rest.overdue)),
            !rest.waits || (running && handoff.rounds.some(({ rests }) => rests?.for === rest.waits)),
            parts.some(
              ([person, team]) => (!rest.person || person === rest.person) && (!rest.team || team === rest.team),
            ),
          ];
          expect(through.includes(handoff)).toBe(fits.every(Boolean));
        }
        const ids = behind ? handoffsBehind(through, behind, zone) : through.map(({ id }) => id);
        expect(new Set(filtered(measured, filter, zone).handoffs.map(({ id }) => id))).toEqual(new Set(ids));
      }),
      { numRuns: 200 },
    );
  });

  it('is read from its own query again', () => {
    const everyChoice = {
      handoffs: new Set(['h-1', 'h-2']),
      segments: ['standard', 'enterprise'],
      industries: ['healthcare'],
      playbooks: ['sample', 'v2'],
      teams: [...measuredPeople.leads],
      persons: people,
      steps: ['brew', 'grind', 'taste'],
    };
    fc.assert(
      fc.property(anyFilter, (filter) => {
        expect(readFilter(new URLSearchParams(queryOf(filter)), everyChoice)).toEqual({ filter, refused: [] });
      }),
    );
  });

  it('names what is not to be had, and never throws', () => {
    const choices = choicesIn(measuredOf(measuredHandoff({ rounds: [measuredRound()] })));
    const query = new URLSearchParams(
      'from=next+week&segment=%00&status=dead&person=p-somebody-else&behind=pace&step=brew&page=2&to=',
    );
    const { filter, refused } = readFilter(query, choices);
    expect(filter).toEqual({});
    expect(refused.map(({ field }) => field).toSorted()).toEqual(['behind', 'from', 'person', 'segment', 'status']);
    expect(refused.find(({ field }) => field === 'from')).toEqual({
      field: 'from',
      problem: '“next week” isn’t one of the choices',
      remedy: 'Use a week (2026-W47), a month (2026-11) or a quarter (2026-Q4).',
    });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('from', 'to', 'behind', 'which', 'step'), fc.string()), (given) => {
        readFilter(new URLSearchParams(given), choices);
      }),
    );
  });

  it('lists what is behind a number: as many as the number says', () => {
    fc.assert(
      fc.property(anyMeasured(), fc.constantFrom(...measureIds), (measured, measure) => {
        const figure = figureOf(measure, measured.handoffs);
        expect(handoffsBehind(measured.handoffs, { measure }, zone)).toEqual(figure.handoffs);
        if (figure.no) expect(handoffsBehind(measured.handoffs, { measure, which: 'no' }, zone)).toEqual(figure.no);
      }),
    );
  });

  it('lists what a score of the last days is made of, of the one whose it is', () => {
    const packed = (id: string, accountExecutive: string, handedOverAt: string) =>
      measuredHandoff({ id, accountExecutive, handedOverAt, completeness: 80 });
    const handoffs = [
      packed('a', 'p-ana', '2026-11-10T10:00:00Z'),
      packed('b', 'p-bo', '2026-11-10T10:00:00Z'),
      packed('c', 'p-ana', '2026-08-10T10:00:00Z'),
    ];
    const span = { since: '2026-08-24T10:00:00.000Z', before: '2026-11-22T10:00:00.000Z' };
    const ids = (owner: string) => handoffsBehind(handoffs, { measure: 'completeness', ...span, owner }, zone);
    expect([ids('p-ana'), ids('p-bo'), ids('p-cem')]).toEqual([['a'], ['b'], []]);
  });

  it('offers what there is, by what the reader sees', () => {
    const handoff = measuredHandoff({ industry: 'retail', accountExecutive: 'p-bo', rounds: [measuredRound()] });
    expect(choicesIn(measuredOf(handoff))).toEqual({
      handoffs: new Set(['h-1']),
      segments: ['standard'],
      industries: ['retail'],
      playbooks: ['sample', 'v1', 'v2'],
      teams: [],
      persons: ['p-ana', 'p-bo'],
      steps: ['grind', 'brew', 'pour', 'taste'],
    });
  });
});

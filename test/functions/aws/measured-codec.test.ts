import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packRows, unfinishedIn, unpackRows } from '../../../functions/aws/measured-codec.ts';
import { isOverForGood, type MeasuredHandoff } from '../../../functions/domain/reports/measured-handoff.ts';
import { measuredCompany } from '../../../infra/local/measured-company.ts';
import { anyMeasured, measuredHandoff, measuredRound } from '../../support/measured.ts';
import earlier from '../../support/rows-shape-1.json' with { type: 'json' };

const shapeOne = Buffer.from(earlier.bytes, 'base64');

/** What rows say of which handoffs are to be measured again. */
const unfinishedOf = (rows: readonly MeasuredHandoff[]) => ({
  ids: rows.filter((row) => !isOverForGood(row)).map(({ id }) => id),
  canceled: new Map(
    rows
      .filter((row) => row.status === 'cancelled' && isOverForGood(row))
      .map((row) => [row.id, row.endedAt ?? row.signedAt]),
  ),
});

/** Any moments in a row, to the millisecond, that have to do with each other or not. */
const anyMoments = fc
  .array(fc.integer({ min: Date.parse('1960-01-01T00:00:00Z'), max: Date.parse('2099-12-31T23:59:59Z') }), {
    minLength: 1,
    maxLength: 6,
  })
  .chain((epochs) =>
    fc.array(
      fc.tuple(
        fc.constantFrom(...epochs),
        fc.integer({ min: -500, max: 500 }),
        fc.constantFrom(1, 60_000, 1_800_000, 3_600_000),
      ),
      { minLength: 12, maxLength: 12 },
    ),
  )
  .map((all) => all.map(([epoch, times, unit]) => new Date(epoch + times * unit).toISOString().replace('.000Z', 'Z')));

const anyRow = fc
  .record({
    moments: anyMoments,
    people: fc.array(fc.constantFrom('p-ana', 'p-bo', 'p-sal', undefined), { minLength: 6, maxLength: 6 }),
    numbers: fc.array(fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })), {
      minLength: 4,
      maxLength: 4,
    }),
    step: fc.constantFrom('brew', 'packageReady', 'open', ''),
  })
  .map(({ moments, people, numbers, step }): MeasuredHandoff => {
    const [signedAt = '', endedAt = '', dueAt = '', next = '', later = '', last = '', ...more] = moments;
    const [accountExecutive, accountExecutiveTeam, customerSuccessManager, customerSuccessManagerTeam, owner, team] =
      people;
    // As JSON has it.
    const [packagePercent = 0, handoffScore = 0, daysLate = 0, amount = 0] = numbers.map((each) => each + 0);
    return measuredHandoff({
      ...Object.fromEntries(
        Object.entries({
          accountExecutive,
          accountExecutiveTeam,
          customerSuccessManager,
          customerSuccessManagerTeam,
        }).filter(([, id]) => id !== undefined),
      ),
      ...{ signedAt, endedAt, packagePercent, handoffScore },
      rounds: [
        measuredRound({ step, owner: owner ?? 'p-cem', ...(team && { team }), dueAt, endedAt: next, daysLate }),
        { step: 'pour', round: 2, owner: owner ?? 'p-ana', dueAt: later, timeliness: 'open' },
        measuredRound({ step, round: 2, owner: 'p-bo', dueAt: last, endedAt: more[0] ?? '' }),
      ],
      reached: { kickoffHeld: more[1] ?? '', packageReady: more[2] ?? '' },
      stalledAt: [more[3] ?? ''],
      returnedAt: more[4] ?? '',
      survey: { score: 7, at: new Date(more[5] ?? '').toISOString() },
      outcomes: [{ outcome: 'expanded', at: more[0] ?? '', amount, currency: 'EUR' }],
    });
  });

describe('rows of reports', () => {
  it('come back as they were packed', () => {
    fc.assert(
      fc.property(anyMeasured(), ({ handoffs }) => {
        expect(unpackRows(packRows(handoffs))).toEqual(handoffs);
        expect(unfinishedIn(packRows(handoffs))).toEqual(unfinishedOf(handoffs));
      }),
    );
  });

  it('come back whatever their moments, people and numbers have to do with each other', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 5 }), (rows) => {
        const named = rows.map((row, i) => ({ ...row, id: `h-${i}` }));
        expect(unpackRows(packRows(named))).toEqual(named);
      }),
    );
  });

  it('keep what is rare: milliseconds, drafts, a no, what is not known', () => {
    const rows = earlier.rows as unknown as readonly MeasuredHandoff[];
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(['rare', 'canceled']));
    expect(unpackRows(packRows(rows))).toEqual(rows);
    expect(unfinishedIn(packRows(rows))).toEqual(unfinishedOf(rows));
  });

  it('keep what a round waits for, beside rounds that wait for nothing', () => {
    const open = { step: 'pour', round: 1, owner: 'p-ana', dueAt: '2026-11-05T10:00:00Z', timeliness: 'late' } as const;
    const since = '2026-11-06T10:00:00Z';
    const row = measuredHandoff({
      rounds: [
        { ...open, daysLate: 1, rests: { for: 'decision', since } },
        { ...open, step: 'brew', daysLate: 17 },
        { ...open, step: 'taste', rests: { for: 'customer', since, until: '2026-11-25T08:00:00.250Z' } },
      ],
    });
    expect(unpackRows(packRows([row, measuredHandoff({ id: 'h-2', rounds: [open] })]))).toEqual([
      row,
      measuredHandoff({ id: 'h-2', rounds: [open] }),
    ]);
  });

  it('are the same bytes for the same rows, whatever was packed before', () => {
    const { handoffs } = measuredCompany({ handoffs: 20 });
    const bytes = packRows(handoffs);
    packRows(handoffs.toReversed());
    expect(packRows(handoffs)).toEqual(bytes);
    expect(packRows(unpackRows(bytes))).toEqual(bytes);
  });

  it('take less than half of what they took', () => {
    const { handoffs } = measuredCompany({ handoffs: 1000 });
    expect(packRows(handoffs).length / handoffs.length).toBeLessThan(85);
  });

  it('of the first shape are read as they were written', () => {
    expect(unpackRows(shapeOne)).toEqual(earlier.rows);
    expect(unfinishedIn(shapeOne)).toEqual(unfinishedOf(earlier.rows as unknown as readonly MeasuredHandoff[]));
  });

  it('of an earlier version, which did not know when something first was so, are read', () => {
    const packed = JSON.parse(gunzipSync(shapeOne).toString());
    const older = { ...packed, rows: packed.rows.map((each: readonly unknown[]) => each.slice(0, -1)) };
    const known = earlier.rows.map((row) => {
      const { returnedAt: _, exceptionAt: __, onboardingSaidAt: ___, ...rest } = row as Partial<MeasuredHandoff>;
      return rest;
    });
    expect(unpackRows(gzipSync(JSON.stringify(older)))).toEqual(known);
  });

  it('are refused where a later version wrote them', () => {
    for (const later of [gzipSync('{"shape":3}'), Buffer.from([3, 1, 2])])
      for (const reading of [unpackRows, unfinishedIn])
        expect(() => reading(later)).toThrow('the shape 3, which this version does not know');
  });
});

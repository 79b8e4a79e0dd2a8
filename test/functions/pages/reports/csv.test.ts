import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvName, csvText } from '../../../../functions/pages/reports/csv.ts';

const read = (csv: string): string[][] => parse(csv, { bom: true, relax_column_count: true });

describe('A CSV file', () => {
  it('is what was written, read again', () => {
    const text = fc
      .string({ unit: 'binary' })
      .filter((each) => !/^[\s=+\-@＝＋－＠]/.test(each) && !/[\ud800-\udfff]/.test(each));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (rows) => {
        expect(read(csvText(['one', 'other'], rows))).toEqual([['one', 'other'], ...rows.map((row) => [...row])]);
      }),
    );
  });

  it('holds no text that a spreadsheet would run', () => {
    const texts = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\n=1', '＝1', '=cmd|"/c calc"!A1', '"=1"'];
    const cells = read(
      csvText(
        ['text'],
        texts.map((text) => [text]),
      ),
    )
      .slice(1)
      .flat();
    expect(cells.map((cell) => cell.replace(/^'/, ''))).toEqual(texts);
    for (const cell of cells) expect(cell.trimStart()).not.toMatch(/^[=+\-@＝＋－＠\t\r]/);
  });

  it('leaves numbers numbers, negative ones as well, and what is missing empty', () => {
    expect(read(csvText(['a', 'b', 'c'], [[-1.5, undefined, Number.NaN]]))[1]).toEqual(['-1.5', '', '']);
  });

  it('begins with the mark of UTF-8 and ends each line as RFC 4180 says', () => {
    expect(csvText(['Müller'], [['a,b'], ['say "yes"']])).toBe('\uFEFFMüller\r\n"a,b"\r\n"say ""yes"""\r\n');
  });

  it('has a name that no header and no folder takes for something else', () => {
    expect(csvName('reports', 'heat-map', '2026-W47')).toBe('reports-heat-map-2026-w47.csv');
    expect(csvName('../a"b\r\nc', 'Größe')).toBe('a-b-c-gr-e.csv');
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerAt, type FieldPath } from '../../../../functions/domain/deal/package.ts';
import { UnusableOptions } from '../../../../infra/commands/deployment.ts';
import { closedDeals } from '../../../../infra/commands/score/closed-deals.ts';
import { dealsOfTable, type ExportOptions } from '../../../../infra/commands/score/export-deals.ts';
import { dealsOfJson } from '../../../../infra/commands/score/export-json.ts';
import { parseTable } from '../../../../infra/commands/score/export-table.ts';
import { decodeExport } from '../../../../infra/commands/score/export-text.ts';
import { csvCell } from '../../../../infra/commands/score/score-csv.ts';
import { dayTyped, isAmbiguous, orderIn } from '../../../../infra/commands/score/typed-days.ts';
import { sampleEvent } from '../../../support/deals.ts';

const options: ExportOptions = { name: 'deals.csv', labels: new Map() };
const bytes = (text: string) => new TextEncoder().encode(text);
const readCsv = (text: string, more: Partial<ExportOptions> = {}) =>
  dealsOfTable(parseTable(decodeExport(bytes(text), 'deals.csv').text, 'deals.csv'), { ...options, ...more });

function first(text: string, more: Partial<ExportOptions> = {}) {
  const [deal] = readCsv(text, more).deals;
  if (!deal) throw new Error('There is no deal.');
  return deal;
}

const answer = (text: string, path: FieldPath, more: Partial<ExportOptions> = {}) =>
  answerAt(first(text, more).package, path);

const refusal = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof UnusableOptions) return error.message;
    throw error;
  }
  return 'nothing';
};

describe('columns of an export', () => {
  it.each([
    ['its path', 'dealContext.whyTheyBought'],
    ['its path in our event', 'detail.package.dealContext.whyTheyBought'],
    ['its property in HubSpot', 'handoff_why_they_bought'],
    ['its field in Salesforce', 'Handoff_Why_They_Bought__c'],
    ['its label', 'Why they bought'],
    ['its label, shouted', 'WHY THEY BOUGHT?'],
  ])('holds an answer under %s', (_, header) => {
    expect(answer(`Deal Name,${header}\nNordwind,Late trucks`, 'dealContext.whyTheyBought')).toBe('Late trucks');
  });

  it.each([
    ['HubSpot', 'Record ID,Deal Name,Deal Stage,Close Date,Amount,Deal owner,Associated Company'],
    ['Salesforce', 'Opportunity ID,Opportunity Name,Stage,Close Date,Amount,Opportunity Owner,Account Name'],
    ['Pipedrive', 'Deal - ID,Deal - Title,Deal - Status,Deal - Won time,Deal - Value,Deal - Owner,Deal - Organization'],
  ])('are known as %s calls them', (_, header) => {
    const deal = first(
      `${header}\n17,Fleet planning,Closed Won,2026-11-20 15:00,"24,000.00",Anna Keller,Nordwind GmbH`,
      {
        currency: 'EUR',
      },
    );
    expect(deal).toMatchObject({
      dealId: '17',
      name: 'Fleet planning',
      stage: 'Closed Won',
      closedOn: '2026-11-20',
      accountExecutive: 'Anna Keller',
      customer: 'Nordwind GmbH',
      package: { contract: { value: '24,000.00 EUR', signedAt: '2026-11-20' } },
    });
  });

  it('take nothing of the handoff’s own status for the stage of the deal', () => {
    expect(first('Deal Name,handoff_status\nNordwind,complete').stage).toBeUndefined();
  });

  it('are told when nobody knows them', () => {
    expect(readCsv('Deal Name,Shoe size\nNordwind,44').notes).toEqual([
      'Not used, since no column of a handoff is called so: “Shoe size”.',
    ]);
  });

  it('part a list by semicolons, and keep the amount with its own currency', () => {
    const text = 'Deal Name,Amount,Currency,Integrations needed\nNordwind,24000,USD,SAP; Salesforce ;';
    expect(answer(text, 'technicalRequirements.integrations')).toBe('SAP\nSalesforce');
    expect(answer(text, 'contract.value', { currency: 'EUR' })).toBe('24000 USD');
    expect(answer('Deal Name,Amount\nNordwind,"24,000 €"', 'contract.value', { currency: 'USD' })).toBe('24,000 €');
  });
});

describe('CSV', () => {
  it('may be separated by semicolons or tabs, begin with a byte order mark or sep=, and hold empty lines', () => {
    const said = { name: 'Nordwind', customer: 'Nordwind, GmbH' };
    expect(first('\uFEFFDeal Name;Company\r\n\r\nNordwind;"Nordwind, GmbH"\r\n;\r\n')).toMatchObject(said);
    expect(first('Deal Name\tCompany\nNordwind\tNordwind, GmbH')).toMatchObject(said);
    expect(first('sep=;\nDeal Name;Company\nNordwind;Nordwind, GmbH')).toMatchObject({ ...said, place: 'line 3' });
    expect(readCsv('Deal Name;Company\n;\n ; \nNordwind;X').deals).toHaveLength(1);
  });

  it('is read in the encodings that spreadsheets write', () => {
    const text = 'Deal Name;Company\nMöbel;Größe';
    const utf16 = Uint8Array.from([
      0xff,
      0xfe,
      ...new Uint8Array(new Uint16Array([...text].map((c) => c.charCodeAt(0))).buffer),
    ]);
    const latin = Uint8Array.from([...text].map((c) => c.charCodeAt(0)));
    expect(decodeExport(utf16, 'a').text).toBe(text);
    expect(decodeExport(latin, 'a')).toMatchObject({ text, note: expect.stringContaining('Windows-1252') });
    expect(decodeExport(bytes(text), 'a')).toEqual({ text });
  });

  it.each([
    ['nothing', ' \n', 'deals.csv is empty'],
    ['a workbook', 'PK\u0003\u0004…', 'is an Excel workbook'],
    ['no text', 'Deal Name\n\0', 'is no text'],
  ])('is not %s', (_, text, said) => {
    expect(refusal(() => decodeExport(bytes(text), 'deals.csv'))).toContain(said);
  });

  it.each([
    [
      'a quote that nothing closes',
      'Deal Name,Company\nA,B\n"Nordwind,GmbH\nC,D\n',
      'deals.csv: the row that begins in line 3 opens a quote in column 1 (Deal Name) that nothing closes.',
    ],
    [
      'a quote inside a cell',
      'Deal Name,Company\nA,a 5" screen\n',
      'line 2, column 2 (Company): there is a quote inside the cell.',
    ],
    [
      'a cell too many',
      'Deal Name,Company\n\n"A\nB",C\nNordwind,Bremen,Kassel\n',
      'line 5: 3 cells where the header has 2; column 3 has no header: "Kassel".',
    ],
    [
      'a cell too few',
      'Deal Name,Company\nNordwind\n',
      'line 2: 1 cell where the header has 2; column 2 (Company) and what follows is not there.',
    ],
    [
      'no deal',
      'Shoe size,Color\n44,red\n',
      'line 1: no column tells which deal a row is. Its columns: “Shoe size”, “Color”.',
    ],
    [
      'no deal below a line that names the separator',
      'sep=;\nShoe size;Color\n44;red\n',
      'line 2: no column tells which deal a row is. Its columns: “Shoe size”, “Color”.',
    ],
    [
      'a header alone',
      'Deal Name,Close Date\n,\n\n',
      'deals.csv has no row below its header: there is no deal in it.\nExport the deals you closed, a row for each.',
    ],
    [
      'two ways to read a day',
      'Deal Name,Close Date\nA,1/2/2026\nB,03/04/2026\n',
      'line 2, column 2 (Close Date): 1/2/2026 can be read in two ways.',
    ],
  ])('is refused with its place for %s', (_, text, said) => {
    expect(refusal(() => readCsv(text))).toContain(said);
  });

  it('names a day that is none, and leaves out a row that is no deal', () => {
    const { deals, notes } = readCsv('Deal Name,Close Date\nA,soon\n,2026-11-20\n');
    expect(deals).toEqual([{ place: 'line 2', name: 'A', package: {} }]);
    expect(notes).toEqual([
      'line 2, column 2 (Close Date): "soon" is no day; not used.',
      'line 3: nothing says which deal this is; left out.',
    ]);
  });

  it('is read or refused, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('', 'Deal Name,Company\n', 'ID;Close Date\n'),
        (text, header) => {
          const said = refusal(() => readCsv(header + text));
          expect(said).not.toBe('');
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('days', () => {
  it('are read as the others of the export tell', () => {
    expect(orderIn(['1/2/2026', '13/2/2026'])).toBe('day-first');
    expect(orderIn(['1/2/2026', '2/13/2026 10:00'])).toBe('month-first');
    expect(orderIn(['13/2/2026', '2/13/2026'])).toBeUndefined();
    expect([isAmbiguous('1/2/2026'), isAmbiguous('2/2/2026'), isAmbiguous('13/2/2026')]).toEqual([true, false, false]);
    expect(dayTyped('1/2/2026', 'day-first')).toBe('2026-02-01');
    expect(dayTyped('1/2/2026', 'month-first')).toBe('2026-01-02');
    expect(dayTyped('20.11.2026 15:00', undefined)).toBe('2026-11-20');
    expect(dayTyped('2026-11-20T15:00:00.000Z', undefined)).toBe('2026-11-20');
    expect(dayTyped('2026-11-31', undefined)).toBeUndefined();
    expect(dayTyped('2026-11-20x', undefined)).toBeUndefined();
  });
});

describe('JSON', () => {
  const json = (value: unknown) => dealsOfJson(JSON.stringify(value), { ...options, name: 'deals.json' });

  it('holds our events, or their details, one or many', () => {
    const event = sampleEvent('complete-standard');
    for (const value of [event, [event], event.detail, [event.detail]])
      expect(json(value).deals).toMatchObject([
        { dealId: 'D-2026-1041', customer: 'Nordwind Logistik GmbH', closedOn: '2026-11-17', place: 'deal 1' },
      ]);
    expect(answerAt(json(event).deals[0]?.package, 'contract.segment')).toBe('standard');
    expect(json(event).scope.fields.has('promises')).toBe(true);
  });

  it('holds objects whose members are called as columns are', () => {
    expect(
      json([
        { 'Deal Name': 'Nordwind', 'Why they bought': 'Late trucks' },
        { 'Deal Name': 'B', Amount: 5 },
      ]).deals,
    ).toMatchObject([
      { name: 'Nordwind', package: { dealContext: { whyTheyBought: 'Late trucks' } } },
      { name: 'B', place: 'deal 2' },
    ]);
  });

  it('leaves out other events', () => {
    const { deals, notes } = json([{ ...sampleEvent('complete-standard'), 'detail-type': 'Deal Lost' }, {}]);
    expect(deals).toEqual([]);
    expect(notes).toEqual([
      'deal 1 is the event “Deal Lost”; only “Deal Closed Won” counts.',
      'deal 2: nothing says which deal this is; left out.',
    ]);
  });

  it.each([
    ['{\n "a": 1,\n}', 'deals.json, line 3, column 1: this is not JSON. Expected double-quoted property name.'],
    ['[1,2', 'deals.json, line 1, column 5: this is not JSON.'],
    ['[{"a": ', 'deals.json, line 1, column 8: this is not JSON. Unexpected end of JSON input.'],
    ['[]', 'deals.json is an empty array: there is no deal in it.\nExport the deals you closed'],
    ['{}', 'deals.json is an empty object: there is no deal in it.\nExport the deals you closed'],
    ['[{}, {}]', 'deals.json holds empty objects only: there is no deal in it.\nExport the deals you closed'],
    [
      '[{"Shoe size": 44}, {}]',
      'deals.json: no member tells which deal an object is. Its members: “Shoe size”.\nOne of its members has to be “Deal ID”, ',
    ],
    ['[{}, 7]', 'deals.json: deal 2 is no object but 7.'],
    ['"deal"', 'deals.json: deal 1 is no object but "deal".'],
  ])('%j is refused', (text, said) => {
    expect(refusal(() => dealsOfJson(text, { ...options, name: 'deals.json' }))).toContain(said);
  });
});

describe('the deals that count', () => {
  const deals = (text: string, last?: number) => closedDeals(readCsv(text), last);

  it('are those that were won', () => {
    const { deals: won, notes } = deals('Deal Name,Stage\nA,Closed Won\nB,Closed Lost\nC,Negotiation');
    expect(won.map(({ name }) => name)).toEqual(['A']);
    expect(notes).toEqual(['2 deals are left out: not won.']);
    expect(deals('Deal Name,Is Closed Won\nA,true\nB,false').deals).toHaveLength(1);
  });

  it('are those not lost, where no stage is called won', () => {
    const { deals: kept, notes } = deals('Deal Name,Stage\nA,Live\nB,Onboarding');
    expect(kept).toHaveLength(2);
    expect(notes).toEqual(['No stage is called won; deals of every stage count: Live, Onboarding.']);
  });

  it('count once', () => {
    const { deals: kept, notes } = deals('ID,Deal Name\n7,A\n7,A again\n8,A');
    expect(kept.map(({ place }) => place)).toEqual(['line 2', 'line 4']);
    expect(notes).toEqual(['line 3: A again stands in line 2, too; it counts once, as it stands there.']);
  });

  it('are the last by close date, where only some are wanted', () => {
    const { deals: kept, notes } = deals('Deal Name,Close Date\nA,2026-01-02\nB,2026-03-01\nC,2026-02-01\nD,', 2);
    expect(kept.map(({ name }) => name)).toEqual(['B', 'C']);
    expect(notes).toEqual(['1 deal has no day of closing, and may not be among the last.']);
  });
});

describe('a cell of the CSV', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30 1', "'+49 30 1"],
    ['-5', "'-5"],
    ['@SUM(A1)', "'@SUM(A1)"],
    [' =1', "' =1"],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
    ['plain', 'plain'],
    [-5, '-5'],
    [undefined, ''],
  ])('%j is written as %j', (cell, written) => {
    expect(csvCell(cell)).toBe(written);
  });

  it('never begins a formula, and reads back as one cell', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const [[cell = ''] = []] = parseTable(`x\n${csvCell(`a${text}`)},b\n`.replace('x\n', 'x,y\n'), 'a').rows.map(
          ({ cells }) => cells,
        );
        expect(cell.replace(/\r\n?/g, '\n')).toBe(`a${text}`.replace(/\r\n?/g, '\n'));
        expect(csvCell(text)).not.toMatch(/^"?\s*[=+\-@]/);
      }),
    );
  });
});

import { expect, it } from 'vitest';
import { withoutLegalForm } from '../../../../functions/domain/deal/customer-name.ts';

it.each([
  ['Nordwind Logistik GmbH', 'Nordwind Logistik'],
  ['Weberhaus Möbel GmbH & Co. KG', 'Weberhaus Möbel'],
  ['Harbor Freight Lines, Inc.', 'Harbor Freight Lines'],
  ['Kangaroo Tools Pty Ltd', 'Kangaroo Tools'],
  ['Acme Corp.', 'Acme'],
  ['Agora', 'Agora'],
  ['SEAT', 'SEAT'],
  ['GmbH', 'GmbH'],
  [', GmbH', ', GmbH'],
  ['Nordwind, Inc., Ltd', 'Nordwind'],
  ['Nordwind GmbH und Co. KGaA', 'Nordwind'],
  ['NordwindGmbH', 'NordwindGmbH'],
  ['  Nordwind\nLogistik  GmbH ', 'Nordwind Logistik'],
])('"%s" is called "%s"', (name, called) => {
  expect(withoutLegalForm(name)).toBe(called);
});

it.each([
  ['commas', ','.repeat(200_000), ','.repeat(200_000)],
  ['forms', `Nordwind${', Inc.'.repeat(40_000)}`, 'Nordwind'],
  ['words', 'Nordwind '.repeat(25_000), 'Nordwind '.repeat(25_000).trim()],
])('is soon said of a name of very many %s', (_, name, called) => {
  expect(withoutLegalForm(name)).toBe(called);
});

import { expect, it } from 'vitest';
import { withoutLegalForm } from '../../../../functions/domain/deal/customer-name.ts';

it.each([
  ['Nordwind Logistik GmbH', 'Nordwind Logistik'],
  ['Weberhaus Möbel GmbH & Co. KG', 'Weberhaus Möbel'],
  ['Harbor Freight Lines, Inc.', 'Harbor Freight Lines'],
  ['Kangaroo Tools Pty Ltd', 'Kangaroo Tools'],
  ['Acme Corp.', 'Acme'],
  ['Sakura Denki K.K.', 'Sakura Denki'],
  ['Sakura Denki K.K. (桜電機株式会社)', 'Sakura Denki (桜電機)'],
  ['株式会社桜電機', '桜電機'],
  ['株式会社', '株式会社'],
  ['Sakura Denki Co., Ltd.', 'Sakura Denki'],
  ['Nordwind GmbH (Bremen)', 'Nordwind (Bremen)'],
  ['Nordwind (Bremen) GmbH', 'Nordwind (Bremen)'],
  ['Nordwind GmbH & Co. KG（東京）', 'Nordwind （東京）'],
  ['(GmbH)', '(GmbH)'],
  ['Agora (', 'Agora ('],
  ['Agora )', 'Agora )'],
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
  ['parentheses', '('.repeat(200_000), '('.repeat(200_000)],
  ['Japanese forms', '株式会社'.repeat(50_000), expect.any(String)],
  ['words', 'Nordwind '.repeat(25_000), 'Nordwind '.repeat(25_000).trim()],
])('is soon said of a name of very many %s', (_, name, called) => {
  expect(withoutLegalForm(name)).toEqual(called);
});

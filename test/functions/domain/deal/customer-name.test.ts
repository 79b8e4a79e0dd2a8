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
  ['  Nordwind\nLogistik  GmbH ', 'Nordwind Logistik'],
])('"%s" is called "%s"', (name, called) => {
  expect(withoutLegalForm(name)).toBe(called);
});

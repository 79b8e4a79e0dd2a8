import { expect, it } from 'vitest';
import { firstName } from '../../../../functions/domain/people/first-name.ts';

it.each([
  ['Anna Keller', 'Anna'],
  ['Žofie van der Berg', 'Žofie'],
  ['Anna', 'Anna'],
  ['Dr. Anna Keller', 'Dr. Anna Keller'],
  ['J. Keller', 'J. Keller'],
  ['Keller, Anna', 'Keller, Anna'],
  ['anna.keller@example.com', 'anna.keller@example.com'],
  ['', ''],
])('"%s" is called "%s"', (name, called) => {
  expect(firstName(name)).toBe(called);
});

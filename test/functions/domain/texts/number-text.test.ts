import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inThousands, numberText } from '../../../../functions/domain/texts/number-text.ts';
import { textsOf } from '../../../../functions/domain/texts/texts.ts';

describe('A number', () => {
  it.each(['en-US', 'de-DE', 'en-GB', 'fr-FR', 'es-ES', 'de-CH'])('is written as Intl writes it: %s', (locale) => {
    const asIntl = (value: number, digits: number): void => {
      const byIntl = new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
      expect(numberText(value, { locale, digits })).toBe(byIntl);
    };
    for (const value of [0, 7, -7, 999, 1000, -1000, 24_000, 999_999, 1_000_000, 0.5, -0.25, 1234.5678, 1e15])
      for (const digits of [0, 1, 3]) asIntl(value, digits);
    fc.assert(
      fc.property(
        fc.maxSafeInteger().filter((value) => value !== 0),
        (value) => asIntl(value, 2),
      ),
    );
    fc.assert(fc.property(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), (value) => asIntl(value, 1)));
  });

  it('is written for the usual locale, and to three decimals, where nothing is said', () => {
    expect(numberText(1234.56789)).toBe('1,234.568');
    expect(inThousands(20_000)).toBe('20,000');
  });
});

describe('A list', () => {
  it.each([
    ['en', 'en-GB'],
    ['de', 'de'],
  ])('is written as Intl writes it: %s', (language, locale) => {
    const names = ['Anna', 'Lena', 'Klaus', 'Ruth'];
    for (let count = 0; count <= names.length; count += 1) {
      const some = names.slice(0, count);
      expect(textsOf(language).listed(some)).toBe(new Intl.ListFormat(locale).format(some));
    }
  });
});

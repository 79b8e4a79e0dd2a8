import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inThousands, numberText, percentText } from '../../../../functions/domain/texts/number-text.ts';
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
    // Halves, which are written up, though a tenth of them is stored as a bit less.
    for (let half = 0.05; half < 40; half += 0.1) asIntl(Number(half.toFixed(2)), 1);
    for (const value of [1e-7, 1.5e-6, 0.0005, 0.00049999, 0.9995, 999.9996, 123_456_789_012.3456, 1e12 + 0.5])
      for (const digits of [0, 1, 2, 3]) asIntl(value, digits);
  });

  it.each(['en-US', 'de-DE', 'fr-FR'])('is written in percent as Intl writes it: %s', (locale) => {
    const asIntl = (share: number): void => {
      const byIntl = share.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 0 });
      expect(percentText(share, locale)).toBe(byIntl);
    };
    for (let thousandths = -20; thousandths <= 12_345; thousandths += 5) asIntl(thousandths / 1000);
    for (const share of [1e-9, 1 / 3, 2 / 3, 0.005, 0.004999, 0.9949, 0.995]) asIntl(share);
    fc.assert(fc.property(fc.double({ noNaN: true, min: 1e-9, max: 2 }), asIntl));
  });

  it('is written for the usual locale, and to three decimals, where nothing is said', () => {
    expect(numberText(1234.56789)).toBe('1,234.568');
    expect(inThousands(20_000)).toBe('20,000');
  });
});

describe('A list', () => {
  it.each([
    ['en', 'en-US'],
    ['de', 'de'],
  ])('is written as Intl writes it: %s', (language, locale) => {
    const names = ['Anna', 'Lena', 'Klaus', 'Ruth'];
    for (let count = 0; count <= names.length; count += 1) {
      const some = names.slice(0, count);
      expect(textsOf(language).listed(some)).toBe(new Intl.ListFormat(locale).format(some));
    }
  });
});

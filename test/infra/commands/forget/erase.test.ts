import { describe, expect, it } from 'vitest';
import { erased, hasAddress } from '../../../../infra/commands/forget/erase.ts';

const email = 'anna.keller@example.com';
const erasing = {
  email,
  names: ['Anna Keller'],
  placeholder: 'forgotten@forgotten.invalid',
  calledNow: 'Former colleague',
};

describe('what is erased of an item', () => {
  // A decision, an ask, an email that went out and a package are kept as JSON, in which the end of a line is a letter.
  it.each(['\n', '\r\n', '\t', '- ', ': "', '\\'])(
    'is an address and a name behind %j, in plain and in JSON',
    (before) => {
      const said = (address: string, name: string) => `Ask them:${before}${address}, or${before}${name}`;
      const asKept = (text: string) => ({
        plain: text,
        json: JSON.stringify({ text }),
        twice: JSON.stringify({ inner: JSON.stringify({ text }) }),
      });
      const item = asKept(said(email, 'Anna Keller'));
      for (const kept of Object.values(item)) expect(hasAddress(email)(kept)).toBe(true);
      expect(erased(item, erasing, true)).toEqual(asKept(said(erasing.placeholder, erasing.calledNow)));
    },
  );

  it.each(['\n', 't', '.', '-'])('is no longer address or name that ends alike: %j', (before) => {
    const text = `${before}t${email} Jo${before}nAnna Keller`;
    const item = { plain: text, json: JSON.stringify({ text }) };
    expect(hasAddress(email)(item)).toBe(false);
    expect(erased(item, erasing, true)).toEqual(item);
  });
});

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

  it.each(["Anna-Lena O'Brien", 'J. R. (Bob) Smith+Co', 'Jürgen [Jo] Groß/Meier'])('is the name %j', (name) => {
    expect(erased({ note: `Ask ${name}.` }, { ...erasing, names: [name] }, true)).toEqual({
      note: 'Ask Former colleague.',
    });
  });

  it.each([
    ['another case', 'max MÜLLER', 'Max.Müller@Example.com'],
    ['other blanks', 'Max \t\n Müller', 'max.müller@example.com'],
    ['letters and accents apart', 'Max Müller'.normalize('NFD'), 'max.müller@example.com'.normalize('NFD')],
  ])('is a name and an address in %s', (_, name, address) => {
    const mueller = { ...erasing, email: 'max.müller@example.com', names: ['Max Müller'] };
    const said = (who: string, where: string) => `Ask ${who} (${where}).`;
    const asKept = (text: string) => ({ plain: text, json: JSON.stringify({ text }) });
    expect(erased(asKept(said(name, address)), mueller, true)).toEqual(
      asKept(said(erasing.calledNow, erasing.placeholder)),
    );
    const others = asKept(said('Max Müllerová'.normalize('NFD'), 'max.müller@example.com.example'));
    expect(erased(others, mueller, true)).toEqual(others);
  });
});

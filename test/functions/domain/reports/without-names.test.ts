import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Hidden, withoutNames } from '../../../../functions/domain/reports/without-names.ts';

const seller = (name: string): Hidden => ({ name, email: 'them@example.com', words: 'AE', takesPart: true });

describe('A text without the names of people', () => {
  it.each([
    ['Dora Lang', 'Dora (copied) told me. Ask Dora, or Dora’s team.', 'AE (copied) told me. Ask AE, or AE’s team.'],
    ['Dora Lang', 'A word from Dora:\nDora', 'A word from AE:\nAE'],
    ['Dora Lang', 'DORA LANG, dora lang <THEM@example.com>', 'AE, AE <AE>'],
    ['Dora Lang', '-Dora', '-AE'],
    // Others, and other words.
    [
      'Dora Lang',
      'Dora Maier, Dora-Marie, Anna-Dora, Isadora, Doras',
      'Dora Maier, Dora-Marie, Anna-Dora, Isadora, Doras',
    ],
    [
      'Dora Lang',
      'Dora@other.example, m.Dora@x.example, /Dora, Dora.Maier',
      'Dora@other.example, m.Dora@x.example, /Dora, Dora.Maier',
    ],
    ['Dora Lang', 'She wrote dora in small letters.', 'She wrote dora in small letters.'],
    // A name that is a word stays where it may be one.
    [
      'Will Adams',
      'Will you come? I will. We asked Will, and (with Will) it went.',
      'Will you come? I will. We asked AE, and (with AE) it went.',
    ],
    ['Mark Stone', 'Next: Mark it. Thanks to Anna Mark.', 'Next: Mark it. Thanks to Anna Mark.'],
    ['Don Diaz', 'Don’t. Ask the rep, Don.', 'Don’t. Ask the rep, AE.'],
    ['May Chen', 'In May we start; May 5 it is.', 'In May we start; May 5 it is.'],
    ['Jan Vos', 'Jan said: from Jan 5, or 5. Jan 2027.', 'AE said: from Jan 5, or 5. Jan 2027.'],
    // No given name can be told.
    ['Vos, Jan', 'Jan and Vos', 'Jan and Vos'],
    ['Dr. Dora Lang', 'Dora, says Dr. Dora Lang', 'Dora, says AE'],
    ['R2 (D2)', 'R2 (D2) and R2', 'AE and R2'],
    ['José Ñíguez', 'José. JOSÉ ÑÍGUEZ', 'AE. AE'],
  ])('%s in %j', (name, text, shown) => {
    expect(withoutNames([seller(name)], [])(text)).toBe(shown);
  });

  it('keeps first names of whoever has no part, and those that somebody else has', () => {
    const text = 'Dora, says Dora Lang.';
    expect(withoutNames([{ ...seller('Dora Lang'), takesPart: false }], [])(text)).toBe('Dora, says AE.');
    expect(withoutNames([seller('Dora Lang')], ['Dora Maier'])(text)).toBe('Dora, says AE.');
    expect(withoutNames([seller('Dora Lang')], ['Mia Dora'])(text)).toBe('AE, says AE.');
  });

  it('says of two with one first name what is true of either', () => {
    const other = { ...seller('Dora Maier'), email: 'other@example.com' };
    expect(withoutNames([seller('Dora Lang'), other], [])('Dora and Dora Maier')).toBe('AE and AE');
    expect(withoutNames([seller('Dora Lang'), { ...other, words: 'CSM' }], [])('Dora and Dora Maier')).toBe(
      'a colleague and CSM',
    );
  });

  it('takes any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        fc.pre(!name.includes('Ask'));
        expect(withoutNames([seller(`${name} Lang`)], [])(`Ask ${name} Lang.`)).toBe('Ask AE.');
      }),
    );
  });
});

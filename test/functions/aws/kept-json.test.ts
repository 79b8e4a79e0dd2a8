import { describe, expect, it } from 'vitest';
import { keptJson } from '../../../functions/aws/kept-json.ts';

describe('a JSON text that is read again', () => {
  it('is the same object, which nobody can change', () => {
    const text = '{"deal":{"id":"kept-1","contacts":[{"role":"champion"}]}}';
    const read = keptJson(text) as { deal: { id: string; contacts: { role: string }[] } };
    expect(read).toEqual(JSON.parse(text));
    expect(keptJson(text)).toBe(read);
    expect(() => read.deal.contacts.push({ role: 'technical' })).toThrow(TypeError);
    expect(() => {
      read.deal.id = 'other';
    }).toThrow(TypeError);
  });

  it('is forgotten once a hundred others were read, and says the same when it is read anew', () => {
    const text = '{"id":"kept-2"}';
    const read = keptJson(text);
    for (let other = 0; other < 99; other += 1) keptJson(`{"id":"other-${other}"}`);
    expect(keptJson(text)).toBe(read);
    for (let other = 0; other < 100; other += 1) keptJson(`{"id":"another-${other}"}`);
    expect(keptJson(text)).not.toBe(read);
    expect(keptJson(text)).toEqual(read);
  });

  it.each(['null', '0', '""', '[]', 'false'])('may be %s', (text) => {
    expect([keptJson(text), keptJson(text)]).toEqual([JSON.parse(text), JSON.parse(text)]);
  });

  it('is not kept when it is very long', () => {
    const text = JSON.stringify('x'.repeat(200_000));
    expect(keptJson(text)).toBe(JSON.parse(text));
  });

  it('must be one', () => {
    expect(() => keptJson('{')).toThrow(SyntaxError);
  });
});

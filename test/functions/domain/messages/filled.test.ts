import { describe, expect, it } from 'vitest';
import { filled, subjectLine } from '../../../../functions/domain/messages/filled.ts';

const slots = (name: string): string => ({ who: 'Lena', what: 'Fleet planning. Twice {who}' })[name] ?? '';

describe('a text with slots', () => {
  it('says what its slots say, word for word', () => {
    expect(filled('Ask {who}. They want {what}.', slots)).toEqual(['Ask Lena. They want Fleet planning. Twice {who}.']);
  });

  it('leaves out a sentence whose slot is empty, and no other', () => {
    expect(filled('You met {nobody} at noon. Share the notes! Who is {who}?', slots)).toEqual([
      'Share the notes! Who is Lena?',
    ]);
  });

  it('leaves out the question that it answers, too', () => {
    expect(filled("Write it down. Can't get one? Ask {nobody} for it. Who else?", slots)).toEqual([
      'Write it down. Who else?',
    ]);
  });

  it('begins with a capital, also where a role comes first, and leaves a name as it is', () => {
    const named = (name: string): string =>
      ({ customerSuccessManager: 'the customer success manager', customer: 'iRobot' })[name] ?? '';
    expect(filled("{customerSuccessManager} waits. Ask {customerSuccessManager}. {customer} doesn't.", named)).toEqual([
      "The customer success manager waits. Ask the customer success manager. iRobot doesn't.",
    ]);
  });

  it('is a paragraph a line, and drops lines that say nothing', () => {
    expect(filled('They wanted:\n{what}\n{nothing}', slots)).toEqual(['They wanted:', 'Fleet planning. Twice {who}']);
  });
});

describe('a subject', () => {
  const by = (customer: string, withHour: boolean) =>
    `${customer}: book the handoff meeting by Wed${withHour ? ' 9 AM' : ''}`;

  it.each([
    ['Nordwind', 'Nordwind: book the handoff meeting by Wed 9 AM'],
    ['Nordwind Logistik', 'Nordwind Logistik: book the handoff meeting by Wed 9 AM'],
    ['Nordwind Logistik und Spedition', 'Nordwind Logistik: book the handoff meeting by Wed 9 AM'],
    ['Donaudampfschifffahrt', 'Donaudampfschifffahrt: book the handoff meeting by Wed 9 AM'],
    ['Donaudampfschifffahrtsgesel', 'Donaudampfschifffahrtsgesel: book the handoff meeting by Wed'],
    ['Donaudampfschifffahrtsgesellschaft', 'Donaudampfschifffahrtsgese…: book the handoff meeting by Wed'],
    ['Żółć & Söhne Maschinenbau und Handel', 'Żółć & Söhne: book the handoff meeting by Wed 9 AM'],
    ['Harbour and Sons Shipping of Yarmouth', 'Harbour and Sons: book the handoff meeting by Wed 9 AM'],
    ['Nord + Süd Speditionsgesellschaft mbH', 'Nord + Süd: book the handoff meeting by Wed 9 AM'],
  ])('for %s is at most 60 characters long', (customer, subject) => {
    expect(subjectLine(customer, by)).toBe(subject);
    expect(subject.length).toBeLessThanOrEqual(60);
  });

  it('is cut at a word where nothing else helps, and never inside a character', () => {
    expect(subjectLine('N', () => `Overdue: ${'very '.repeat(20)}long`)).toMatch(/^Overdue: (very )+very…$/);
    const emoji = subjectLine('N', () => '🚀'.repeat(60));
    expect(emoji.isWellFormed()).toBe(true);
    expect(emoji.length).toBeLessThanOrEqual(60);
  });
});

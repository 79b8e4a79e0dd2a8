import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerText, readAnswer, shownLines } from '../../../../functions/domain/fields/answer.ts';
import type { FieldRule } from '../../../../functions/domain/fields/field-rule.ts';
import type { Filling } from '../../../../functions/domain/fields/kind.ts';
import { flawsOf, kinds } from '../../../../functions/domain/fields/kinds.ts';
import { type FieldKind, stakeholderRoles } from '../../../../functions/domain/fields/values.ts';

const everyKind = Object.keys(kinds) as FieldKind[];

const rule = (kind: FieldKind, more: Partial<FieldRule> = {}): FieldRule => ({
  label: 'The answer',
  kind,
  required: true,
  ...(kind === 'checklist' && { items: ['First box', 'Second box'] }),
  ...(kind === 'choice' && { options: ['standard', 'self-serve'] }),
  ...(kind === 'person' && { from: 'colleagues' }),
  ...more,
});

const now = '2026-11-20T15:00:00Z';
const filling: Filling = {
  at: now,
  zone: 'UTC',
  candidates: [
    { email: 'lena@example.com', active: true },
    { email: 'gone@example.com', active: false },
  ],
};

const cell = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
const moment = (from: string, to: string) =>
  fc
    .integer({ min: Date.parse(from) / 60_000, max: Date.parse(to) / 60_000 })
    .map((minutes) => new Date(minutes * 60_000).toISOString().replace('.000Z', 'Z'));
const mail = fc
  .tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[a-z]{2,8}$/))
  .map(([name, domain]) => `${name}@${domain}.example`);
const link = fc.record({ title: cell, url: fc.webUrl({ withQueryParameters: true }) }, { requiredKeys: ['url'] });

/** What a CRM or a person may give in answer to each kind of field. */
const answers: Readonly<Record<FieldKind, fc.Arbitrary<unknown>>> = {
  text: cell,
  longText: fc.string({ unit: 'grapheme', maxLength: 200 }),
  list: fc.array(cell),
  number: fc.integer({ min: 1, max: 1200 }),
  date: moment(now, '2028-01-01').map((at) => at.slice(0, 10)),
  money: fc.record({
    amount: fc.integer({ min: 0, max: 1e14 }).map((cents) => cents / 100),
    currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  }),
  timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata'),
  choice: fc.constantFrom('standard', 'Self Serve'),
  link,
  links: fc.array(link),
  metrics: fc.array(fc.record({ name: cell, target: cell, unit: cell })),
  stakeholders: fc.array(
    fc.record(
      {
        name: cell,
        email: mail,
        roles: fc.uniqueArray(fc.constantFrom(...stakeholderRoles), { minLength: 1 }),
        influence: fc.constantFrom('high', 'medium', 'low'),
        stays: fc.boolean(),
        notes: cell,
      },
      { requiredKeys: ['name', 'email', 'roles', 'influence', 'stays'] },
    ),
  ),
  promises: fc.array(
    fc.record({
      what: cell,
      toWhom: cell,
      byWhen: cell,
      where: cell,
      certainty: fc.constantFrom('confirmed', 'assumed'),
    }),
  ),
  pastDateTime: moment('2025-01-01', now),
  futureDateTime: moment('2026-11-21', '2028-11-01'),
  yesNo: fc.boolean(),
  score: fc.integer({ min: 1, max: 10 }),
  minutes: fc.integer({ min: 5, max: 480 }),
  checklist: fc.constantFrom('0\n1', ['First box', 'Second box']),
  emails: fc.array(mail),
  person: fc.constant('Lena@example.com'),
  gaps: fc.array(fc.record({ path: fc.constant('contract.scope'), question: cell }, { requiredKeys: ['question'] })),
};

/** What is nearly an answer, or is one just so. */
const odd = fc.constantFrom<unknown>(
  ...[0, -1, 1.5, 1200, 2 ** 53, 1e12, 1e13, Number.NaN, true, null, {}, [], ['champion'], ['nobody'], [3]],
  ...['2000-01-01', '1999-12-31', '2026-02-30', '2026-02-28T00:00:00Z', 'EUR', 'eur', 'XYZ', 'high', 'stays', 'Europe'],
  ...[300, 301, 500, 501, 2000, 2001].map((length) => 'x'.repeat(length)),
  ...[
    'a@b',
    'a@b.example',
    `${'a'.repeat(243)}@b.example`,
    `${'a'.repeat(246)}@b.example`,
    'Ann@B.example',
    '.a@b.example',
  ],
  ...['https://example.com', 'HTTPS://Example.com', ' https://example.com ', 'https:/example.com', 'ftp://example.com'],
  ...[
    'https://a@example.com',
    'https://example.com/a b',
    `https://example.com/${'x'.repeat(1981)}`,
    'https://[',
    'https://',
  ],
);

/** An answer with one of its parts replaced. */
function spoiled(answer: unknown, part: unknown, at: number): unknown {
  if (typeof answer !== 'object' || answer === null) return part;
  if (Array.isArray(answer)) {
    const i = at % Math.max(1, answer.length);
    return [...answer.slice(0, i), spoiled(answer[i], part, at), ...answer.slice(i + 1)];
  }
  const names = [...Object.keys(answer), 'another'];
  return { ...answer, [names[at % names.length] ?? '']: part };
}

/** An answer that each kind refuses, with what is expected and what to do, in part. */
const refused: Readonly<Record<FieldKind, readonly [received: unknown, expected: string, remedy: string]>> = {
  text: ['x'.repeat(501), 'at most 500 characters', 'The answer must be 500 characters or fewer, now 501'],
  longText: [
    'x'.repeat(20_001),
    'at most 20,000 characters',
    'The answer must be 20,000 characters or fewer, now 20,001',
  ],
  list: [['x'.repeat(301)], 'line 1: text, at most 300 characters', 'Line 1 must be 300 characters or fewer, now 301'],
  number: ['0', 'a whole number of 1 or more', 'The answer must be a whole number between 1 and 1,200'],
  date: ['31.12.26', 'YYYY-MM-DD', 'The answer must be a real date, like Nov 24, 2026'],
  money: ['24,00,0 EUR', '24000.50 EUR', 'Use a number and currency, like 24,000 EUR'],
  timeZone: ['+01:00', 'IANA', 'like Europe/Berlin'],
  choice: ['platinum', 'one of: standard, self-serve', 'Select the answer from the list'],
  link: ['javascript:alert(1)', 'https://', 'The answer must start with https://'],
  links: ['Demo | file:///etc', 'line 1: a web address', 'Link 1 must start with https://'],
  metrics: ['Adoption | 80', 'line 1: the unit', 'Metric 1 needs a unit'],
  stakeholders: ['Ann | ann@', 'line 1: an email address', 'Person 1: "ann@" needs the form name@company.com'],
  promises: ['SSO | Ann | soon | demo | maybe', 'confirmed or assumed', 'Promise 1: select confirmed or assumed'],
  pastDateTime: ['2026-11-21T10:00', 'a time that has passed', 'is still to come'],
  futureDateTime: ['2026-11-19T10:00', 'a time to come', 'has passed'],
  yesNo: ['perhaps', 'yes or no', 'Select yes or no'],
  score: ['11', '10 or less', 'Select 1 to 10'],
  minutes: ['4', '5 or more', 'The answer must be a whole number between 5 and 480'],
  checklist: ['1', 'every box ticked', 'Still open: First box'],
  emails: ['nonsense', 'name@company.example', '"nonsense" needs the form name@company.com'],
  person: ['gone@example.com', 'one of the people offered', 'Select the answer from the list'],
  gaps: ['x'.repeat(1001), 'at most 1,000 characters', 'A question must be 1,000 characters or fewer, now 1,001'],
};

describe('every kind of field', () => {
  it.each(everyKind)('%s: reads back what it wrote, and its schema takes what it read', (kind) => {
    let understood = 0;
    fc.assert(
      fc.property(answers[kind], (received) => {
        const { value } = readAnswer(rule(kind), received, filling);
        if (value === undefined) return;
        understood++;
        expect(readAnswer(rule(kind), answerText(kind, value), filling)).toEqual({ value, problems: [] });
        expect(kinds[kind].schema(rule(kind)).safeParse(value).data).toEqual(value);
      }),
    );
    expect(understood).toBeGreaterThan(50);
  });

  it.each(everyKind)('%s: shows in words what it read', (kind) => {
    fc.assert(
      fc.property(answers[kind], (received) => {
        const { value } = readAnswer(rule(kind), received, filling);
        for (const { label = 'its own', text, url = 'https://none' } of shownLines(rule(kind), value)) {
          expect(text).not.toMatch(/undefined|\[object|^$/);
          expect(label).not.toBe('');
          expect(url).toMatch(/^https?:/);
        }
      }),
    );
  });

  it.each(everyKind)('%s: takes anything, and says of what it does not take what is wrong', (kind) => {
    const nearly = fc.tuple(answers[kind], odd, fc.nat()).map((given) => spoiled(...given));
    const anything = fc.oneof(fc.jsonValue(), fc.string(), fc.string({ unit: 'binary' }), answers[kind], nearly, odd);
    fc.assert(
      fc.property(anything, fc.boolean(), (received, atForm) => {
        const { value, problems } = readAnswer(rule(kind), received, atForm ? filling : undefined);
        for (const { expected, found, remedy } of problems) {
          expect(expected).toMatch(/\w/);
          expect(found).not.toBe('');
          expect(remedy).toMatch(/^[A-Z0-9"].*[\w@]\S*$/s);
        }
        // Most answers are read without the schema, which takes them all the same, as they are.
        if (value !== undefined)
          expect(kinds[kind].schema(rule(kind)).safeParse(value)).toEqual({ success: true, data: value });
        expect(typeof answerText(kind, received)).toBe('string');
        for (const line of shownLines(rule(kind), received)) expect(typeof line.text).toBe('string');
      }),
    );
  });

  it.each(everyKind)('%s: says what to do about a field that was left empty', (kind) => {
    expect(kinds[kind].missing(rule(kind))).toMatch(/^(Enter|Select|Add|Tick) .*\w$/);
    for (const empty of [undefined, null, '', '  \n', [], {}])
      expect(readAnswer(rule(kind), empty, filling)).toEqual({ problems: [] });
  });

  it.each(everyKind)('%s: refuses what is none, with what is expected', (kind) => {
    const [received, expected, remedy] = refused[kind];
    const { value, problems } = readAnswer(rule(kind), received, filling);
    expect(value).toBeUndefined();
    expect(problems[0]?.expected).toContain(expected);
    expect(problems[0]?.remedy).toContain(remedy);
  });
});

describe('what a rule says', () => {
  it('bounds scores, numbers and minutes', () => {
    const five = rule('score', { max: 5 });
    expect(readAnswer(five, '5').value).toBe(5);
    expect(readAnswer(five, '6').problems[0]?.remedy).toBe('Select 1 to 5');
    expect(kinds.score.missing(five)).toBe('Select 1 to 5');
    expect(readAnswer(rule('number', { min: 0 }), '0').value).toBe(0);
    expect(kinds.minutes.suggest?.({ minutes: 60 }, rule('minutes', { min: 15, max: 30 }))).toBe(30);
  });

  it('gives a number its unit, typed or not', () => {
    const term = rule('number', { unit: 'months' });
    for (const typed of ['12', '12 months', '12 Month', 12]) expect(readAnswer(term, typed).value).toBe(12);
    expect(readAnswer(rule('number', { unit: 'seats' }), '12 months').problems).toHaveLength(1);
    expect(shownLines(term, 1)).toEqual([{ text: '1 month' }]);
    expect(shownLines(rule('number'), 3)).toEqual([{ text: '3' }]);
  });

  it.each<[string, number, string]>([
    ['24.000,50 €', 24000.5, 'EUR'],
    ['24,00 EUR', 24, 'EUR'],
    ['$1,200', 1200, 'USD'],
    ['£ 1.200.000', 1_200_000, 'GBP'],
    ["chf 24'000.5", 24000.5, 'CHF'],
    ['24 000,5 EUR', 24000.5, 'EUR'],
  ])('reads the amount of %s', (typed, amount, currency) => {
    expect(readAnswer(rule('money'), typed).value).toEqual({ amount, currency });
  });

  it('reads no amount that is another one elsewhere, and names both', () => {
    expect(readAnswer(rule('money'), '24.000 €').problems).toEqual([
      expect.objectContaining({
        remedy: '24.000 EUR can be 24,000 EUR or 24 EUR. Write it without the point',
      }),
    ]);
    for (const typed of ['24', '€', '€ 24 EUR', '1,200,00 EUR', '24.5.1 EUR', '24 XXQ'])
      expect(readAnswer(rule('money'), typed).problems[0]?.remedy).toBe('Use a number and currency, like 24,000 EUR');
  });

  it('offers the segments by name; any name passes while they are not known', () => {
    const segment = rule('choice', { options: 'segments' });
    const segments = ['standard', 'enterprise'];
    expect(readAnswer(segment, 'Enterprise', { ...filling, segments }).value).toBe('enterprise');
    expect(readAnswer(segment, 'platinum', { ...filling, segments }).problems[0]?.remedy).toBe(
      'Select the answer from the list',
    );
    expect(readAnswer(segment, 'platinum').value).toBe('platinum');
  });

  it('takes an explicit "none" only where it says so', () => {
    expect(readAnswer(rule('metrics', { orNone: true }), 'None.').value).toBe('none');
    expect(shownLines(rule('metrics', { orNone: true }), 'none')).toEqual([{ text: 'none' }]);
    expect(readAnswer(rule('metrics'), 'none').problems).not.toEqual([]);
  });

  it('refuses "tbd" where an answer is required, and what may be an answer elsewhere only where it says so', () => {
    expect(readAnswer(rule('longText', { required: false }), 'TBD').value).toBe('TBD');
    expect(readAnswer(rule('longText', { hint: 'What do they want?' }), 'TBD').problems).toEqual([
      {
        expected: 'an answer: What do they want?',
        found: 'TBD',
        remedy: '"TBD" isn\'t an answer yet: What do they want?',
      },
    ]);
    expect(readAnswer(rule('longText'), 'n/a').value).toBe('n/a');
    expect(readAnswer(rule('longText', { noFillers: true }), 'n/a').problems).toHaveLength(1);
  });

  it.each<[Partial<FieldRule> & Pick<FieldRule, 'kind'>, string]>([
    [{ kind: 'checklist', items: [] }, 'is a checklist without a box'],
    [{ kind: 'choice', options: [] }, 'is a choice without an option'],
    [{ kind: 'score', min: 6, max: 5 }, 'lies between 6 and 5'],
    [{ kind: 'date', min: 9, max: 7 }, 'lies between 9 and 7'],
  ])('%j makes no sense', ({ kind, ...more }, flaw) => {
    expect(flawsOf(rule(kind, more))).toEqual([flaw]);
  });

  it('must say from whom a person is chosen', () => {
    expect(flawsOf({ label: 'Who', kind: 'person', required: true })).toEqual([
      'does not say from whom a person is chosen',
    ]);
    for (const kind of everyKind) expect(flawsOf(rule(kind)), kind).toEqual([]);
  });
});

describe('answers that were stored earlier', () => {
  const lines =
    'Ana \\| Co | ana@example.com | champion, technical | high | stays | likes tea\nBo | bo@example.com | blocker | low | leaves';
  const rows = [
    {
      name: 'Ana | Co',
      email: 'ana@example.com',
      roles: ['champion', 'technical'],
      influence: 'high',
      stays: true,
      notes: 'likes tea',
    },
    { name: 'Bo', email: 'bo@example.com', roles: ['blocker'], influence: 'low', stays: false },
  ];

  it('are stakeholders as lines of text: read, shown and written as the rows are', () => {
    const field = rule('stakeholders');
    expect(readAnswer(field, lines)).toEqual({ value: rows, problems: [] });
    expect(shownLines(field, lines)).toEqual(shownLines(field, rows));
    expect(shownLines(field, rows)[0]).toEqual({
      label: 'Ana | Co',
      text: 'champion, technical; influence high; stays involved; ana@example.com; likes tea',
    });
    expect(answerText('stakeholders', lines)).toBe(answerText('stakeholders', rows));
  });

  it('are links as bare addresses, bars in them or not', () => {
    const field = rule('link');
    for (const url of ['https://files.example.com/1', 'https://files.example.com/a|b']) {
      expect(readAnswer(field, url)).toEqual({ value: { url }, problems: [] });
      expect(shownLines(field, url)).toEqual(shownLines(field, { url }));
      expect(shownLines(field, url)).toEqual([{ text: url, url }]);
      expect(readAnswer(field, answerText('link', { url })).value).toEqual({ url });
    }
  });
});

describe('moments', () => {
  it('stand in a form and in words on the wall clock of who reads', () => {
    const at = '2026-11-24T09:00:00Z';
    expect(answerText('futureDateTime', at, 'Europe/Berlin')).toBe('2026-11-24T10:00');
    expect(shownLines(rule('futureDateTime'), at, 'Europe/Berlin')).toEqual([{ text: 'Tue, Nov 24, 2026, 10 AM' }]);
    expect(answerText('futureDateTime', 'soon', 'Europe/Berlin')).toBe('soon');
  });
});

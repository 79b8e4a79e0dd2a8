import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../../../functions/domain/fields/answer.ts';
import { type EvidenceInput, parseEvidence } from '../../../../functions/domain/fields/evidence.ts';
import type { EvidenceField } from '../../../../functions/domain/fields/field-rule.ts';
import type { FieldKind } from '../../../../functions/domain/fields/values.ts';
import { roster } from '../../../support/deals.ts';
import { lena } from '../../../support/handoff-record.ts';

const at = '2026-11-20T15:00:00Z';

const field = (kind: FieldKind, more: Partial<EvidenceField> = {}): EvidenceField => ({
  name: 'answer',
  label: 'The answer',
  kind,
  required: true,
  ...more,
});

function read(
  rule: EvidenceField,
  typed: string | readonly string[] | undefined,
  more: Partial<Pick<EvidenceInput, 'zone' | 'at' | 'notBefore'>> = {},
) {
  const form = typed === undefined ? {} : { answer: typed };
  const parsed = parseEvidence({ fields: [rule], form, zone: 'Europe/Berlin', at, candidates: roster(), ...more });
  if ('problems' in parsed) return parsed.problems[0]?.problem;
  return parsed.evidence['answer'];
}

describe('times', () => {
  it('reads a time on the wall clock of the person who types', () => {
    expect(read(field('futureDateTime'), '2026-11-24T10:00')).toBe('2026-11-24T09:00:00Z');
    expect(read(field('futureDateTime'), '2026-11-24T10:00', { zone: 'America/New_York' })).toBe(
      '2026-11-24T15:00:00Z',
    );
    expect(read(field('futureDateTime'), '2026-11-24 10:00')).toBe('2026-11-24T09:00:00Z');
  });

  it.each([
    ['2026-11-23 15:00', '2026-11-23T14:00:00Z'],
    ['23.11.2026 15:00', '2026-11-23T14:00:00Z'],
    ['Nov 23 3pm', '2026-11-23T14:00:00Z'],
    ['23 November, 3:30 PM', '2026-11-23T14:30:00Z'],
  ])('takes a time to come as people type it: %s', (typed, moment) => {
    expect(read(field('futureDateTime'), typed)).toBe(moment);
    expect(read(field('pastDateTime'), typed, { at: '2026-11-25T15:00:00Z' })).toBe(moment);
  });

  it('takes a day as people type it, the next one where they leave out the year', () => {
    for (const typed of ['2026-11-23', '23.11.2026', 'Nov 23', 'Mon, Nov 23, 2026', '11/23/2026'])
      expect(read(field('date'), typed)).toBe('2026-11-23');
    expect(read(field('date'), 'Feb 3')).toBe('2027-02-03');
  });

  it('takes full instants too', () => {
    expect(read(field('pastDateTime'), '2026-11-20T14:00:00+01:00')).toBe('2026-11-20T13:00:00Z');
  });

  it('refuses a time that the clocks skip', () => {
    const answer = read(field('futureDateTime'), '2027-03-28T02:30');
    expect(answer).toBe('Clocks skip 2:30 AM that night; use 3 AM');
  });

  it('says how it understood a time that the clocks show twice', () => {
    const parsed = parseEvidence({
      fields: [field('pastDateTime')],
      form: { answer: '2026-10-25T02:30' },
      zone: 'Europe/Berlin',
      at,
    });
    expect(parsed).toEqual({
      evidence: { answer: '2026-10-25T00:30:00Z' },
      notes: ['The answer: the clocks show Sun, Oct 25, 2026, 2:30 AM twice; it was taken as the first time.'],
    });
  });

  it('takes the second of the two when the first has passed', () => {
    expect(read(field('futureDateTime'), '2026-10-25T02:30', { at: '2026-10-25T01:00:00Z' })).toBe(
      '2026-10-25T01:30:00Z',
    );
  });

  it('knows past from future, with five minutes of grace', () => {
    expect(read(field('pastDateTime'), '2026-11-20T16:04')).toBe('2026-11-20T15:04:00Z');
    expect(read(field('pastDateTime'), '2026-11-20T16:06')).toMatch(/^Fri, Nov 20, 2026, 4:06 PM is still to come/);
    expect(read(field('futureDateTime'), '2026-11-20T16:00')).toMatch(/^Fri, Nov 20, 2026, 4 PM has passed/);
    expect(read(field('pastDateTime'), '2016-11-20T16:00')).toMatch(/check the year/);
    expect(read(field('futureDateTime'), '2062-11-20T16:00')).toMatch(/check the year/);
  });

  it('refuses what took place before the day the deal was won, on the clock of the person who types', () => {
    const notBefore = '2026-11-17T23:30:00Z';
    const held = field('pastDateTime');
    expect(read(held, '2026-11-17T23:59', { notBefore })).toBe(
      'Tue, Nov 17, 2026, 11:59 PM is before the day the deal was won (Wed, Nov 18, 2026, 12:30 AM). Enter when it took place',
    );
    expect(read(held, '2026-11-18T00:00', { notBefore })).toBe('2026-11-17T23:00:00Z');
    expect(read(held, '2026-11-17T08:00', { notBefore, zone: 'America/New_York' })).toBe('2026-11-17T13:00:00Z');
    expect(read(field('futureDateTime'), '2026-11-24T10:00', { notBefore: '2026-12-01T10:00:00Z' })).toBe(
      '2026-11-24T09:00:00Z',
    );
  });

  it.each(['2026-02-30T10:00', 'tomorrow', '2026-11-24', '2026-11-24T25:00'])('refuses %s', (typed) => {
    expect(read(field('futureDateTime'), typed)).toMatch(/^(There is no|Add a time|Enter a real date and time)/);
  });

  it('takes days from today on, in the zone of the person', () => {
    expect(read(field('date'), '2026-11-20')).toBe('2026-11-20');
    expect(read(field('date'), '2026-11-20', { zone: 'Asia/Tokyo' })).toBe('The answer must be today or later');
    expect(read(field('date', { min: 1 }), '2026-11-20')).toBe('The answer must be after today');
    expect(read(field('date', { max: 90 }), '2027-11-20')).toBe('The answer must be within 90 days');
    expect(read(field('date'), '2026-02-30')).toMatch(/^There is no 2026-02-30/);
  });
});

describe('choices and numbers', () => {
  it('stores yes and no as booleans', () => {
    expect(read(field('yesNo'), 'yes')).toBe(true);
    expect(read(field('yesNo'), 'no')).toBe(false);
    expect(read(field('yesNo'), 'perhaps')).toBe('Select yes or no');
  });

  it('takes scores from 1 to 10', () => {
    expect(read(field('score'), '10')).toBe(10);
    for (const typed of ['0', '11', '8.5', '-1', 'ten']) expect(read(field('score'), typed)).toBe('Select 1 to 10');
  });

  it('keeps minutes within their bounds', () => {
    const minutes = field('minutes', { min: 15, max: 30 });
    expect(read(minutes, '15')).toBe(15);
    for (const typed of ['14', '31', '1e1', '20.5'])
      expect(read(minutes, typed)).toMatch(/^The answer must be (a whole number between 15 and 30|a number, like 15)$/);
  });

  it('wants every box ticked, by number or by text', () => {
    const list = field('checklist', { items: ['First', 'Second'] });
    expect(read(list, ['0', '1'])).toEqual(['First', 'Second']);
    expect(read(list, ['First', '1'])).toEqual(['First', 'Second']);
    expect(read(list, '1')).toBe('Still open: First');
    expect(read(list, undefined)).toBe('Tick all the checks');
    expect(read(field('checklist', { items: ['Yes, stop it'] }), undefined)).toBe('Tick the box to confirm');
  });

  it('takes only people it offered', () => {
    expect(read(field('person'), ` ${lena.toUpperCase()} `)).toBe(lena);
    expect(read(field('person'), 'sarah.cole@example.com')).toBe('Select the answer from the list');
    expect(read(field('person'), 'mallory@example.org')).toBe('Select the answer from the list');
  });
});

describe('texts', () => {
  it('trims, and takes out control characters but line breaks', () => {
    expect(read(field('longText'), '  one\r\ntwo\u0007\u202E  ')).toBe('one\ntwo');
    expect(read(field('text'), 'room\n4\t\u0000')).toBe('room 4');
  });

  it('counts a field of blanks or unseen characters as empty', () => {
    expect(read(field('longText'), ' \n ')).toBe('Enter the answer');
    expect(read(field('longText', { required: false }), '\u0007')).toBeUndefined();
  });

  it('says how much too long a text is', () => {
    expect(read(field('text'), 'x'.repeat(501))).toBe('The answer must be 500 characters or fewer, now 501');
    expect(read(field('longText'), 'x'.repeat(20_001))).toMatch(/20,000 characters or fewer, now 20,001$/);
  });

  it('takes links of http and https only', () => {
    expect(read(field('link'), 'https://example.com/a?b=1')).toEqual({ url: 'https://example.com/a?b=1' });
    for (const typed of ['javascript:alert(1)', 'example.com', 'data:text/html,x', 'ftp://example.com'])
      expect(read(field('link'), typed)).toBe('The answer must start with https://');
    expect(read(field('links'), 'Demo | https://a.example/1 | more')).toMatch(/^Link 1 has a space in it/);
    expect(read(field('links'), 'https://a.example\nB | https://b.example\nB | https://b.example')).toBe(
      'Link 3 repeats link 2',
    );
  });

  it.each([
    ['https://a b', 'The answer has a space in it. Copy it again from the address bar'],
    ['https://a.example/b c', 'The answer has a space in it. Copy it again from the address bar'],
    ['https://', 'The answer must be a whole web address, like https://company.com/page'],
    [
      'https://user:secret@a.example',
      'The answer must not hold a user name or password. Take out what stands before the @',
    ],
    [`https://a.example/${'x'.repeat(2000)}`, 'The answer must be 2,000 characters or fewer, now 2,018'],
  ])('says of the link %s what is wrong with it', (typed, problem) => {
    expect(read(field('link'), typed)).toBe(problem);
  });

  it('reads mail addresses however they are pasted', () => {
    expect(read(field('emails'), 'A@Example.com, "Bo B" <b@example.com>;\nc@example.com')).toEqual([
      'A@Example.com',
      'b@example.com',
      'c@example.com',
    ]);
    const twice = 'a@example.com b@example.com A@example.com';
    expect(read(field('emails'), twice)).toBe('A@example.com is listed twice');
    expect(readAnswer(field('emails'), twice)).toEqual({ value: ['a@example.com', 'b@example.com'], problems: [] });
    expect(read(field('emails'), 'a@example.com, nonsense')).toBe('"nonsense" needs the form name@company.com');
    expect(read(field('emails'), 'a@example.com\r\nBcc: x')).toBe('"Bcc:", "x" need the form name@company.com');
    expect(read(field('emails', { max: 1 }), 'a@example.com b@example.com')).toBe('Enter only 1 email address');
  });

  it('reads stakeholders line by line', () => {
    const line = 'Ana | ana@example.com | champion, technical | high | stays';
    expect(read(field('stakeholders'), `\n${line}\n`)).toEqual([
      { name: 'Ana', email: 'ana@example.com', roles: ['champion', 'technical'], influence: 'high', stays: true },
    ]);
    expect(read(field('stakeholders'), 'Ana | ana | champion | high | stays')).toBe(
      'Person 1: "ana" needs the form name@company.com',
    );
    expect(read(field('stakeholders'), `${line} | likes tea | calls | | |\n| | | |`)).toEqual([
      expect.objectContaining({ name: 'Ana', notes: 'likes tea | calls' }),
    ]);
  });
});

describe('rows that cannot be used', () => {
  const problemsOf = (rule: EvidenceField, typed: string) => {
    const parsed = parseEvidence({ fields: [rule], form: { answer: typed }, zone: 'UTC', at });
    return 'problems' in parsed ? parsed.problems : [];
  };

  it('are named cell by cell, each with its place', () => {
    expect(problemsOf(field('metrics'), 'Logins | 80 | %\nAdoption')).toEqual([
      { field: 'answer', problem: 'Metric 2 needs a target', at: { row: 1, column: 'target' } },
      { field: 'answer', problem: 'Metric 2 needs a unit', at: { row: 1, column: 'unit' } },
    ]);
    expect(
      problemsOf(field('stakeholders'), ' | ann@example.com | boss | medium |').map(({ problem }) => problem),
    ).toEqual([
      'Person 1 needs a name',
      'Person 1: select roles from the list',
      'Person 1: select whether they stay involved or leave',
    ]);
    expect(problemsOf(field('promises'), 'SSO | Ann | May | demo | perhaps')).toEqual([
      { field: 'answer', problem: 'Promise 1: select confirmed or assumed', at: { row: 0, column: 'certainty' } },
    ]);
  });

  it('name a row that is there twice', () => {
    const ann = (role: string) => `Ann | ann@example.com | ${role} | high | stays`;
    expect(problemsOf(field('stakeholders'), `${ann('champion')}\n${ann('technical')}`)).toEqual([
      { field: 'answer', problem: 'ann@example.com is there twice: give one row both roles', at: { row: 1 } },
    ]);
    expect(problemsOf(field('list'), 'SAP\nShopify\nsap')).toEqual([
      { field: 'answer', problem: 'Line 3 repeats line 1', at: { row: 2 } },
    ]);
  });
});

describe('what a missing answer is called', () => {
  it.each<[Partial<EvidenceField> & Pick<EvidenceField, 'kind'>, string]>([
    [{ kind: 'longText', label: 'Why us' }, 'Enter why us'],
    [{ kind: 'longText', label: 'Discounts', thing: 'the discounts', orNone: true }, 'Enter the discounts (or "none")'],
    [{ kind: 'text', label: 'CRM name (in full)' }, 'Enter CRM name'],
    [{ kind: 'number', label: 'Term length', unit: 'months' }, 'Enter term length in months'],
    [{ kind: 'money', label: 'Value and currency' }, 'Enter value and currency'],
    [{ kind: 'pastDateTime', label: 'When they reached first value' }, 'Enter when they reached first value'],
    [{ kind: 'pastDateTime', label: 'Held at' }, 'Enter when it took place'],
    [
      { kind: 'yesNo', label: 'Is it complete?', thing: 'onboarding is complete' },
      'Select yes if onboarding is complete, or no',
    ],
    [{ kind: 'person', label: 'Colleague', thing: 'a colleague' }, 'Select a colleague'],
    [{ kind: 'promises', orNone: true }, 'Add a promise, or "none"'],
    [{ kind: 'emails' }, 'Enter an email address'],
  ])('%j', (more, problem) => {
    expect(read(field(more.kind, more), undefined)).toBe(problem);
  });
});

describe('a form', () => {
  const fields = [
    field('text', { name: 'a' }),
    field('text', { name: 'b', required: false }),
    field('score', { name: 'c' }),
  ];

  it('names every problem, not only the first', () => {
    const parsed = parseEvidence({ fields, form: { c: '99' }, zone: 'UTC', at });
    expect(parsed).toEqual({
      problems: [
        { field: 'a', problem: 'Enter the answer' },
        { field: 'c', problem: 'Select 1 to 10' },
      ],
    });
  });

  it('leaves out what was left empty, and ignores what nobody asked for', () => {
    const form = { a: 'x', c: '9', constructor: 'y', __proto__: 'z', nonce: 'n' };
    expect(parseEvidence({ fields, form, zone: 'UTC', at })).toEqual({ evidence: { a: 'x', c: 9 }, notes: [] });
  });
});

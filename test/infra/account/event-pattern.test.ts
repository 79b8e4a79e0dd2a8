import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../infra/account/event-pattern.ts';

const event = {
  source: 'handoff.crm',
  'detail-type': 'Deal Closed Won',
  detail: {
    stage: 'Closed Won',
    amount: 1200.5,
    open: false,
    owner: null,
    tags: ['new', 'EMEA'],
    deal: { id: 'D-1' },
    contacts: [
      { role: 'buyer', city: 'Paris' },
      { role: 'user', city: 'Berlin' },
    ],
    empty: [],
  },
};

const matching: readonly (readonly [string, object])[] = [
  ['an exact text', { source: ['handoff.crm'] }],
  ['one of several texts', { source: ['x', 'handoff.crm'] }],
  ['a number by value', { detail: { amount: [1200.5] } }],
  ['a boolean', { detail: { open: [false] } }],
  ['null', { detail: { owner: [null] } }],
  ['an element of an array', { detail: { tags: ['EMEA'] } }],
  ['a nested field', { detail: { deal: { id: ['D-1'] } } }],
  ['a prefix', { source: [{ prefix: 'handoff.' }] }],
  ['a prefix without case', { source: [{ prefix: { 'equals-ignore-case': 'HANDOFF.' } }] }],
  ['a suffix', { source: [{ suffix: '.crm' }] }],
  ['a text without case', { detail: { stage: [{ 'equals-ignore-case': 'closed won' }] } }],
  ['a wildcard', { 'detail-type': [{ wildcard: 'Deal*Won' }] }],
  ['anything but a text', { source: [{ 'anything-but': 'aws.ses' }] }],
  ['anything but a list', { source: [{ 'anything-but': ['aws.ses', 'x'] }] }],
  ['anything but a prefix', { source: [{ 'anything-but': { prefix: 'aws.' } }] }],
  ['anything but wildcards', { source: [{ 'anything-but': { wildcard: ['aws*', 'x*'] } }] }],
  ['a numeric range', { detail: { amount: [{ numeric: ['>', 0, '<=', 1200.5] }] } }],
  ['a field that exists', { detail: { stage: [{ exists: true }] } }],
  ['a field that does not exist', { detail: { reason: [{ exists: false }] } }],
  ['a nested field whose object does not exist', { detail: { none: { id: [{ exists: false }] } } }],
  ['either of two', { $or: [{ source: ['x'] }, { 'detail-type': ['Deal Closed Won'] }] }],
  ['one element of an array of objects', { detail: { contacts: { role: ['user'], city: ['Berlin'] } } }],
];

const different: readonly (readonly [string, object])[] = [
  ['another text', { source: ['handoff'] }],
  ['a text for a number', { detail: { amount: ['1200.5'] } }],
  ['fields of different elements', { detail: { contacts: { role: ['buyer'], city: ['Berlin'] } } }],
  ['all fields but one', { source: ['handoff.crm'], detail: { stage: ['Open'] } }],
  ['a missing field with anything-but', { detail: { reason: [{ 'anything-but': 'x' }] } }],
  ['exists on an object', { detail: { deal: [{ exists: true }] } }],
  ['exists on an empty array', { detail: { empty: [{ exists: true }] } }],
  ['a number outside the range', { detail: { amount: [{ numeric: ['<', 1200.5] }] } }],
  ['an excluded suffix', { source: [{ 'anything-but': { suffix: '.crm' } }] }],
  ['a wildcard with a literal star', { source: [{ wildcard: 'handoff\\*crm' }] }],
  ['neither of two', { $or: [{ source: ['x'] }, { source: ['y'] }] }],
];

const malformed: readonly (readonly [string, unknown, RegExp])[] = [
  ['an unknown operator', { source: [{ cidr: '10.0.0.0/8' }] }, /Unrecognized match type cidr/],
  ['a text instead of an array', { source: 'handoff.crm' }, /"source" must be an object or an array/],
  ['an empty array', { source: [] }, /Empty arrays/],
  ['an empty pattern', {}, /Empty filter/],
  ['two operators in one object', { source: [{ prefix: 'a', suffix: 'b' }] }, /Only one key/],
  ['a half numeric range', { detail: { amount: [{ numeric: ['>'] }] } }, /numeric/],
  ['a text to compare by number', { detail: { amount: [{ numeric: ['>', '1'] }] } }, /must be a number/],
  ['two wildcards in a row', { source: [{ wildcard: 'a**' }] }, /Consecutive/],
  ['no object at all', 'handoff.crm', /not an object/],
];

describe('an event pattern', () => {
  it.each(matching)('matches %s', (_, pattern) => {
    expect(compilePattern(pattern)(event)).toBe(true);
  });

  it.each(different)('does not match %s', (_, pattern) => {
    expect(compilePattern(pattern)(event)).toBe(false);
  });

  it.each(malformed)('is refused with %s', (_, pattern, message) => {
    expect(() => compilePattern(pattern)).toThrow(message);
  });
});

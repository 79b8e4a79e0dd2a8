import { describe, expect, it } from 'vitest';
import { type Form, parseEvidence } from '../../../../functions/domain/fields/evidence.ts';
import type { EvidenceField } from '../../../../functions/domain/fields/field-rule.ts';

const field: EvidenceField = { name: 'gaps', label: 'What is missing', kind: 'gaps', required: true };
const gapFields = [
  { path: 'contract.termMonths', section: 'Contract', label: 'Term length' },
  { path: 'dealContext.whyUs', section: 'Deal context', label: 'Why us' },
  { path: 'stakeholders', section: 'Stakeholder map', label: 'Stakeholders' },
];

function read(form: Form): unknown {
  const at = '2026-11-20T15:00:00Z';
  const parsed = parseEvidence({ fields: [field], form, zone: 'UTC', at, gapFields });
  return 'problems' in parsed ? parsed.problems.map(({ problem }) => problem).join(' ') : parsed.evidence['gaps'];
}

describe('named gaps', () => {
  it('are questions about fields, and lines about none', () => {
    expect(
      read({
        'gaps.contract.termMonths': ' How many \n months? ',
        'gaps.dealContext.whyUs': '  ',
        gaps: 'Who signs off the migration?\r\n\r\nWhen do they move?',
      }),
    ).toEqual([
      { path: 'contract.termMonths', question: 'How many months?' },
      { question: 'Who signs off the migration?' },
      { question: 'When do they move?' },
    ]);
  });

  it.each([
    ['Contract: Term length: 12 or 24: which?', { path: 'contract.termMonths', question: '12 or 24: which?' }],
    ['contract.termMonths: which?', { path: 'contract.termMonths', question: 'which?' }],
    ['deal-context : why us : who else was asked?', { path: 'dealContext.whyUs', question: 'who else was asked?' }],
    ['stakeholders: who is technical?', { path: 'stakeholders', question: 'who is technical?' }],
    ['Contract: who has it?', { question: 'Contract: who has it?' }],
    ['Contract: Term length:', { question: 'Contract: Term length:' }],
    ['contract.gone: why?', { question: 'contract.gone: why?' }],
    ['https://example.com: is this theirs?', { question: 'https://example.com: is this theirs?' }],
    ['constructor: x', { question: 'constructor: x' }],
  ])('a line that begins with a field is about it: %s', (line, gap) => {
    expect(read({ gaps: line })).toEqual([gap]);
  });

  it('keep a question about a field that the package does not have, as one about none', () => {
    expect(read({ 'gaps.no.such': 'Why?', 'gaps.__proto__': 'How?', 'gaps.': 'Who?' })).toEqual([
      { question: 'Why?' },
      { question: 'How?' },
      { question: 'Who?' },
    ]);
  });

  it('are each named once', () => {
    const again = { 'gaps.dealContext.whyUs': 'Why?', gaps: 'Deal context: Why us: Why?\nWhy?' };
    expect(read(again)).toEqual([{ path: 'dealContext.whyUs', question: 'Why?' }, { question: 'Why?' }]);
  });

  it('take unseen characters for nothing', () => {
    expect(read({ 'gaps.dealContext.whyUs': '\u0007<b>\u202Ewho?' })).toEqual([
      { path: 'dealContext.whyUs', question: '<b>who?' },
    ]);
    expect(read({ 'gaps.dealContext.whyUs': '\u0007 \u202E' })).toMatch(/^Add at least 1 gap/);
  });

  it.each<[string, Form, RegExp]>([
    ['none', { gaps: ' \n ' }, /^Add at least 1 gap/],
    ['one that is too long', { gaps: 'x'.repeat(1001) }, /^A question must be 1,000 characters or fewer, now 1,001$/],
    [
      'one that is too long, by its field',
      { 'gaps.dealContext.whyUs': 'x'.repeat(1001), gaps: 'y' },
      /^Your question about Why us must be 1,000 characters or fewer/,
    ],
    ['too many', { gaps: Array.from({ length: 51 }, (_, i) => `${i}?`).join('\n') }, /^Name 50 gaps or fewer, now 51/],
    [
      'too much in all',
      { gaps: Array.from({ length: 30 }, (_, i) => `${i}${'x'.repeat(900)}`).join('\n') },
      /^All questions together must be 20,000 characters or fewer, now 27,050$/,
    ],
  ])('are refused: %s', (_, form, problem) => {
    expect(read(form)).toMatch(problem);
  });
});

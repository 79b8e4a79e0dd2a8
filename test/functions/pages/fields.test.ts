import { describe, expect, it } from 'vitest';
import { answerText, readAnswer } from '../../../functions/domain/fields/answer.ts';
import type { EvidenceField } from '../../../functions/domain/fields/field-rule.ts';
import type { Filling } from '../../../functions/domain/fields/kind.ts';
import { kinds } from '../../../functions/domain/fields/kinds.ts';
import type { FieldKind, ValueOfKind } from '../../../functions/domain/fields/values.ts';
import type { FieldView } from '../../../functions/domain/step/field-view.ts';
import { fieldHtml } from '../../../functions/pages/fields.ts';
import { formFor } from '../../../infra/local/play/page-form.ts';
import { tagProblems } from '../../support/markup.ts';

const everyKind = Object.keys(kinds) as FieldKind[];
const zone = 'Europe/Berlin';

/** An answer of each kind, with characters that markup must escape where any fit. */
const answers: { readonly [K in FieldKind]: ValueOfKind[K] } = {
  text: 'Room "4" & <5>',
  longText: '\'First\'\n\n</textarea> "third"',
  list: ['SAP & Co', '<b>HubSpot</b>'],
  number: 24,
  date: '2026-12-15',
  money: { amount: 86_400.5, currency: 'EUR' },
  timeZone: 'America/New_York',
  choice: 'self-serve',
  link: { url: 'https://calls.example.com/1?a=1&b=2' },
  links: [{ title: 'Demo | "final"', url: 'https://calls.example.com/1?a=1&b=2' }],
  metrics: [{ name: 'Adoption', target: '>80', unit: '%' }],
  stakeholders: [
    {
      name: 'Ana "A" Lee',
      email: 'ana@example.com',
      roles: ['champion', 'technical'],
      influence: 'high',
      stays: false,
    },
  ],
  promises: [{ what: 'SSO | SAML', toWhom: 'Ana', byWhen: 'go-live', where: 'demo', certainty: 'assumed' }],
  pastDateTime: '2026-11-19T09:00:00Z',
  futureDateTime: '2026-11-24T09:00:00Z',
  yesNo: false,
  score: 9,
  minutes: 45,
  checklist: ['First & last', 'Second'],
  emails: ['ana@example.com', 'bo@example.com'],
  person: 'lena@example.com',
  gaps: [{ question: 'Who pays <b>, "Ana" & Co?' }],
};

const field = (kind: FieldKind): Omit<EvidenceField, 'options' | 'from'> => ({
  name: 'answer',
  label: 'The "answer" & more',
  kind,
  required: true,
  hint: 'what a <good> answer says',
  ...(kind === 'checklist' && { items: ['First & last', 'Second'] }),
});

const view = (kind: FieldKind, value: string): FieldView => ({
  ...field(kind),
  value,
  ...(kind === 'choice' && {
    options: ['standard', 'self-serve'].map((name) => ({ value: name, label: name })),
  }),
  ...(kind === 'person' && { options: [{ value: 'lena@example.com', label: 'Lena Vogt' }] }),
});

/** The markup of one field, and what a browser would send of it. */
function rendered(shown: FieldView, more: { halfDone?: boolean; typed?: readonly string[] } = {}) {
  const html = String(fieldHtml(shown, { form: 'f', zone, insist: !more.halfDone, ...more }));
  const form = formFor(`<form>${html}<button name="choice" value="go">Go</button></form>`, 'go');
  return { html, sent: form?.values.get('answer') ?? [] };
}

describe('a field of every kind', () => {
  it.each(everyKind)('%s: sends what it shows, as evidence and in the half-done form of the package', (kind) => {
    for (const halfDone of [false, true]) {
      // The half-done form does not know who reads it next: its times are UTC.
      const filling: Filling = { at: '2026-11-20T15:00:00Z', zone: halfDone ? 'UTC' : zone };
      const { html, sent } = rendered(view(kind, answerText(kind, answers[kind], filling.zone)), { halfDone });
      expect(tagProblems(html)).toEqual([]);
      expect(html).toContain('The &quot;answer&quot; &amp; more');
      expect(html).toMatch(/hat a &lt;good&gt; answer says/);
      const { value, problems } = readAnswer(field(kind), sent.join('\n'), filling);
      expect(problems).toEqual([]);
      expect(value).toEqual(answers[kind]);
    }
  });

  it.each(everyKind)('%s: shows again what was typed, whatever it is, where answers may be half-done', (kind) => {
    const { html, sent } = rendered(view(kind, ''), { halfDone: true, typed: ['half "done" | <'] });
    expect(tagProblems(html)).toEqual([]);
    const isClicked = kind === 'yesNo' || kind === 'score' || kind === 'checklist';
    expect(sent).toEqual(isClicked ? [] : ['half "done" | <']);
  });

  it('insists on an answer only where the form does', () => {
    for (const kind of everyKind) {
      const shown = view(kind, '');
      // Rows may be pasted as lines, too: the cells insist on nothing.
      if (kinds[kind].rows) expect(rendered(shown).html, kind).not.toContain(' required');
      else expect(rendered(shown).html, kind).toContain(' required');
      expect(rendered(shown, { halfDone: true }).html, kind).not.toContain(' required');
    }
  });

  it('offers a score and bounds minutes as the rule says', () => {
    const { html } = rendered({ ...view('score', '3'), max: 5 });
    expect(html.match(/type="radio"/g)).toHaveLength(5);
    expect(rendered({ ...view('minutes', ''), min: 15, max: 30 }).html).toMatch(/min="15" max="30".*/);
  });
});

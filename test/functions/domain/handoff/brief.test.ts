import { describe, expect, it } from 'vitest';
import { checkPackage } from '../../../../functions/domain/deal/completeness.ts';
import { briefFrom } from '../../../../functions/domain/handoff/brief.ts';
import { roster, type SampleName, sampleDeal, sampleNames } from '../../../support/deals.ts';
import { packageRules } from '../../../support/package-rules.ts';
import { full } from '../../../support/playbooks/full.ts';

const playbook = { roles: full.roles, fields: {} };
const colleagues = Object.fromEntries(roster().map((person) => [person.email, person]));

function briefOf(name: SampleName, locale?: string, answers: Readonly<Record<string, unknown>> = {}) {
  const deal = sampleDeal(name);
  const given = { ...Object(deal.package), ...answers };
  const { package: pkg, gaps } = checkPackage({ package: given, deal, rules: packageRules() });
  const accountExecutive = colleagues[deal.accountExecutive];
  const customerSuccessManager = colleagues['lena.vogt@example.com'];
  const people = { accountExecutive, customerSuccessManager };
  const language = locale?.slice(0, 2);
  return briefFrom({
    deal,
    package: pkg,
    gaps,
    playbook: { ...playbook, ...(language && { language }) },
    people,
    locale,
  });
}
const linesOf = (name: SampleName) => briefOf(name).sections.flatMap(({ lines }) => lines);

describe('the brief', () => {
  it('says at the top who, what and until when', () => {
    const { title, subtitle, facts } = briefOf('complete-standard');
    expect(title).toBe('Brief: Nordwind Logistik GmbH');
    expect(subtitle).toBe('Nordwind Logistik: fleet planning for 120 dispatchers, won on 2026-11-17');
    expect(Object.fromEntries(facts.map(({ label, value }) => [label, value]))).toEqual({
      Website: 'https://www.nordwind-logistik.example',
      Country: 'DE',
      'Account executive': 'Anna Keller, anna.keller@example.com',
      'Customer success manager': 'Lena Vogt, lena.vogt@example.com',
      Segment: 'standard',
      'Plan tier': 'Professional',
      'Value and currency': '86,400 EUR',
      'Term length': '24 months',
      'Signing date': '2026-11-17',
      'Renewal date': '2028-11-17',
      'Time zone': 'Europe/Berlin',
      Language: 'German',
    });
  });

  it('leads with the four pillars (S2)', () => {
    const { sections } = briefOf('complete-standard');
    expect(sections.map(({ heading }) => heading)).toEqual([
      'Deal context',
      'Technical requirements',
      'Stakeholder map',
      'Communication',
      'Customer goals',
      'Red flags',
      'Promises',
      'Contract',
      'Attachments',
    ]);
  });

  it('says what the code makes of people and promises in the language of a locale', () => {
    const lines = briefOf('complete-standard', 'de-DE').sections.flatMap((section) => section.lines);
    const text = lines
      .filter(({ path }) => path === 'promises' || path === 'stakeholders')
      .map((line) => `${line.label}: ${line.text}`)
      .join('\n');
    expect(text).toContain(
      'Zugesagt: Gerd Wolters: Export of tours to Excel stays possible; fällig: go-live; angenommen; gesagt: demo',
    );
    expect(text).not.toMatch(/Promised to|; due:|; said:|stays involved|leaves after|influence /);
  });

  it('says "none" in the language of a locale, in whatever words it was typed, and nothing else that was', () => {
    const flags = { concerns: 'None known.', sensitivities: 'no', knownRisks: 'None of them has used software.' };
    const told = (locale?: string) =>
      briefOf('complete-standard', locale, { redFlags: flags })
        .sections.flatMap((section) => section.lines)
        .filter(({ path, missing }) => path.startsWith('redFlags.') && !missing)
        .map(({ text }) => text);
    expect(told('de-DE')).toEqual(['keine', 'keine', 'None of them has used software.']);
    for (const locale of ['en-US', 'fr-FR', undefined]) expect(told(locale)).toEqual(Object.values(flags));
  });

  it('leaves what people wrote as they wrote it, also where it is a word that a form offers', () => {
    const text = briefOf('complete-standard', 'de-DE', {
      technicalRequirements: { dataMigration: 'technical, confirmed' },
    })
      .sections.flatMap((section) => section.lines)
      .find(({ path }) => path === 'technicalRequirements.dataMigration')?.text;
    expect(text).toBe('technical, confirmed');
  });

  it('writes percentages as the language of a locale does', () => {
    const told = (locale: string) =>
      briefOf('complete-standard', locale)
        .sections.flatMap((section) => section.lines)
        .find(({ path }) => path === 'customerGoals.successMetrics')?.text;
    const planning = 'Planning time per dispatcher and day: 45 minutes';
    expect(told('de-DE')).toBe(`Deliveries within the window: 98 %; ${planning}`);
    expect(told('en-US')).toBe(`Deliveries within the window: 98%; ${planning}`);
  });

  it('gives each person, promise and recording its line', () => {
    expect(linesOf('complete-standard')).toEqual(
      expect.arrayContaining([
        {
          path: 'stakeholders',
          label: 'Mehmet Aydın',
          text: 'champion, day-to-day; influence high; stays involved; m.aydin@nordwind-logistik.example; Ran the pilot and is proud of it.',
        },
        {
          path: 'promises',
          label: 'Promised to Gerd Wolters',
          text: 'Export of tours to Excel stays possible; due: go-live; assumed; said: demo of 14 October',
        },
        {
          path: 'attachments.callRecordings',
          label: 'Call recordings and meeting summaries',
          text: 'Pilot review',
          url: 'https://calls.example.com/recordings/87350',
        },
        {
          path: 'customerGoals.successMetrics',
          label: 'Success metrics',
          text: 'Deliveries within the window: 98%; Planning time per dispatcher and day: 45 minutes',
        },
      ]),
    );
  });

  it('shows every gap as not given, and hides none', () => {
    const { gaps, facts, sections } = briefOf('incomplete');
    const missing = [
      ...facts.filter((fact) => fact.missing).map(({ label, value }) => ({ label, text: value })),
      ...sections.flatMap(({ lines }) => lines).filter((line) => line.missing),
    ];
    expect(missing.map(({ label }) => label).toSorted()).toEqual(gaps.map(({ label }) => label).toSorted());
    expect(missing.every(({ text }) => text.startsWith('not given'))).toBe(true);
    expect(facts).toContainEqual({ label: 'Term length', value: 'not given', missing: true });
  });

  it('counts one month as one', () => {
    const deal = sampleDeal('complete-standard');
    const { facts } = briefFrom({ deal, package: { contract: { termMonths: 1 } }, gaps: [], playbook, people: {} });
    expect(facts).toContainEqual({ label: 'Term length', value: '1 month' });
  });

  it('leaves out optional answers that nobody gave', () => {
    expect(linesOf('holiday-week').map(({ label }) => label)).not.toContain('Emotional drivers');
  });

  it('shortens very long notes and says where the rest is', () => {
    const objections = linesOf('awkward-text').find(({ label }) => label.startsWith('Objections'));
    expect(objections?.text).toMatch(/… \(full text in the package\)$/);
    expect(objections?.text.length).toBeLessThan(280);
  });

  it.each(sampleNames)('keeps every line of %s short, whole and on one line', (name) => {
    for (const { text } of linesOf(name)) {
      expect(text.length).toBeLessThan(320);
      expect(text).not.toMatch(/\n/);
      expect(text.isWellFormed()).toBe(true);
    }
  });

  it('says when nobody is assigned yet', () => {
    const deal = sampleDeal('complete-standard');
    const { facts } = briefFrom({ deal, package: {}, gaps: [], playbook, people: {} });
    expect(facts).toContainEqual(
      expect.objectContaining({ role: 'customerSuccessManager', value: 'not assigned yet' }),
    );
    expect(facts).toContainEqual(
      expect.objectContaining({ role: 'accountExecutive', value: 'anna.keller@example.com' }),
    );
  });
});

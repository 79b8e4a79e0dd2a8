import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dealEventSchema } from '../../../../functions/domain/deal/event-schema.ts';
import {
  answerAt,
  type FieldPath,
  fitPackage,
  largestPackage,
  packageFields,
  withAnswer,
} from '../../../../functions/domain/deal/package.ts';
import { readAnswer } from '../../../../functions/domain/fields/answer.ts';
import { sampleEvent } from '../../../support/deals.ts';

const read = (path: FieldPath, received: unknown) => {
  const field = packageFields.find((candidate) => candidate.path === path);
  if (!field) throw new Error(path);
  return readAnswer(field, received);
};

describe('the table of fields', () => {
  it('has each field once', () => {
    expect(new Set(packageFields.map(({ path }) => path)).size).toBe(packageFields.length);
  });

  it('reaches an answer by its path, and replaces or takes it out', () => {
    const pkg = { contract: { scope: 'all' }, promises: 'none' };
    expect(answerAt(pkg, 'contract.scope')).toBe('all');
    expect(answerAt('nonsense', 'contract.scope')).toBeUndefined();
    expect(withAnswer(pkg, 'contract.planTier', 'Pro')).toEqual({
      contract: { scope: 'all', planTier: 'Pro' },
      promises: 'none',
    });
    expect(withAnswer(pkg, 'promises', undefined)).toEqual({ contract: { scope: 'all' } });
  });
});

describe('an answer', () => {
  it.each<[FieldPath, unknown, unknown]>([
    ['contract.value', '24,000 EUR', { amount: 24000, currency: 'EUR' }],
    ['contract.value', 'usd 1250000.50', { amount: 1250000.5, currency: 'USD' }],
    ['contract.value', { amount: '99', currency: 'gbp' }, { amount: 99, currency: 'GBP' }],
    ['contract.termMonths', '12 months', 12],
    ['contract.signedAt', '2026-11-17T09:30:00+01:00', '2026-11-17'],
    ['contract.scope', ['one', 'two'], 'one\ntwo'],
    ['technicalRequirements.integrations', 'SAP\n\n  HubSpot ', ['SAP', 'HubSpot']],
    ['technicalRequirements.integrations', ['None known.'], 'none'],
    ['promises', 'NONE', 'none'],
    ['attachments.crmRecord', 'https://crm.example.com/1', { url: 'https://crm.example.com/1' }],
    [
      'attachments.callRecordings',
      'Demo | https://calls.example.com/1',
      [{ title: 'Demo', url: 'https://calls.example.com/1' }],
    ],
    ['customerGoals.successMetrics', 'Adoption | 80 | %', [{ name: 'Adoption', target: '80', unit: '%' }]],
    [
      'promises',
      'SSO | Ann | 2027-01-31 | demo | Confirmed',
      [{ what: 'SSO', toWhom: 'Ann', byWhen: '2027-01-31', where: 'demo', certainty: 'confirmed' }],
    ],
    [
      'stakeholders',
      'Ann Lee | Ann@Client.example | Decision Maker, day-to-day contact | High | stays | likes tea',
      [
        {
          name: 'Ann Lee',
          email: 'Ann@Client.example',
          roles: ['decision-maker', 'day-to-day'],
          influence: 'high',
          stays: true,
          notes: 'likes tea',
        },
      ],
    ],
  ])('%s: %j is understood', (path, received, value) => {
    expect(read(path, received)).toEqual({ value, problems: [] });
  });

  it.each<[FieldPath, unknown, string]>([
    ['contract.value', '24.000 EUR', '24000.50 EUR'],
    ['contract.value', '24000', 'currency'],
    ['contract.value', '100 XQZ', 'ISO 4217'],
    ['contract.value', { amount: -1, currency: 'EUR' }, '0 or more'],
    ['contract.termMonths', '0', '1 or more'],
    ['contract.renewalDate', '2026-02-30', 'YYYY-MM-DD'],
    ['contract.renewalDate', '31.13.2026', 'YYYY-MM-DD'],
    ['communication.timeZone', '+01:00', 'IANA'],
    ['attachments.crmRecord', 'javascript:alert(1)', 'https://'],
    ['attachments.callRecordings', 'Demo | file:///etc/passwd', 'line 1: a web address'],
    ['customerGoals.successMetrics', 'Adoption | 80', 'line 1: the unit'],
    ['promises', 'SSO | Ann | soon | demo | maybe', 'confirmed or assumed'],
    ['stakeholders', 'Ann | ann@client.example | boss | high | stays', 'line 1: a role: decision-maker'],
    ['stakeholders', 'nobody yet', 'line 1: an email address'],
    ['dealContext.whyUs', 'word '.repeat(4_001), 'at most 20,000 characters'],
    ['contract.planTier', 'word '.repeat(61), 'at most 300 characters'],
    ['dealContext.whyUs', { nested: true }, 'text'],
  ])('%s: %j is refused with what is expected', (path, received, expected) => {
    const { value, problems } = read(path, received);
    expect(value).toBeUndefined();
    expect(problems.map((problem) => problem.expected).join()).toContain(expected);
  });

  it.each(['TBD', 'n/a', '-', '???', 'todo', 'see CRM', 'none'])('"%s" does not get past a required text', (text) => {
    expect(read('dealContext.whyUs', text).problems).toHaveLength(1);
  });

  it.each([undefined, null, '', '  \n', [], {}])('%j says nothing', (received) => {
    expect(read('promises', received)).toEqual({ problems: [] });
  });

  it('keeps the good rows of a list beside the bad ones', () => {
    const { value, problems } = read('attachments.callRecordings', ['https://calls.example.com/1', 'later']);
    expect(value).toEqual([{ url: 'https://calls.example.com/1' }]);
    expect(problems).toMatchObject([{ expected: expect.stringMatching(/^line 2: a web address/), found: 'later' }]);
  });
});

describe('a package too large to store', () => {
  it('is cut until it fits, and says how long each text was', () => {
    const texts = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`text${i}`, '漢'.repeat(15_000)]));
    const fitted = JSON.stringify(fitPackage(texts));
    expect(new TextEncoder().encode(fitted).length).toBeLessThanOrEqual(largestPackage);
    expect(fitted.match(/\[cut: 15000 characters received\]/g)).toHaveLength(40);
  });

  it('is cut again without forgetting how long it was', () => {
    const once = fitPackage({ text: 'x'.repeat(30_000) });
    expect(fitPackage(once)).toEqual(once);
  });
});

describe('the published JSON Schema', () => {
  const schema = dealEventSchema(['standard', 'enterprise', 'self-serve']);
  const published = z.fromJSONSchema(JSON.parse(JSON.stringify(schema)));

  it('accepts the samples that are written in its shape', () => {
    for (const name of ['complete-standard', 'enterprise-across-zones', 'holiday-week'] as const) {
      expect(published.safeParse(sampleEvent(name)).error).toBeUndefined();
    }
  });

  it('names every field of the deal, says what each is for, and requires those without which there is no handoff', () => {
    const { properties, required } = JSON.parse(JSON.stringify(schema));
    expect([properties.source.const, properties['detail-type'].const]).toEqual(['handoff.crm', 'Deal Closed Won']);
    expect(required).toEqual(['source', 'detail-type', 'detail']);
    const { detail } = properties;
    const { customer, package: pkg, ...fields } = detail.properties;
    expect(Object.keys(fields).sort()).toEqual(
      [
        'accountExecutive',
        'closedWonAt',
        'crmRecord',
        'customerSuccessManager',
        'dealId',
        'industry',
        'name',
        'restored',
        'segment',
        'territory',
        'test',
        'wonEpisode',
      ].sort(),
    );
    expect(Object.keys(customer.properties).sort()).toEqual(['country', 'language', 'name', 'timeZone', 'website']);
    for (const [name, { description }] of Object.entries<{ description?: string }>({
      ...fields,
      ...customer.properties,
      package: pkg,
    }))
      expect(description?.length, name).toBeGreaterThan(10);
    expect([detail.required, customer.required]).toEqual([
      ['dealId', 'customer', 'accountExecutive', 'closedWonAt'],
      ['name'],
    ]);
  });

  it('of a deal that changed is the same, but for when it was won', () => {
    const of = (type?: 'Deal Changed') => Object(dealEventSchema(['standard'], type)).properties;
    const { closedWonAt: _at, wonEpisode: _episode, ...facts } = of().detail.properties;
    expect(of('Deal Changed').detail.properties).toEqual(facts);
    expect(of('Deal Changed')['detail-type'].const).toBe('Deal Changed');
    expect(of('Deal Changed').detail.required).toEqual(['dealId', 'customer', 'accountExecutive']);
  });

  it('refuses an event that the deal could not be told from', () => {
    const sample = sampleEvent('complete-standard');
    const { detail } = JSON.parse(JSON.stringify(sample));
    const accepted = (changes: object) =>
      published.safeParse({ ...Object(sample), detail: { ...detail, ...changes } }).success;
    expect(accepted({})).toBe(true);
    for (const changes of [
      { dealId: undefined },
      { customer: {} },
      { accountExecutive: 'Anna' },
      { closedWonAt: 'yesterday' },
      { wonEpisode: 0 },
      { wonEpisode: 1.5 },
    ])
      expect(accepted(changes), JSON.stringify(changes)).toBe(false);
  });

  it('knows every field of the package, and what it is for', () => {
    const text = JSON.stringify(schema);
    for (const { label, hint } of packageFields)
      expect(text).toContain(JSON.stringify(`${label}: ${hint}`).slice(1, -1));
  });
});

import { describe, expect, it } from 'vitest';
import { customFields, longestTyped } from '../../../functions/crm/custom-fields.ts';
import { salesforce } from '../../../functions/crm/salesforce/salesforce.ts';
import { longId } from '../../../functions/crm/salesforce/salesforce-events.ts';
import { salesforceFields } from '../../../functions/crm/salesforce/salesforce-fields.ts';
import { fieldName } from '../../../functions/crm/salesforce/salesforce-mapping.ts';
import { salesforceSetup } from '../../../functions/crm/salesforce/salesforce-setup.ts';
import { packageFields } from '../../../functions/domain/deal/package.ts';
import { stakeholders } from '../../../functions/domain/fields/row-kinds.ts';
import { writeBackFields } from '../../../functions/ports/crm.ts';
import { createClock } from '../../../infra/account/clock.ts';
import {
  createFakeSalesforce,
  type FakeSalesforceOptions,
  fakeOrganization,
} from '../../../infra/local/crm/salesforce/fake-salesforce.ts';
import { sharedSteps } from '../../support/shared-steps.ts';

const apiUrl = 'https://nordsee.my.salesforce.com';
const secrets = { clientId: 'local-client', clientSecret: 'local-secret' };
const settings = { account: fakeOrganization, apiUrl, webhookUrl: '' };

function stood(options: Partial<FakeSalesforceOptions> = {}, changed: Partial<typeof settings> = {}) {
  const clock = createClock({ start: Date.parse('2026-11-17T08:00:00Z') });
  const fake = createFakeSalesforce({ clock, apiUrl, secrets, tell: async () => 200, ...options });
  let held = [secrets];
  const connection = {
    settings: { ...settings, ...changed },
    secrets: async () => held,
    http: async (request: Parameters<typeof fake.answer>[0]) => fake.answer(request),
  };
  const hold = (now: typeof held) => {
    held = now;
  };
  const failed = async () => (await salesforceSetup.check(connection)).filter(({ ok }) => !ok);
  return { fake, connection, failed, hold };
}

describe('connecting Salesforce', () => {
  const files = salesforceSetup.steps(settings, sharedSteps).flatMap((step) => step.files ?? []);
  const file = (path: string) => files.find((each) => each.path.endsWith(path))?.text ?? '';

  it('takes a file for each field, and for each a right of the integration and of sellers', () => {
    for (const { object, name, filledBy } of salesforceFields) {
      expect(file(`objects/${object}/fields/${name}.field-meta.xml`)).toContain(`<fullName>${name}</fullName>`);
      const right = (isEditable: boolean) =>
        `<editable>${isEditable}</editable><field>${object}.${name}</field><readable>true</readable>`;
      expect(file('/Handoff.permissionset-meta.xml')).toContain(right(filledBy === 'handoff'));
      expect(file('/Handoff_Sales.permissionset-meta.xml')).toContain(right(filledBy === 'sales'));
    }
  });

  it('writes files that are XML, each name once', () => {
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
    for (const { path, text } of files.filter((each) => each.path.endsWith('.xml'))) {
      const open: string[] = [];
      for (const [, closing, name = ''] of text.replace(/^<\?xml[^>]*\?>/, '').matchAll(/<(\/?)([A-Za-z]+)[^>]*>/g))
        if (!closing) open.push(name);
        else expect(open.pop(), path).toBe(name);
      expect(open, path).toEqual([]);
      expect(text.replace(/<[^<>]*>/g, ''), path).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)/);
    }
  });

  it('makes a relay of opportunities that is stopped, and says when to start it', () => {
    expect(file('Handoff.eventRelay-meta.xml')).toMatch(/callout:Handoff_AWS[\s\S]*Handoff__chn[\s\S]*<state>STOP</);
    expect(file('Handoff_Opportunity.platformEventChannelMember-meta.xml')).toContain('OpportunityChangeEvent');
    const said = salesforceSetup.steps(settings, sharedSteps).map(({ what }) => what);
    expect(said.slice(-4)).toEqual([
      'Take the events in AWS.',
      'Deploy the stage.',
      'Start the relay.',
      'Check that all is there.',
    ]);
  });

  it('is done when every check passes', async () => {
    const { connection, failed } = stood();
    expect(await failed()).toEqual([]);
    expect((await salesforceSetup.check(connection)).length).toBe(7);
  });

  it('says what is wrong and what to do', async () => {
    const bare = await stood({ isBare: true }).failed();
    expect(bare).toMatchObject([
      {
        problem: `Missing, or not to be seen: Opportunity.Handoff_Segment__c, Opportunity.Handoff_Territory__c, Opportunity.Handoff_Industry__c, Opportunity.Handoff_Time_Zone__c, Opportunity.Handoff_Language__c, and ${salesforceFields.length - 5} more.`,
        remedy: expect.stringContaining('permission set'),
      },
    ]);
    expect(await stood({ hasCurrencies: false }).failed()).toMatchObject([
      { what: 'Amounts have a currency', remedy: expect.stringContaining('onlyCurrency') },
    ]);
    // Events name the organization in 18 characters: a stage that is set to 15 would hear none of them.
    for (const other of [longId('00DHs0000000009'), fakeOrganization.slice(0, 15)])
      expect(await stood({}, { account: other }).failed()).toMatchObject([
        { problem: `The token is of the account ${fakeOrganization}, and the stage is set to ${other}.` },
      ]);
  });

  it('checks nothing more where Salesforce does not let us in, or is down', async () => {
    const { fake, failed, hold } = stood();
    fake.outage = 'down';
    expect(await failed()).toMatchObject([{ remedy: 'Try again in a minute.' }]);
    fake.outage = 'none';
    hold([{ clientId: 'other', clientSecret: 'other' }]);
    expect(await failed()).toMatchObject([{ remedy: expect.stringContaining('consumer key') }]);
  });

  it('takes less than half of what the long texts of an object may have together', () => {
    const lengthsOf = (object: string) =>
      salesforceFields.filter((field) => field.object === object && field.type === 'LongTextArea');
    const sumOf = (object: string) => lengthsOf(object).reduce((sum, { length = 0 }) => sum + length, 0);
    const most = 1_638_400;
    expect(sumOf('Opportunity')).toBeLessThan(most / 2);
    expect(sumOf('Contact')).toBeLessThan(most / 100);
    for (const { length = 0, object, name } of [...lengthsOf('Opportunity'), ...lengthsOf('Contact')]) {
      // Salesforce takes no shorter and no longer ones.
      expect([length >= 256, length <= 131_072], name).toEqual([true, true]);
      expect(file(`objects/${object}/fields/${name}.field-meta.xml`)).toContain(`<length>${length}</length>`);
    }
  });

  it('makes fields that hold what is typed into them', () => {
    for (const { name, is } of customFields.filter((field) => packageFields.some(({ path }) => path === field.to)))
      if (is === 'line' || is === 'text')
        expect(salesforceFields.find((field) => field.name === fieldName(name))?.length).toBe(longestTyped[is]);
    const notes = stakeholders.rows?.columns.find((column) => column.name === 'notes');
    expect(salesforceFields.find((field) => field.name === 'Handoff_Notes__c')?.length).toBe(notes?.max);
  });

  it('makes fields that hold what is written into them, and no more', async () => {
    const { fake, connection } = stood();
    const crm = salesforce.connect(connection);
    const dealId = fake.put({ name: 'Nordwind', customer: { name: 'Nordwind' } });
    const texts = Object.entries(writeBackFields).filter(([, field]) => field.is === 'text');
    expect(texts.length).toBeGreaterThan(3);
    for (const [field, { most }] of texts as [string, { most: number }][]) {
      expect(await crm.write(dealId, { [field]: 'x'.repeat(most), score: 8, kickoffOn: '2026-12-01' })).toBe('written');
      expect(await crm.write(dealId, { [field]: 'x'.repeat(most + 1) })).toHaveProperty('refused');
    }
  });
});

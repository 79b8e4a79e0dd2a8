import { describe, expect, it } from 'vitest';
import { coverageCheck } from '../../../functions/crm/crm-setup.ts';
import { rules } from '../../../functions/crm/hubspot/hubspot-mapping.ts';
import { hubspotProperties } from '../../../functions/crm/hubspot/hubspot-properties.ts';
import { hubspotSetup } from '../../../functions/crm/hubspot/hubspot-setup.ts';
import type { CrmAnswer } from '../../../functions/ports/crm-access.ts';
import { CrmAccessRefused, CrmUnavailable } from '../../../functions/ports/errors.ts';
import { openPortal, readDeal, settings } from '../../support/hubspot-portal.ts';
import { sharedSteps } from '../../support/shared-steps.ts';

const { check, createProperties, steps } = hubspotSetup;
const failed = async (connection: Parameters<typeof check>[0]) =>
  (await check(connection)).filter(({ ok }) => !ok).map(({ what, problem, remedy }) => [what, problem, remedy]);
const problems = async (connection: Parameters<typeof check>[0]) =>
  (await failed(connection)).map(([what, problem]) => [what, problem]);
const refused: CrmAnswer = { status: 403, headers: {}, text: '{"category":"MISSING_SCOPES"}' };

describe('connecting HubSpot', () => {
  it('takes a project app that tells of what we read, and of nothing that we write', () => {
    const files = steps(settings, sharedSteps).flatMap((step) => step.files ?? []);
    expect(files.map(({ path }) => path)).toEqual([
      'hsproject.json',
      'src/app/app-hsmeta.json',
      'webhooks-hsmeta.json',
    ]);
    const [, app, webhooks] = files.map(({ text }) => JSON.parse(text));
    expect(app.config.auth).toMatchObject({ type: 'static' });
    expect(app.config.auth.requiredScopes).toContain('crm.objects.line_items.read');
    expect(webhooks.config.settings).toEqual({ targetUrl: settings.webhookUrl, maxConcurrentRequests: 10 });
    const subscribed: readonly Record<string, unknown>[] = webhooks.config.subscriptions.crmObjects;
    const properties = subscribed.map(({ propertyName }) => propertyName).filter((name) => name !== undefined);
    expect(subscribed.every((each) => each['objectType'] === 'deal' && each['active'] === true)).toBe(true);
    for (const name of ['dealstage', 'amount', 'hubspot_owner_id', 'handoff_renewal_date'])
      expect(properties).toContain(name);
    const written = hubspotProperties.filter(({ filledBy }) => filledBy === 'handoff').map(({ name }) => name);
    expect(properties.filter((name) => written.includes(String(name)) || String(name).startsWith('hs_'))).toEqual([]);
    expect(new Set(properties).size).toBe(properties.length);
  });

  it('creates the properties that there aren’t yet, however often it is asked', async () => {
    const { connection, fake, crm } = openPortal({ isBare: true });
    expect(await problems(connection)).toEqual([
      [
        'HubSpot has every property of Handoff',
        `Missing: handoff_segment, handoff_territory, handoff_industry, handoff_time_zone, handoff_language, and ${hubspotProperties.length - 5} more.`,
      ],
    ]);
    const first = (await createProperties?.(connection)) ?? [];
    expect(first.map(({ property }) => property)).toEqual(hubspotProperties);
    expect(new Set(first.map(({ outcome }) => outcome))).toEqual(new Set(['created']));
    const again = (await createProperties?.(connection)) ?? [];
    expect(new Set(again.map(({ outcome }) => outcome))).toEqual(new Set(['there already']));
    expect(await failed(connection)).toEqual([]);
    expect(await crm.write(fake.put({ name: 'Nordwind' }), { status: 'In progress' })).toBe('written');
  });

  it('says why a property was not created, and goes on', async () => {
    const body = JSON.stringify({ category: 'VALIDATION_ERROR', message: 'Property limit reached' });
    const { connection } = openPortal({
      isBare: true,
      between: (request, answer) =>
        request.body?.includes('"handoff_scope"') ? { status: 400, headers: {}, text: body } : answer(),
    });
    const created = (await createProperties?.(connection)) ?? [];
    expect(created.filter(({ outcome }) => outcome !== 'created')).toMatchObject([
      { property: { name: 'handoff_scope' }, outcome: { refused: 'VALIDATION_ERROR: Property limit reached' } },
    ]);
  });

  it('rejects with the two errors of CRMs, and no other', async () => {
    const [busy, kept] = [429, 401].map((status) => openPortal({ between: () => ({ ...refused, status }) }));
    await expect(createProperties?.(busy?.connection ?? openPortal().connection)).rejects.toBeInstanceOf(
      CrmUnavailable,
    );
    await expect(createProperties?.(kept?.connection ?? openPortal().connection)).rejects.toBeInstanceOf(
      CrmAccessRefused,
    );
  });
});

describe('the checks of HubSpot', () => {
  it('find nothing wrong where nothing is, and change nothing', async () => {
    const { connection, fake, crm } = openPortal();
    const dealId = fake.put({ name: 'Nordwind' });
    const before = await readDeal(crm, dealId);
    expect(await check(connection)).toEqual(
      [
        'HubSpot takes the token',
        "The token is of the stage's account",
        'The app has every scope it needs',
        'Deals can be won, and proposed, in every pipeline',
        'HubSpot has every property of Handoff',
        'The mapping covers every answer that a complete package needs',
      ].map((what) => ({ what, ok: true })),
    );
    expect(await readDeal(crm, dealId)).toEqual(before);
    expect(fake.deals()[0]?.notes).toEqual([]);
  });

  it('stop at a token that is not taken, and at HubSpot being out', async () => {
    const { connection } = openPortal({ held: () => [{ accessToken: 'old' }] });
    expect(await failed(connection)).toEqual([
      [
        'HubSpot takes the token',
        'HubSpot answered 401 to the request to read the account: check the token and its scopes.',
        "Copy the access token from the app's tab Auth in HubSpot, and save it as the secret of this stage.",
      ],
    ]);
    const out = openPortal();
    out.fake.outage = 'down';
    expect(await failed(out.connection)).toEqual([
      ['HubSpot takes the token', 'HubSpot answered 503 to the request to read the account.', 'Try again in a minute.'],
    ]);
  });

  it('name another account', async () => {
    const { connection } = openPortal();
    const elsewhere = { ...connection, settings: { ...settings, account: '1' } };
    expect(await problems(elsewhere)).toEqual([
      [
        "The token is of the stage's account",
        `The token is of the account ${settings.account}, and the stage is set to 1.`,
      ],
    ]);
  });

  it('name the scopes that are missing', async () => {
    const { connection } = openPortal({
      between: ({ method, url }, answer) => (/0-8|owners/.test(url) || method === 'PATCH' ? refused : answer()),
    });
    expect(await failed(connection)).toEqual([
      [
        'The app has every scope it needs',
        'Missing: crm.objects.deals.write, crm.objects.line_items.read, crm.objects.owners.read.',
        'Add them to requiredScopes in app-hsmeta.json, upload the app, and install it again.',
      ],
    ]);
  });

  it.each([
    [{ results: [] }, 'There is no pipeline of deals.'],
    [
      {
        results: [
          { id: 'renewals', stages: [{ id: '1', label: 'Open', displayOrder: 0, metadata: { probability: '0.5' } }] },
        ],
      },
      'No stage has a probability of 100% in the pipeline "renewals" (Open). No stage counts as proposed in the pipeline "renewals" (Open).',
    ],
  ])('name pipelines without the stages that we need: %#', async (body, problem) => {
    const { connection } = openPortal({
      between: ({ url }, answer) =>
        url.includes('pipelines') ? { status: 200, headers: {}, text: JSON.stringify(body) } : answer(),
    });
    expect(await problems(connection)).toEqual([['Deals can be won, and proposed, in every pipeline', problem]]);
  });

  it('name a property of another type', async () => {
    const { connection } = openPortal({
      between: ({ url, method }, answer) => {
        const given = answer();
        if (method !== 'GET' || !url.endsWith('/crm/properties/2026-09/0-3')) return given;
        return {
          ...given,
          text: given.text.replace(
            '"name":"handoff_score","label":"Handoff score","type":"number"',
            '"name":"handoff_score","type":"string"',
          ),
        };
      },
    });
    expect(await problems(connection)).toEqual([
      ['HubSpot has every property of Handoff', 'Of another type: handoff_score (should be number).'],
    ]);
  });

  it('name the answers that nothing in the CRM tells', () => {
    const fewer = rules.filter(({ to }) => to !== 'dealContext.whyUs' && to !== 'stakeholders' && to !== 'segment');
    const asked = 'Account executives are asked for these.';
    expect(coverageCheck(fewer, ['stakeholders'])).toMatchObject({
      ok: false,
      problem: `Nothing in the CRM tells: Why us, Segment. ${asked}`,
      remedy: 'Add a rule for each to the mapping of your CRM.',
    });
    expect(coverageCheck(fewer).problem).toBe(
      `Nothing in the CRM tells: Why us, People at the customer, Segment. ${asked}`,
    );
  });
});

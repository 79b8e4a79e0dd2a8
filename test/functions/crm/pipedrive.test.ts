import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pipedrive } from '../../../functions/crm/pipedrive/pipedrive.ts';
import type { DealCondition } from '../../../functions/domain/deal/deal-condition.ts';
import type { CrmAnswer, CrmRequest, HeldSecrets } from '../../../functions/ports/crm-access.ts';
import { CrmAccessRefused, CrmUnavailable } from '../../../functions/ports/errors.ts';
import { answerOf, anything, broken, expectNamedErrors, scripted } from './crm-http.ts';

const settings = {
  account: '1234567',
  apiUrl: 'https://nordsee.pipedrive.com',
  webhookUrl: 'https://handoff.example.com/crm/pipedrive',
};
const key = (letter: string) => letter.repeat(40);
const deal = {
  ...{ id: 42, title: 'Nordwind: 120 seats', owner_id: 9, person_id: 6, org_id: 7, pipeline_id: 1, stage_id: 13 },
  ...{ value: 86400, currency: 'EUR', status: 'won', is_deleted: false, label_ids: [] },
  ...{ add_time: '2026-10-01T08:00:00Z', update_time: '2026-11-17T08:30:02Z', won_time: '2026-11-17T08:30:00Z' },
  ...{ close_time: '2026-11-17T08:30:00Z', lost_time: null, lost_reason: null, expected_close_date: '2026-11-30' },
  custom_fields: {
    [key('a')]: 'The pilot.',
    [key('b')]: 24,
    [key('c')]: { id: 3, label: 'DACH' },
    [key('d')]: '2028-11-17',
  },
};
const dealFields = [
  { field_name: 'Title', field_code: 'title', field_type: 'varchar' },
  { field_name: 'Pipeline', field_code: 'pipeline', field_type: 'double' },
  { field_name: 'Handoff: why us', field_code: key('a'), field_type: 'text' },
  { field_name: 'handoff: Term months', field_code: key('b'), field_type: 'double' },
  { field_name: 'Handoff: territory', field_code: key('c'), field_type: 'enum' },
  { field_name: 'Handoff: renewal date', field_code: key('d'), field_type: 'date' },
  { field_name: 'Handoff status', field_code: key('e'), field_type: 'varchar' },
  { field_name: 'Handoff signed off on', field_code: key('f'), field_type: 'date' },
];
const persons = [
  {
    ...{ id: 5, name: 'Mehmet Aydın', emails: [{ value: 'm@nordwind.example', primary: true }] },
    labels: [{ id: 1, label: 'Champion' }],
    custom_fields: { [key('9')]: 'day-to-day', [key('8')]: 'high' },
  },
  { id: 6, name: 'Henrike Lührs', emails: [{ value: 'h@nordwind.example', primary: false }], custom_fields: {} },
];
const stages = [
  { id: 11, pipeline_id: 1, name: 'Qualified', order_nr: 1 },
  { id: 12, pipeline_id: 1, name: 'Proposal made', order_nr: 3 },
  { id: 13, pipeline_id: 1, name: 'Negotiations started', order_nr: 4 },
  { id: 21, pipeline_id: 2, name: 'Proposal made', order_nr: 0 },
];

const data = (body: unknown, next?: string): CrmAnswer =>
  answerOf(200, { success: true, data: body, additional_data: { next_cursor: next ?? null } });
const failed = (status: number, error: string) => answerOf(status, { success: false, error, code: 'ERR' });

const pages: Readonly<Record<string, (url: URL) => CrmAnswer>> = {
  '/api/v2/deals/42': () => data(deal),
  '/api/v2/deals/42/products': () => data([{ id: 1, name: 'Dispatcher seat', quantity: 120 }]),
  '/api/v2/deals': () => data([deal]),
  '/api/v2/organizations/7': () =>
    data({
      id: 7,
      name: 'Nordwind GmbH',
      website: 'nordwind.example',
      address: { value: 'Bremen', country: 'Germany' },
    }),
  '/api/v1/users/9': () => data({ id: 9, name: 'Anna Keller', email: 'anna.keller@example.com' }),
  '/api/v2/persons': () => data(persons),
  '/api/v2/stages': () => data(stages),
  '/api/v2/dealFields': (url) =>
    url.searchParams.get('cursor') === 'more' ? data(dealFields.slice(3)) : data(dealFields.slice(0, 3), 'more'),
  '/api/v2/personFields': () =>
    data([
      { field_name: 'Handoff: roles', field_code: key('9') },
      { field_name: 'Handoff: influence', field_code: key('8') },
    ]),
  '/api/v1/notes': () => answerOf(201, { success: true, data: { id: 1 } }),
};

/** Pipedrive as far as one deal needs it; `changed` answers first. */
function played(
  changed: (request: CrmRequest, path: string) => CrmAnswer | undefined = () => undefined,
  deals: readonly DealCondition[] = [],
) {
  const { http, asked } = scripted((request) => {
    const url = new URL(request.url);
    return changed(request, url.pathname) ?? pages[url.pathname]?.(url) ?? failed(404, 'Not found');
  });
  let held: HeldSecrets = [{ apiToken: 'new' }];
  const crm = pipedrive.connect({ settings: { ...settings, deals }, http, secrets: async () => held, now: () => 0 });
  return {
    ...{ crm, asked },
    hold: (secrets: HeldSecrets) => {
      held = secrets;
    },
  };
}

describe('a condition of the stage on a deal of Pipedrive', () => {
  const labels = [{ id: 4, label: 'Partner' }];
  const reading = (property: string, values: readonly string[], own: object = {}) =>
    played(
      (_, path) => (path.endsWith('/deals/42') ? data({ ...deal, label_ids: labels, ...own }) : undefined),
      [{ property, is: values }],
    ).crm.readDeal('42');

  it.each([
    ['a field of its own, by its code', 'pipeline_id', '1'],
    ['a field of its own, by its name', 'Title', 'nordwind: 120 seats'],
    ['labels', 'label_ids', 'Partner'],
    ['a custom field, by its name', 'handoff: Territory', 'DACH'],
    ['a custom field, by its code', key('c'), 'dach'],
  ])('reads %s', async (_, property, value) => {
    expect(await reading(property, [value])).not.toHaveProperty('deal.leftOut');
    expect(await reading(property, ['other'])).toHaveProperty(
      'deal.leftOut',
      expect.stringMatching(new RegExp(value, 'i')),
    );
  });

  it('takes a custom field that the deal lacks for empty', async () => {
    expect(await reading('Handoff status', ['Running'])).toHaveProperty(
      'deal.leftOut',
      expect.stringContaining('is empty'),
    );
  });

  it.each(['Pipeline', 'custom_fields', key('7')])('refuses what deals do not say: %s', async (property) => {
    await expect(reading(property, ['1'])).rejects.toThrow(CrmAccessRefused);
  });
});

describe('Pipedrive', () => {
  it('reads a deal with its organization, persons, products and owner', async () => {
    const { crm, asked } = played();
    expect(await crm.readDeal('42')).toEqual({
      deal: {
        dealId: '42',
        stage: 'Negotiations started',
        phase: 'won',
        wonAt: '2026-11-17T08:30:00.000Z',
        changedAt: '2026-11-17T08:30:02.000Z',
        facts: {
          dealId: '42',
          name: 'Nordwind: 120 seats',
          customer: { name: 'Nordwind GmbH', website: 'https://nordwind.example', country: 'Germany' },
          territory: 'DACH',
          accountExecutive: 'anna.keller@example.com',
          crmRecord: 'https://nordsee.pipedrive.com/deal/42',
          package: {
            dealContext: { whyUs: 'The pilot.' },
            contract: {
              ...{ termMonths: 24, renewalDate: '2028-11-17', value: { amount: 86400, currency: 'EUR' } },
              purchase: '120 × Dispatcher seat',
            },
            stakeholders:
              'Henrike Lührs | h@nordwind.example\nMehmet Aydın | m@nordwind.example | day-to-day, champion | high',
          },
        },
        notes: [],
      },
    });
    expect(asked.every(({ headers }) => headers['x-api-token'] === 'new')).toBe(true);
  });

  it('reads the same deal the same, in whatever order its people and products are listed', async () => {
    const products = [
      { id: 1, name: 'Seat', quantity: 2 },
      { id: 2, name: 'Onboarding', quantity: 1 },
    ];
    const listed = (order: <T>(list: readonly T[]) => readonly T[]) =>
      played((_, path) => {
        if (path.endsWith('/products')) return data(order(products));
        return path.endsWith('/persons') ? data(order(persons)) : undefined;
      }).crm.readDeal('42');
    expect(await listed((list) => list.toReversed())).toEqual(await listed((list) => list));
  });

  it.each([
    [{ status: 'open' }, { phase: 'proposed', expectedCloseOn: '2026-11-30' }],
    [{ status: 'open', stage_id: 11 }, { phase: 'early' }],
    [
      { status: 'lost', lost_reason: 'Budget' },
      { phase: 'lost', lostReason: 'Budget' },
    ],
    [
      { won_time: null, close_time: null },
      { phase: 'won', wonAt: '2026-11-30' },
    ],
    // An import: it was added as won, and says when it was signed, or that it was expected long ago.
    [{ won_time: '2023-03-01 09:00:00Z' }, { wonAt: '2023-03-01T09:00:00.000Z' }],
    [{ add_time: deal.won_time, expected_close_date: '2023-03-01' }, { wonAt: '2023-03-01' }],
    [{ add_time: deal.won_time }, { wonAt: '2026-11-17T08:30:00.000Z' }],
    [{ add_time: deal.won_time, expected_close_date: null }, { wonAt: '2026-11-17T08:30:00.000Z' }],
    [{ expected_close_date: '2023-03-01' }, { wonAt: '2026-11-17T08:30:00.000Z' }],
    [{ pipeline_id: 3, stage_id: 31 }, { notes: [expect.stringContaining('count as proposed')] }],
  ])('reads %j as %j', async (changed, expected) => {
    const { crm } = played((_, path) => (path.endsWith('/deals/42') ? data({ ...deal, ...changed }) : undefined));
    expect(await crm.readDeal('42')).toMatchObject({ deal: expected });
  });

  it('takes a value of 0 for none: Pipedrive puts it where nobody typed one', async () => {
    const valued = (value: unknown) =>
      played((_, path) => (path.endsWith('/deals/42') ? data({ ...deal, value }) : undefined)).crm.readDeal('42');
    const none = await valued(0);
    expect(none).toMatchObject({
      deal: { notes: ['The property value is 0, as it is where nobody typed it; not used.'] },
    });
    expect(none).not.toHaveProperty('deal.facts.package.contract.value');
    expect(await valued(null)).toMatchObject({ deal: { notes: [] } });
    expect(await valued(0.5)).toHaveProperty('deal.facts.package.contract.value', { amount: 0.5, currency: 'EUR' });
  });

  it.each([
    [{ active_flag: true }, 'lena.vogt@example.com', []],
    [{ active_flag: false }, 'lena.vogt@example.com', ['deactivated in Pipedrive']],
    [undefined, '77', ["Pipedrive doesn't know"]],
  ])('names its customer success manager by the id of a user who is %j', async (user, manager, notes) => {
    const { crm } = played((_, path) => {
      if (path.endsWith('/users/77')) return user && data({ id: 77, email: 'lena.vogt@example.com', ...user });
      if (path.endsWith('/dealFields'))
        return data([{ field_name: 'Handoff: customer success manager', field_code: key('c') }]);
      return path.endsWith('/deals/42') ? data({ ...deal, custom_fields: { [key('c')]: 77 } }) : undefined;
    });
    expect(await crm.readDeal('42')).toMatchObject({
      deal: { facts: { customerSuccessManager: manager }, notes: notes.map((note) => expect.stringContaining(note)) },
    });
  });

  it.each([
    [{ id: 77, name: 'Lena Vogt', email: 'lena.vogt@example.com', value: 77 }, 'lena.vogt@example.com'],
    [{ name: 'Lena Vogt', email: [{ value: 'lena.vogt@example.com' }], value: 'lena@example.com' }, 'lena@example.com'],
    ['lena.vogt@example.com', 'lena.vogt@example.com'],
  ])('names its customer success manager as %j, without asking who that is', async (said, manager) => {
    const { crm, asked } = played((_, path) => {
      if (path.endsWith('/dealFields'))
        return data([{ field_name: 'Handoff: customer success manager', field_code: key('c') }]);
      return path.endsWith('/deals/42') ? data({ ...deal, custom_fields: { [key('c')]: said } }) : undefined;
    });
    expect(await crm.readDeal('42')).toMatchObject({ deal: { facts: { customerSuccessManager: manager }, notes: [] } });
    expect(asked.filter(({ url }) => url.includes('/users/'))).toHaveLength(1);
  });

  it('says that the owner has left', async () => {
    const { crm } = played((_, path) =>
      path.endsWith('/users/9') ? data({ id: 9, email: 'anna.keller@example.com', active_flag: false }) : undefined,
    );
    expect(await crm.readDeal('42')).toMatchObject({
      deal: {
        facts: { accountExecutive: 'anna.keller@example.com' },
        notes: ["The deal's owner is deactivated in Pipedrive."],
      },
    });
  });

  it('reads what there is where organization, owner, products and fields are missing', async () => {
    const bare = { id: 42, title: 'Nordwind', status: 'open', update_time: deal.update_time };
    const { crm } = played((_, path) => {
      if (path.endsWith('/deals/42')) return data(bare);
      if (path.endsWith('/products')) return failed(404, 'Not found');
      return path.endsWith('Fields') || path.endsWith('/stages') ? data(null) : undefined;
    });
    expect(await crm.readDeal('42')).toMatchObject({
      deal: { phase: 'early', facts: { name: 'Nordwind', customer: { name: 'Mehmet Aydın' } } },
    });
  });

  it('has a name for the customer where neither an organization nor a person has one', async () => {
    const { crm } = played((_, path) => {
      if (path.endsWith('/deals/42'))
        return data({ ...{ id: 42, title: 'Nordwind', status: 'open', update_time: deal.update_time } });
      return path.endsWith('/persons') ? data([]) : undefined;
    });
    expect(await crm.readDeal('42')).toMatchObject({ deal: { facts: { customer: { name: 'Nordwind' } } } });
  });

  it.each([
    failed(404, 'Deal not found'),
    failed(410, 'Gone'),
    data({ ...deal, is_deleted: true }),
    data({ ...deal, status: 'deleted' }),
  ])('knows by %j that a deal has gone', async (answer) => {
    const { crm } = played((_, path) => (path.endsWith('/deals/42') ? answer : undefined));
    expect(await crm.readDeal('42')).toHaveProperty('gone');
  });

  it('never asks for what is no id', async () => {
    const { crm, asked } = played();
    expect(await crm.readDeal('42/../7')).toHaveProperty('gone');
    expect(await crm.write('', { status: 'x' })).toBe('gone');
    expect(await crm.addNote('x', { text: 'x', at: '2026-11-20T10:00:00Z' })).toBe('gone');
    expect(asked).toEqual([]);
  });

  it('tries the token before where the newest is not taken yet', async () => {
    const { crm, asked, hold } = played(({ headers }) =>
      headers['x-api-token'] === 'old' ? undefined : failed(401, 'unauthorized access'),
    );
    await expect(crm.readDeal('42')).rejects.toThrow(CrmAccessRefused);
    expect(asked).toHaveLength(1);
    hold([{ apiToken: 'new' }, { apiToken: 'old' }]);
    expect(await crm.readDeal('42')).toHaveProperty('deal');
  });

  it('lists won deals page by page', async () => {
    const { crm, asked } = played((_, path) => (path === '/api/v2/deals' ? data([deal], 'eyJ9') : undefined));
    const page = await crm.wonSince('2026-11-01T12:00:00.250Z');
    expect(page).toEqual({
      deals: [
        {
          ...{ dealId: '42', name: deal.title, wonAt: '2026-11-17T08:30:00.000Z' },
          changedAt: '2026-11-17T08:30:02.000Z',
        },
      ],
      next: 'eyJ9',
    });
    await crm.wonSince('2026-11-01T12:00:00.250Z', page.next);
    expect(Object.fromEntries(new URL(asked.at(-1)?.url ?? '').searchParams)).toEqual({
      ...{ status: 'won', updated_since: '2026-11-01T12:00:00Z', sort_by: 'update_time', sort_direction: 'asc' },
      ...{ limit: '500', cursor: 'eyJ9' },
    });
  });

  it('writes into its own fields by their keys', async () => {
    const { crm, asked } = played();
    expect(await crm.write('42', { status: 'Running', signedOffOn: null })).toBe('written');
    expect(asked.at(-1)).toMatchObject({
      ...{ method: 'PATCH', url: `${settings.apiUrl}/api/v2/deals/42` },
      body: JSON.stringify({ custom_fields: { [key('e')]: 'Running', [key('f')]: null } }),
    });
    const before = asked.length;
    expect(await crm.write('42', {})).toBe('written');
    expect(asked).toHaveLength(before);
  });

  it('writes nothing where a field is missing, and says which', async () => {
    const { crm, asked } = played();
    expect(await crm.write('42', { status: 'Running', score: 9 })).toEqual({
      refused: 'Deals have no field "Handoff score".',
    });
    expect(asked.some(({ method }) => method === 'PATCH')).toBe(false);
  });

  it('adds a note, as text', async () => {
    const { crm, asked } = played();
    expect(await crm.addNote('42', { text: 'Handed off <b>\nR&D', at: '2026-11-20T10:00:00.000Z' })).toBe('written');
    expect(JSON.parse(asked.at(-1)?.body ?? '')).toEqual({
      ...{ content: 'Handed off &#60;b&#62;<br>R&#38;D', deal_id: 42, add_time: '2026-11-20 10:00:00' },
    });
  });

  it.each([
    [failed(400, 'Validation failed: Running is no option'), { refused: 'Validation failed: … is no option' }],
    [answerOf(422), { refused: 'Pipedrive answered 422.' }],
    [failed(404, 'Deal not found'), 'gone'],
    [data(deal), 'written'],
  ])('takes %j of a write for %j', async (answer, written) => {
    const { crm } = played(({ method }) => (method === 'PATCH' ? answer : undefined));
    expect(await crm.write('42', { status: 'Running' })).toEqual(written);
  });

  it.each([
    [failed(402, 'Company account is not open'), CrmAccessRefused],
    [failed(403, 'Forbidden'), CrmAccessRefused],
    [{ status: 403, headers: {}, text: '<html>Forbidden</html>' }, CrmUnavailable],
    [failed(429, 'Request over limit'), CrmUnavailable],
    [answerOf(502), CrmUnavailable],
    [answerOf(302), CrmUnavailable],
  ])('takes %j for what it is, whatever it was asked', async (answer, thrown) => {
    const { crm } = played(() => answer);
    await expect(crm.readDeal('42')).rejects.toThrow(thrown);
    await expect(crm.wonSince('2026-11-01T00:00:00Z')).rejects.toThrow(thrown);
    await expect(crm.write('42', { status: 'x' })).rejects.toThrow(thrown);
    await expect(crm.addNote('42', { text: 'x', at: '2026-11-01T00:00:00Z' })).rejects.toThrow(thrown);
  });

  it('believes webhooks that come with either of its credentials', () => {
    const secrets = [
      { webhookUser: 'handoff', webhookPassword: 'new' },
      { webhookUser: 'handoff', webhookPassword: 'old' },
    ];
    const problem = (password: string) =>
      pipedrive.webhookProblem?.(
        {
          method: 'POST',
          headers: { authorization: `Basic ${Buffer.from(`handoff:${password}`).toString('base64')}` },
          rawBody: new Uint8Array(),
        },
        { settings, secrets, now: 0 },
      );
    expect([problem('new'), problem('old'), problem('')]).toEqual([undefined, undefined, 'not signed by us']);
  });

  it('throws nothing but its two errors, whatever is answered, and nothing of what was answered', async () => {
    const record = broken([...Object.keys(deal), 'emails', 'labels', 'name', 'field_name', 'field_code', 'email']);
    const body = fc.oneof(
      anything,
      fc.record({
        success: fc.constantFrom(true, true, true, false),
        data: fc.oneof(anything, record, fc.array(fc.oneof(anything, record), { maxLength: 2 })),
        additional_data: anything,
      }),
    );
    await expectNamedErrors(body, (between) => ({ crm: played(between).crm, dealId: '42' }));
  });
});

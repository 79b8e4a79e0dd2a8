import { writtenTo } from '../../../../functions/crm/pipedrive/pipedrive-mapping.ts';
import type { CrmAnswer, CrmRequest } from '../../../../functions/ports/crm-access.ts';
import type { FakeCrm, FakeCrmOptions, FakeDeal } from '../fake-crm.ts';
import { answeredByPipedrive, type PipedriveCompany } from './pipedrive-answers.ts';
import { sold } from './pipedrive-seller.ts';
import { notEmulated, refusedWith } from './pipedrive-shapes.ts';
import { createPipedriveStore, fakeStages, type StoredDeal } from './pipedrive-store.ts';
import { type RegisteredWebhook, webhookSender } from './pipedrive-webhooks.ts';

/** The company that the fake plays. */
export const fakeCompany = 12_345_678;

export interface FakePipedriveOptions extends FakeCrmOptions {
  /** Requests that it takes within two seconds: 20, 40, 100 or 120, by plan. */
  readonly limit?: number;
  /** Tokens of a day: 30,000 × 1, 2, 5 or 7 by plan × seats. */
  readonly dailyTokens?: number;
  /** Nobody has added our fields or registered our webhook yet. */
  readonly isBare?: boolean;
}

/** Pipedrive, with what else can happen there. */
export interface FakePipedrive extends FakeCrm {
  readonly webhooks: readonly RegisteredWebhook[];
  /** The key of a deal's custom field, by its name. */
  keyOf(name: string): string;
  /** One deal takes in another, which is deleted. */
  merge(dealId: string, into: string): void;
  /** Puts a deal away: lists leave it out from then on. */
  archive(dealId: string): void;
  /** Adds a product to a deal. */
  sell(dealId: string, product: { readonly name: string; readonly quantity: number }): void;
}

const [window, day] = [2000, 24 * 60 * 60_000];
/** Whoever goes on asking after so many refusals is shut out. */
const mostRefused = 10;

/**
 * Pipedrive played on this machine: version 2 of its API as far as deals need it, notes, users and webhooks of version 1, the limits
 * per two seconds and per day, and webhooks with their ban and deletion, own writes among them.
 */
export function createFakePipedrive(options: FakePipedriveOptions): FakePipedrive {
  const { clock, apiUrl, webhookUrl, secrets, limit = 100, dailyTokens = 1_500_000, isBare = false } = options;
  const store = createPipedriveStore(clock, isBare);
  const sender = webhookSender(options, fakeCompany);
  const [us, seller] = [store.userOf('handoff@company.example'), store.userOf('seller@company.example')];
  let outage: FakeCrm['outage'] = 'none';
  let asked: { readonly at: number; readonly cost: number }[] = [];
  let refused: number[] = [];
  /** What deals were that are deleted by now. */
  const before = new Map<number, StoredDeal['status']>();

  if (webhookUrl !== undefined && !isBare)
    sender.register({
      ...{ subscription_url: webhookUrl, event_action: '*', event_object: 'deal', name: 'Handoff' },
      http_auth_user: secrets['webhookUser'] ?? '',
      http_auth_password: secrets['webhookPassword'] ?? '',
    });

  function change(deal: StoredDeal, values: Partial<StoredDeal>, userId: number): void {
    const previous = store.update(deal, values);
    if (Object.keys(previous).length === 0) return;
    sender.happened({ action: 'change', dealId: deal.id, data: told(deal), previous, userId });
  }

  const company: PipedriveCompany = {
    ...{ store, sender, now: clock.now },
    me: { ...us, company_id: fakeCompany, company_name: 'Local', company_domain: 'local', is_admin: 1 },
    change: (deal, values) => change(deal, values, us.id),
  };

  function letIn({ headers }: CrmRequest, cost: number): CrmAnswer | undefined {
    const token = secrets['apiToken'];
    if (token === undefined || headers['x-api-token'] !== token)
      return refusedWith(401, 'unauthorized access', 'ERR_UNAUTHORIZED');
    const now = clock.now();
    asked = asked.filter(({ at }) => at > now - day);
    refused = refused.filter((at) => at > now - window);
    if (refused.length >= mostRefused)
      return { status: 403, headers: { 'content-type': 'text/html' }, text: '<html>Forbidden</html>' };
    const burst = asked.filter(({ at }) => at > now - window).length;
    const spent = asked.reduce((sum, each) => sum + each.cost, 0);
    if (outage === 'busy' || burst >= limit || spent + cost > dailyTokens) {
      refused.push(now);
      const answer = refusedWith(429, 'request over limit', 'ERR_RATE_LIMIT');
      const wait =
        spent + cost > dailyTokens
          ? { 'x-daily-ratelimit-token-remaining': '0' }
          : { 'retry-after': String(window / 1000) };
      return { ...answer, headers: { ...answer.headers, ...wait } };
    }
    asked.push({ at: now, cost });
    return undefined;
  }

  function dealOf(dealId: string): StoredDeal {
    const deal = store.deals.get(Number(dealId));
    if (deal === undefined || deal.is_deleted) throw new Error(`There is no deal ${dealId} in the local Pipedrive.`);
    return deal;
  }

  function remove(deal: StoredDeal, more: Readonly<Record<string, unknown>>): void {
    const previous = told(deal);
    before.set(deal.id, deal.status);
    Object.assign(deal, { is_deleted: true, status: 'deleted' });
    sender.happened({ action: 'delete', dealId: deal.id, data: null, previous, userId: seller.id, more });
  }

  function closing(stage: string): Partial<StoredDeal> {
    if (stage === 'won' || stage === 'lost') return { status: stage };
    return { status: 'open', stage_id: Number(stage) };
  }

  return {
    webhooks: sender.webhooks,
    stages: fakeStages,
    answer(request) {
      if (!request.url.startsWith(apiUrl)) return notEmulated(`the address ${new URL(request.url).origin}`);
      if (outage === 'down')
        return { status: 502, headers: { 'content-type': 'text/html' }, text: '<html>Bad Gateway</html>' };
      const { cost, answer } = answeredByPipedrive(company, request, request.url.slice(apiUrl.length));
      return letIn(request, cost) ?? answer();
    },
    deals: () => [...store.deals.values()].filter(({ is_deleted: isDeleted }) => !isDeleted).map(shown),
    put(detail) {
      const deal = sold(store, detail, clock.now());
      sender.happened({ action: 'create', dealId: deal.id, data: told(deal), previous: null, userId: seller.id });
      return String(deal.id);
    },
    move(dealId, stage) {
      if (!fakeStages.some(({ id }) => id === stage))
        throw new Error(`There is no stage ${stage} in the local Pipedrive.`);
      change(dealOf(dealId), closing(stage), seller.id);
    },
    change: (dealId, properties) => change(dealOf(dealId), properties, seller.id),
    revise(dealId, { amount, owner }) {
      const values = {
        ...(amount !== undefined && { value: amount }),
        ...(owner !== undefined && { owner_id: store.userOf(owner).id }),
      };
      change(dealOf(dealId), values, seller.id);
    },
    remove: (dealId) => remove(dealOf(dealId), {}),
    restore(dealId) {
      const deal = store.deals.get(Number(dealId));
      const was = before.get(Number(dealId));
      if (!deal?.is_deleted || was === undefined)
        throw new Error(`Nobody deleted a deal ${dealId} in the local Pipedrive.`);
      const { won_time, lost_time } = deal;
      change(deal, { is_deleted: false, status: was, won_time, lost_time }, seller.id);
    },
    merge(dealId, into) {
      const [from, to] = [dealOf(dealId), dealOf(into)];
      remove(from, { merged_to_id: String(to.id) });
      const more = { merged_from_id: String(from.id) };
      sender.happened({ action: 'change', dealId: to.id, data: told(to), previous: {}, userId: seller.id, more });
    },
    archive(dealId) {
      dealOf(dealId).is_archived = true;
    },
    sell(dealId, product) {
      const deal = dealOf(dealId);
      store.products.push({ dealId: deal.id, ...product });
    },
    keyOf(name) {
      const field = store.dealFields.find(({ field_name: each }) => each === name);
      if (field === undefined) throw new Error(`There is no field "${name}" in the local Pipedrive.`);
      return field.field_code;
    },
    get outage() {
      return outage;
    },
    set outage(now) {
      outage = now;
      sender.hold(now !== 'none');
    },
  };

  /** A deal as webhooks show it: custom fields with their types. */
  function told(deal: StoredDeal): Readonly<Record<string, unknown>> {
    const custom = Object.entries(deal.custom_fields).map(([key, value]) => {
      const type = store.dealFields.find(({ field_code: code }) => code === key)?.field_type;
      return [key, value === null ? null : { type, value }];
    });
    return { ...deal, custom_fields: Object.fromEntries(custom) };
  }

  function shown(deal: StoredDeal): FakeDeal {
    const ours = new Set<string>(Object.values(writtenTo));
    const owner = store.users.get(deal.owner_id)?.email ?? '';
    const standard = {
      Value: `${deal.value} ${deal.currency}`,
      Owner: owner,
      'Expected close date': deal.expected_close_date ?? '',
      'Won time': deal.won_time ?? '',
    };
    const custom = store.dealFields.flatMap(({ field_name: label, field_code: key }) => {
      const value = deal.custom_fields[key];
      return value === undefined || value === null
        ? []
        : [{ label, text: String(value), writtenBack: ours.has(label) }];
    });
    return {
      dealId: String(deal.id),
      name: deal.title,
      customer: store.organizations.get(deal.org_id ?? 0)?.name ?? '',
      stage: deal.status === 'open' ? String(deal.stage_id) : deal.status,
      value: { amount: deal.value, currency: deal.currency },
      owner,
      properties: [
        ...Object.entries(standard)
          .filter(([, text]) => text !== '')
          .map(([label, text]) => ({ label, text, writtenBack: false })),
        ...custom,
      ],
      notes: store.notes
        .filter(({ deal_id: of }) => of === deal.id)
        .map(({ add_time: at, content }) => ({ at, text: plainText(content) }))
        .toReversed(),
    };
  }
}

/** A note's HTML as people see it. */
const plainText = (html: string): string =>
  html
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));

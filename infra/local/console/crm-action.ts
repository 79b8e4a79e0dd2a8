import { connectorOf } from '../../../functions/crm/connectors.ts';
import { kinds } from '../../../functions/domain/fields/kinds.ts';
import type { Content } from '../../../functions/pages/html.ts';
import { html } from '../../../functions/pages/html.ts';
import { lengthText } from '../../../functions/pages/operations/wording.ts';
import type { FakeDeal, FakeStage } from '../crm/fake-crm.ts';
import type { PlayedCrm } from '../crm/played-crm.ts';
import type { Actions, Done } from './action.ts';
import { type CameOfIt, emailedText, heard } from './crm-hearing.ts';
import { crmPath } from './crm-page.ts';
import { refusalInCrm } from './crm-refusal.ts';

const said = (tone: Done['said']['tone'], ...lines: readonly Content[]): Done => ({
  said: { tone, lines },
  path: crmPath,
});
const bad = (line: string): Done => said('bad', line);

interface Within {
  readonly system: Actions['system'];
  readonly crm: PlayedCrm;
  readonly title: string;
}

/** What the buttons of the CRM's page do, by their values. */
const deeds: Readonly<Record<string, (within: Within, form: URLSearchParams) => Promise<Done>>> = {
  move,
  change,
  offline: async ({ crm, title }) => {
    crm.fake.outage = 'down';
    return said('soon', `${title} is offline. Nothing is lost: Handoff tries again until it is back.`);
  },
  online: async (within) => {
    const { system, crm, title } = within;
    const came = await heard(system, () => {
      crm.fake.outage = 'none';
    });
    return told(within, came, [`${title} is back.`]);
  },
};

/** Does in the played CRM what somebody would do there, and says what came of it. */
export async function actInCrm({ system, crm }: Actions, form: URLSearchParams): Promise<Done> {
  if (crm === undefined) return { ...bad('No CRM is played here. Start with npm start -- --crm hubspot.'), path: '/' };
  const asked = form.get('do') ?? '';
  const deed = Object.hasOwn(deeds, asked) ? deeds[asked] : undefined;
  if (deed === undefined) return bad(`There is nothing called "${asked}" to do in the CRM.`);
  return deed({ system, crm, title: connectorOf(crm.name).title }, form);
}

const noDeal = bad('There is no such deal in the CRM.');

const dealIn = ({ crm }: Within, form: URLSearchParams): FakeDeal | undefined =>
  crm.fake.deals().find(({ dealId }) => dealId === form.get('deal'));

const nameOfDeal = ({ customer, name }: FakeDeal): string => customer || name;

async function move(within: Within, form: URLSearchParams): Promise<Done> {
  const { system, crm, title } = within;
  const deal = dealIn(within, form);
  const stage = crm.fake.stages.find(({ id }) => id === form.get('stage'));
  if (deal === undefined) return noDeal;
  if (stage === undefined) return bad('Select a stage from the list.');
  const named = nameOfDeal(deal);
  if (deal.stage === stage.id) return said('soon', `${named} is at ${stage.label} already.`);
  const before = await statusOf(within, deal);
  const came = await heard(system, () => crm.fake.move(deal.dealId, stage.id));
  const isOff = before === 'open' && (await statusOf(within, deal)) === 'cancelled';
  const moved = `${named} is at ${stage.label} now.`;
  if (crm.fake.outage !== 'none') return said('soon', moved, `${title} is offline, and tells Handoff when it is back.`);
  if (isOff) return said('good', `${stoppedBy(stage)} The handoff stopped; ${emailedText(came.emailed)}.`);
  return told(within, came, [moved]);
}

const stoppedBy = ({ phase }: FakeStage): string => (phase === 'lost' ? 'Deal marked lost.' : 'Deal reopened.');

/** How the newest handoff of a deal stands. */
async function statusOf({ system }: Within, { dealId }: FakeDeal): Promise<string | undefined> {
  const newest = (await system.world.deals.episodes(dealId)).at(-1);
  return newest === undefined ? undefined : (await system.world.handoffs.load(newest))?.state.status;
}

async function change(within: Within, form: URLSearchParams): Promise<Done> {
  const { system, crm, title } = within;
  const deal = dealIn(within, form);
  if (deal === undefined) return noDeal;
  const typed = (form.get('amount') ?? '').trim();
  const amount = typed === '' ? undefined : amountIn(typed, deal);
  if (typed !== '' && amount === undefined) return bad(`Amount: use a number, like 24,000. "${typed}" can't be read.`);
  const owner = form.get('owner') ?? '';
  const isKnown = owner === '' || owner === deal.owner || (await system.world.roster.people([owner])).has(owner);
  if (!isKnown) return bad('Select an owner from the list.');
  const values = {
    ...(amount !== undefined && amount !== deal.value?.amount && { amount }),
    ...(owner !== '' && owner !== deal.owner && { owner }),
  };
  const named = nameOfDeal(deal);
  if (Object.keys(values).length === 0) return said('soon', `Nothing changed for ${named}.`);
  const came = await heard(system, () => crm.fake.revise(deal.dealId, values));
  const changed = `${named} changed in ${title}.`;
  if (crm.fake.outage !== 'none')
    return said('soon', changed, `${title} is offline, and tells Handoff when it is back.`);
  return told(within, came, [changed]);
}

/** The amount somebody typed, in the deal's own currency; undefined where it can't be read. */
const amountIn = (typed: string, { value }: FakeDeal): number | undefined =>
  kinds.money.read(`${typed} ${value?.currency || 'EUR'}`, { label: 'Amount', kind: 'money', required: true }).value
    ?.amount;

/** What Handoff made of it, after what happened in the CRM. */
async function told({ system, title }: Within, came: CameOfIt, before: readonly string[]): Promise<Done> {
  const { begun, refused, failures, emailed, took } = came;
  if (refused.length > 0)
    return said(
      'bad',
      ...before,
      'Handoff could not use the deal; see “What went wrong” on the board.',
      ...refused.map((each) => refusalInCrm(each, title)),
    );
  if (failures > 0) return said('bad', ...before, 'A function failed on it; see “What went wrong” on the board.');
  const started = await Promise.all(
    begun.map(async (id) => {
      const customer = (await system.world.deals.read(id))?.deal.customer.name ?? id;
      return html`<span dir="auto">${customer}</span>: the handoff began ${lengthText(took)} later. <a href="/handoffs/${encodeURIComponent(id)}">Open the handoff<span class="unseen"> of ${customer}</span></a>.`;
    }),
  );
  const mails =
    emailed > 0
      ? `${emailedText(emailed).replace(/^./, (first) => first.toUpperCase())}.`
      : begun.length > 0 && 'No email yet: whoever is asked first is not at work. Jump to next.';
  return said('good', ...before, ...started, mails);
}

import { type AttributeValue, BatchWriteItemCommand, paginateScan, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { openTable } from '../../functions/aws/dynamodb.ts';
import { formOf } from '../../functions/aws/http-pages.ts';
import { roster as rosterIn } from '../../functions/aws/roster.ts';
import type { Link } from '../../functions/domain/handoff/link.ts';
import { linkTo } from '../../functions/mailing/link-to.ts';
import { outcomePage, type Page } from '../../functions/pages/outcome-page.ts';
import type { World } from '../../functions/ports/world.ts';
import { decideStep } from '../../functions/verbs/decide-step.ts';
import { showPage } from '../../functions/verbs/open-link.ts';
import { fillIn } from '../../infra/local/play/answers.ts';
import { knownCustomer } from '../../infra/local/play/known-customer.ts';
import { choicesOn, formFor } from '../../infra/local/play/page-form.ts';
import { sampleDeal } from './deals.ts';
import { personAt } from './handoff-record.ts';
import { packageRules } from './package-rules.ts';
import { hiddenFields, type OpenSystem } from './world.ts';

const deal = sampleDeal('complete-standard');
const customer = knownCustomer({ deal, package: deal.package, playbook: packageRules() });
const table = 'handoff';

type Items = ReadonlyMap<string, Record<string, AttributeValue>>;

/** One state of a handoff, in which one act after another can be tried: each finds it as it was. */
export interface Stage {
  readonly system: OpenSystem;
  readonly id: string;
  readonly step: string;
}

/** Somebody at the page behind their link. */
export interface Actor {
  readonly page: Page;
  /** What the page offers, in its order. */
  readonly offers: readonly string[];
  /** Sends a form: what its page offers is filled in as a person would, anything else is sent as it is typed. */
  act(choice: string, typed: Readonly<Record<string, string | readonly string[]>>): Promise<Page>;
}

/** The world of a stage: its records, no mails, and no execution that would go on behind the scene. */
const worldOf = ({ system }: Stage): World => ({
  ...system.world,
  mail: { send: async () => ({ messageId: 'unsent' }) },
  tokens: { wake: async () => 'gone', askAgain: async () => 'gone' },
  executions: { start: async () => 'exists', startItem: async () => 'exists', stop: async () => undefined },
});

/** Opens the page behind a link of somebody in one capacity. */
export async function actorAt(stage: Stage, link: Pick<Link, 'step' | 'person' | 'as'>): Promise<Actor> {
  const { system, id } = stage;
  const world = worldOf(stage);
  const at = system.now();
  const url = await linkTo(world, await system.load(id), { ...link, at });
  const linkId = url.slice(url.lastIndexOf('/') + 1);
  const asked = { path: `/s/${linkId}`, nonce: 'nonce', site: world.site, at };
  const page = outcomePage(await showPage(world)({ linkId, at }), { ...asked, submitted: false });
  const { zone } = personAt(link.person).availability;
  const offers = choicesOn(page.html);
  return {
    page,
    offers,
    async act(choice, typed) {
      const form = offers.includes(choice) ? formFor(page.html, choice) : undefined;
      const body = form ? fillIn({ form, evidence: typed, customer, at, zone }) : asTyped(page, choice, typed);
      const sent = formOf({ body: body.toString() } as Parameters<typeof formOf>[0]);
      const outcome = await decideStep(world)({ linkId, form: sent, at });
      return outcomePage(outcome, { ...asked, submitted: true });
    },
  };
}

/** The form of a page that was opened while it still offered the choice. */
function asTyped(page: Page, choice: string, typed: Parameters<Actor['act']>[1]): URLSearchParams {
  const form = new URLSearchParams({ round: '1', packageVersion: '1', ...hiddenFields(page.html), choice });
  for (const [name, texts] of Object.entries(typed)) for (const text of [texts].flat()) form.append(name, text);
  return form;
}

/** Gives the open step to somebody else, as it is done when its owner is away, or for good. */
export async function giveTo({ system, id, step }: Stage, to: string, standInFor?: string): Promise<void> {
  const asked = (await system.load(id)).steps[step];
  if (!asked || asked.decision) return;
  const { owner, askedAt, dueAt, because, round } = asked;
  const why = standInFor === undefined ? 'asked' : 'away';
  const handed = { from: owner, by: 'system', at: system.now(), why } as const;
  const change = { owner: to, askedAt, openedAt: askedAt, dueAt, because, promisedAt: dueAt, promise: because, handed };
  const given = { ...change, ...(standInFor !== undefined && { standInFor }) };
  await system.world.steps.handOver({ id, step, round, from: owner, change: given });
}

/** Somebody leaves the company. */
export const leaves = ({ system }: Stage, email: string): Promise<void> =>
  rosterIn(openTable(system.clients.dynamodb, table)).save({ ...personAt(email), active: false });

/** Everything in the table, by key. */
export async function itemsOf({ system: { clients } }: Stage): Promise<Items> {
  const items = new Map<string, Record<string, AttributeValue>>();
  for await (const { Items = [] } of paginateScan({ client: clients.dynamodb }, { TableName: table }))
    for (const item of Items) items.set(`${item['pk']?.S}|${item['sk']?.S}`, item);
  return items;
}

/** Puts the table back as it was; returns the keys of what had to be put back. */
export async function restore(stage: Stage, before: Items): Promise<readonly string[]> {
  const after = await itemsOf(stage);
  const changed = [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)))
    .sort();
  const writes = changed.flatMap((key): WriteRequest[] => {
    const item = before.get(key);
    if (item) return [{ PutRequest: { Item: item } }];
    const { pk, sk } = after.get(key) ?? {};
    return pk && sk ? [{ DeleteRequest: { Key: { pk, sk } } }] : [];
  });
  for (let first = 0; first < writes.length; first += 25) {
    const RequestItems = { [table]: writes.slice(first, first + 25) };
    await stage.system.clients.dynamodb.send(new BatchWriteItemCommand({ RequestItems }));
  }
  return changed;
}

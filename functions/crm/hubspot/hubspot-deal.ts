import { type DealCondition, leftOutBecause } from '../../domain/deal/deal-condition.ts';
import { recordOf, type UnknownRecord } from '../../domain/fields/record.ts';
import type { Instant } from '../../domain/time/calendar.ts';
import { dayIn } from '../../domain/time/formats.ts';
import type { CrmDeal, DealPhase, DealState } from '../../ports/crm.ts';
import { type CrmContact, type TypedContacts, typedContacts } from '../contacts.ts';
import { mapProperties } from '../mapping.ts';
import { proposalPlace } from '../proposed.ts';
import { purchaseText } from '../purchase.ts';
import { signedBefore } from '../put-in-as-won.ts';
import { instantIn, isNumericId, textOf } from '../reading.ts';
import type { HubspotAccount, HubspotObject, HubspotOwner, HubspotStage } from './hubspot-answers.ts';
import { askedOfContacts, listed, named, proposedFrom, roleNames, rules } from './hubspot-mapping.ts';

/** Somebody at the customer, with what their association with the deal is called. */
export interface DealContact {
  readonly contact: HubspotObject;
  readonly labels: readonly string[];
}

/** All that was read of a deal; whatever HubSpot has nothing of is left out or empty. */
export interface HubspotDeal {
  readonly portal: string;
  readonly deal: HubspotObject;
  readonly stages: readonly HubspotStage[];
  readonly company?: HubspotObject | undefined;
  readonly contacts: readonly DealContact[];
  readonly lineItems: readonly HubspotObject[];
  readonly owner?: HubspotOwner | undefined;
  /** What properties that name colleagues by id say instead. */
  readonly named: UnknownRecord;
  readonly account?: HubspotAccount | undefined;
  /** What is so of deals that are handed over. */
  readonly conditions?: readonly DealCondition[] | undefined;
  readonly notes: readonly string[];
}

/** The deal under our own names. */
export function crmDealOf(read: HubspotDeal): CrmDeal {
  const { deal, stages, account, owner, portal } = read;
  const { properties } = deal;
  const stage = stages.find(({ id }) => id === properties['dealstage']);
  const phase = phaseOf(properties, stages);
  const isOpen = phase === 'early' || phase === 'proposed';
  const people = typedContacts(read.contacts.map(contactOf), roleNames);
  const { facts, notes } = mapProperties(propertiesOf(read, people), rules);
  const lostReason = textOf(properties['closed_lost_reason']).trim();
  const leftOut = leftOutBecause(properties, read.conditions ?? []);
  const wonAt = phase === 'won' ? wonAtOf(deal, stages) : undefined;
  const expectedCloseOn = isOpen ? dayOfClosing(properties['closedate'], account?.timeZone) : undefined;
  return {
    dealId: deal.id,
    stage: stage?.label ?? textOf(properties['dealstage']),
    phase,
    ...(wonAt !== undefined && { wonAt }),
    ...(expectedCloseOn !== undefined && { expectedCloseOn }),
    ...(phase === 'lost' && lostReason !== '' && { lostReason }),
    ...(leftOut !== undefined && { leftOut }),
    changedAt: deal.changedAt,
    ...tookIn(properties),
    facts: {
      ...facts,
      dealId: deal.id,
      ...(owner && owner.email !== '' && { accountExecutive: owner.email }),
      crmRecord: recordAddress(portal, deal.id),
    },
    notes: [...read.notes, ...notes, ...people.notes, ...oddities(read, stage)],
  };
}

/** Where a deal stands, by what a list of deals shows of it. */
export function dealStateOf(
  { id, properties, changedAt }: HubspotObject,
  stages: readonly HubspotStage[],
  owner: HubspotOwner | undefined,
): DealState {
  const stage = stages.find((each) => each.id === properties['dealstage']);
  return {
    ...{ dealId: id, name: textOf(properties['dealname']), changedAt },
    stage: stage?.label ?? textOf(properties['dealstage']),
    phase: phaseOf(properties, stages),
    ...(owner && owner.email !== '' && { accountExecutive: owner.email }),
  };
}

/** HubSpot makes a new deal of those that are merged, which names them: webhooks come in any order, and may be lost. */
function tookIn({ hs_merged_object_ids: merged }: UnknownRecord): Pick<CrmDeal, 'tookIn'> {
  const ids = textOf(merged)
    .split(';')
    .map((id) => id.trim())
    .filter(isNumericId);
  return ids.length > 0 ? { tookIn: ids } : {};
}

/** Where people see a deal. */
const recordAddress = (portal: string, dealId: string): string =>
  `https://app.hubspot.com/contacts/${portal}/record/0-3/${dealId}`;

function propertiesOf(
  { deal, company, lineItems, account, named: owners }: HubspotDeal,
  people: TypedContacts,
): UnknownRecord {
  const properties = { ...named(deal.properties, company?.properties), ...owners };
  // A portal with one currency does not name it on its deals.
  const currency = textOf(properties['deal_currency_code']) || account?.currency;
  return {
    ...properties,
    ...(currency !== undefined && { deal_currency_code: currency }),
    'company.industry': readable(company?.properties['industry']),
    [listed.people]: people.text,
    [listed.products]: purchaseText(lineItems.map((item) => ({ name: nameOf(item), quantity: quantityOf(item) }))),
    [listed.plan]: planIn(lineItems),
    [listed.months]: termIn(lineItems),
  };
}

/** Where a deal stands: by what its stage means, else by what HubSpot has calculated of it. */
export function phaseOf(properties: UnknownRecord, stages: readonly HubspotStage[]): DealPhase {
  const stage = stages.find(({ id }) => id === properties['dealstage']);
  if (stage === undefined) {
    if (isTrue(properties['hs_is_closed_won'])) return 'won';
    return isTrue(properties['hs_is_closed']) ? 'lost' : 'early';
  }
  if (isWon(stage)) return 'won';
  const isClosed = stage.isClosed ?? !isFalse(properties['hs_is_closed']);
  if (stage.probability === 0 && isClosed) return 'lost';
  const pipeline = stages.filter((each) => each.pipeline === stage.pipeline);
  const from = proposedFromIn(pipeline);
  return from !== undefined && pipeline.indexOf(stage) >= from ? 'proposed' : 'early';
}

const isTrue = (value: unknown): boolean => value === true || value === 'true';
const isFalse = (value: unknown): boolean => value === false || value === 'false';

/** Winning is the one thing that HubSpot gives a probability of 1 to. */
export const isWon = ({ probability }: HubspotStage): boolean => probability !== undefined && probability >= 1;

/** The place in a pipeline from which deals count as proposed. */
export const proposedFromIn = (pipeline: readonly HubspotStage[]): number | undefined =>
  proposalPlace(
    pipeline.map(({ id, label }, place) => ({ names: [id, label.trim()], place })),
    proposedFrom,
  );

/**
 * When the deal came to be won: when it entered the stage it is won in, or the first of several won stages in a row. The close
 * date, which anybody may have typed, only where HubSpot tells no history, or where the deal was never in another stage: an import
 * enters that on the day it runs.
 */
function wonAtOf({ history, properties }: HubspotObject, stages: readonly HubspotStage[]): string | undefined {
  const won = new Set(stages.filter(isWon).map(({ id }) => id));
  const changes = (Array.isArray(history['dealstage']) ? history['dealstage'] : [])
    .map(recordOf)
    .map(({ value, timestamp }) => ({ value: textOf(value), at: instantIn(timestamp) }))
    .filter((change): change is { value: string; at: Instant } => change.at !== undefined)
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const before = changes.findIndex(({ value }) => !won.has(value));
  const entered = changes.at(before < 0 ? -1 : before - 1);
  const closed = closingOf(properties);
  if (before === 0 || entered === undefined) return closed;
  return before < 0 ? signedBefore(entered.at, closed) : entered.at;
}

/** The close date; at midnight UTC it is a day. */
export function closingOf({ closedate }: UnknownRecord): string | undefined {
  const closed = instantIn(closedate);
  return closed?.endsWith('T00:00:00.000Z') ? closed.slice(0, 10) : closed;
}

function dayOfClosing(closedate: unknown, zone: string | undefined): string | undefined {
  const at = instantIn(closedate);
  if (at === undefined) return undefined;
  try {
    return dayIn(at, zone ?? 'UTC');
  } catch {
    return at.slice(0, 10);
  }
}

/** HubSpot's own industries are codes: `LOGISTICS_AND_SUPPLY_CHAIN` says "Logistics and supply chain". */
function readable(industry: unknown): unknown {
  if (typeof industry !== 'string' || !/^[A-Z][A-Z_]+$/.test(industry)) return industry;
  return industry.charAt(0) + industry.slice(1).toLowerCase().replaceAll('_', ' ');
}

/** Somebody at the customer, with every word that HubSpot has for their part. */
function contactOf({ contact, labels }: DealContact): CrmContact {
  const { firstname, lastname, email, hs_buying_role: buying, ...properties } = contact.properties;
  return {
    name: [textOf(firstname), textOf(lastname)].join(' ').trim(),
    email: textOf(email),
    roles: [textOf(buying), ...labels, textOf(properties[askedOfContacts.roles])],
    hasOwnRoles: textOf(properties[askedOfContacts.roles]).trim() !== '',
    influence: textOf(properties[askedOfContacts.influence]),
    stays: textOf(properties[askedOfContacts.stays]),
    notes: textOf(properties[askedOfContacts.notes]),
  };
}

const nameOf = ({ properties }: HubspotObject): string => textOf(properties['name']).trim();

function quantityOf({ properties }: HubspotObject): number | undefined {
  const quantity = Number.parseFloat(textOf(properties['quantity']));
  return Number.isFinite(quantity) ? quantity : undefined;
}

/** The plan is what is bought where one thing is. */
function planIn(lineItems: readonly HubspotObject[]): string | undefined {
  const [item, ...others] = lineItems;
  return item && others.length === 0 && nameOf(item) !== '' ? nameOf(item) : undefined;
}

/** The months that all line items run for, where they agree. */
function termIn(lineItems: readonly HubspotObject[]): number | undefined {
  const terms = new Set(lineItems.map(({ properties }) => months(properties['hs_recurring_billing_period'])));
  terms.delete(undefined);
  return terms.size === 1 ? [...terms][0] : undefined;
}

/** `P24M` and `P2Y` are 24. */
function months(period: unknown): number | undefined {
  const [, count, unit] = /^P(\d{1,4})([MY])$/.exec(textOf(period)) ?? [];
  return count === undefined ? undefined : Number(count) * (unit === 'Y' ? 12 : 1);
}

function oddities(read: HubspotDeal, stage: HubspotStage | undefined): readonly string[] {
  const { company, deal, owner } = read;
  const ownerId = textOf(deal.properties['hubspot_owner_id']);
  return [
    !company && 'The deal has no company: its own name stands for the customer.',
    ownerId === '' && 'The deal has no owner.',
    ownerId !== '' && !owner && "HubSpot doesn't know the deal's owner any more.",
    owner?.archived && "The deal's owner is deactivated in HubSpot.",
    !stage && 'No pipeline has the stage of the deal.',
  ].filter((note) => typeof note === 'string');
}

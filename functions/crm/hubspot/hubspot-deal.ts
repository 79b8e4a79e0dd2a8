import { type FieldPath, withAnswer } from '../../domain/deal/package.ts';
import { recordOf, type UnknownRecord } from '../../domain/fields/record.ts';
import { stakeholderRoles } from '../../domain/fields/values.ts';
import type { Instant } from '../../domain/time/calendar.ts';
import { dayIn } from '../../domain/time/formats.ts';
import type { CrmDeal, DealPhase } from '../../ports/crm.ts';
import { mapProperties } from '../mapping.ts';
import { instantIn, textOf } from '../reading.ts';
import type { HubspotAccount, HubspotObject, HubspotOwner, HubspotStage } from './hubspot-answers.ts';
import { contactProperties, named, proposedFrom, roleOf, rules } from './hubspot-mapping.ts';

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
  /** The mail addresses of owners that properties name by id. */
  readonly named: UnknownRecord;
  readonly account?: HubspotAccount | undefined;
  readonly notes: readonly string[];
}

/** The deal under our own names. */
export function crmDealOf(read: HubspotDeal): CrmDeal {
  const { deal, stages, account, owner, portal } = read;
  const { properties } = deal;
  const stage = stages.find(({ id }) => id === properties['dealstage']);
  const phase = phaseOf(properties, stages);
  const isOpen = phase === 'early' || phase === 'proposed';
  const { facts, notes } = mapProperties(propertiesOf(read), rules);
  const lostReason = textOf(properties['closed_lost_reason']).trim();
  const wonAt = phase === 'won' ? wonAtOf(deal, stages) : undefined;
  const expectedCloseOn = isOpen ? dayOfClosing(properties['closedate'], account?.timeZone) : undefined;
  return {
    dealId: deal.id,
    stage: stage?.label ?? textOf(properties['dealstage']),
    phase,
    ...(wonAt !== undefined && { wonAt }),
    ...(expectedCloseOn !== undefined && { expectedCloseOn }),
    ...(phase === 'lost' && lostReason !== '' && { lostReason }),
    changedAt: deal.changedAt,
    facts: {
      ...facts,
      dealId: deal.id,
      ...customerOf(facts, read),
      ...(owner && owner.email !== '' && { accountExecutive: owner.email }),
      crmRecord: recordAddress(portal, deal.id),
      ...packageOf(facts, read),
    },
    notes: [...read.notes, ...notes, ...oddities(read, stage)],
  };
}

/** Where people see a deal. */
const recordAddress = (portal: string, dealId: string): string =>
  `https://app.hubspot.com/contacts/${portal}/record/0-3/${dealId}`;

function propertiesOf({ deal, company, account, named: owners }: HubspotDeal): UnknownRecord {
  const properties = { ...named(deal.properties, company?.properties), ...owners };
  // A portal with one currency does not name it on its deals.
  const currency = textOf(properties['deal_currency_code']) || account?.currency;
  return currency === undefined ? properties : { ...properties, deal_currency_code: currency };
}

/** Where a deal stands: by what its stage means, else by what HubSpot has calculated of it. */
export function phaseOf(properties: UnknownRecord, stages: readonly HubspotStage[]): DealPhase {
  const stage = stages.find(({ id }) => id === properties['dealstage']);
  if (stage === undefined) {
    if (isTrue(properties['hs_is_closed_won'])) return 'won';
    return isTrue(properties['hs_is_closed']) ? 'lost' : 'early';
  }
  if (isWon(stage)) return 'won';
  const isClosed = stage.isClosed ?? String(properties['hs_is_closed']) !== 'false';
  if (stage.probability === 0 && isClosed) return 'lost';
  const pipeline = stages.filter((each) => each.pipeline === stage.pipeline);
  const from = proposedStage(pipeline);
  return from !== undefined && pipeline.indexOf(stage) >= pipeline.indexOf(from) ? 'proposed' : 'early';
}

const isTrue = (value: unknown): boolean => value === true || value === 'true';

/** Winning is the one thing that HubSpot gives a probability of 1 to. */
export const isWon = ({ probability }: HubspotStage): boolean => probability !== undefined && probability >= 1;

/** The stage of a pipeline from which deals count as proposed. */
export function proposedStage(pipeline: readonly HubspotStage[]): HubspotStage | undefined {
  for (const name of proposedFrom.map((each) => each.toLowerCase())) {
    const found = pipeline.find(({ id, label }) => id.toLowerCase() === name || label.trim().toLowerCase() === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * When the deal came to be won: when it entered the stage it is won in, or the first of several won stages in a row. The close
 * date, which anybody may have typed, only where HubSpot tells no history; at midnight UTC it is a day.
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
  if (before !== 0 && entered !== undefined) return entered.at;
  const closed = instantIn(properties['closedate']);
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

function customerOf(facts: UnknownRecord, { company }: HubspotDeal): UnknownRecord {
  const customer = recordOf(facts['customer']);
  const name = customer['name'] ?? facts['name'];
  const industry = readable(facts['industry'], company?.properties['industry']);
  return {
    customer: {
      ...customer,
      ...(name !== undefined && { name }),
      ...(customer['website'] !== undefined && { website: withScheme(textOf(customer['website']).trim()) }),
    },
    ...(industry !== undefined && { industry }),
  };
}

/** `nordwind.example` as an address. */
const withScheme = (website: string): string => (/^https?:\/\//i.test(website) ? website : `https://${website}`);

/** HubSpot's own industries are codes: `LOGISTICS_AND_SUPPLY_CHAIN` says "Logistics and supply chain". */
function readable(industry: unknown, code: unknown): unknown {
  if (industry !== code || typeof code !== 'string' || !/^[A-Z][A-Z_]+$/.test(code)) return industry;
  return code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' ');
}

function packageOf(facts: UnknownRecord, { contacts, lineItems }: HubspotDeal): UnknownRecord {
  const said = recordOf(facts['package']);
  const contract = recordOf(said['contract']);
  const people = contacts.map(stakeholderOf).filter((row) => Object.keys(row).length > 0);
  const derived: readonly (readonly [FieldPath, unknown, boolean])[] = [
    ['stakeholders', people.length > 0 ? people : undefined, said['stakeholders'] !== undefined],
    ['contract.planTier', planIn(lineItems), contract['planTier'] !== undefined],
    ['contract.purchase', purchaseIn(lineItems), contract['purchase'] !== undefined],
    ['contract.termMonths', termIn(lineItems), contract['termMonths'] !== undefined],
  ];
  const filled = derived.reduce<UnknownRecord>(
    (pkg, [path, value, isSaid]) => (isSaid || value === undefined ? pkg : withAnswer(pkg, path, value)),
    said,
  );
  return Object.keys(filled).length > 0 ? { package: filled } : {};
}

/** One row of the stakeholder map, as far as HubSpot knows; the package's check names what a row lacks. */
function stakeholderOf({ contact, labels }: DealContact): UnknownRecord {
  const { firstname, lastname, email, hs_buying_role: buying, ...properties } = contact.properties;
  const said = [textOf(buying), textOf(properties[contactProperties.roles.name])].flatMap((text) =>
    text.split(/[;,\n]/),
  );
  const held = new Set([...labels, ...said].map(roleOf));
  const roles = stakeholderRoles.filter((role) => held.has(role));
  const row = {
    name: [textOf(firstname), textOf(lastname)].join(' ').trim(),
    email: textOf(email),
    influence: textOf(properties[contactProperties.influence.name]),
    stays: textOf(properties[contactProperties.stays.name]),
    notes: textOf(properties[contactProperties.notes.name]),
  };
  const given = Object.fromEntries(Object.entries(row).filter(([, text]) => text !== ''));
  return roles.length > 0 ? { ...given, roles } : given;
}

const nameOf = ({ properties }: HubspotObject): string => textOf(properties['name']).trim();

/** The plan is what is bought where one thing is. */
function planIn(lineItems: readonly HubspotObject[]): string | undefined {
  const [item, ...others] = lineItems;
  return item && others.length === 0 && nameOf(item) !== '' ? nameOf(item) : undefined;
}

/** `120 × Dispatcher seat, 1 × Onboarding`. */
function purchaseIn(lineItems: readonly HubspotObject[]): string | undefined {
  const bought = lineItems
    .filter((item) => nameOf(item) !== '')
    .map((item) =>
      [textOf(item.properties['quantity']).replace(/\.0+$/, ''), nameOf(item)].filter(Boolean).join(' × '),
    );
  return bought.length > 0 ? bought.join(', ') : undefined;
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

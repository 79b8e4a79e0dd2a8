import { longestNames } from '../domain/deal/deal-fields.ts';
import { type FieldPath, packageFields, withAnswer } from '../domain/deal/package.ts';
import { cleanLine, startOf } from '../domain/fields/clean-text.ts';
import { isRecord } from '../domain/fields/record.ts';
import { endOfTime } from './reading.ts';

/** A fact of the deal, as its event carries it, beside the package. */
export type DealFact =
  | 'name'
  | 'customer.name'
  | 'customer.website'
  | 'customer.timeZone'
  | 'customer.language'
  | 'customer.country'
  | 'segment'
  | 'territory'
  | 'industry'
  | 'customerSuccessManager'
  | 'crmRecord';

/** How the value of a property is read. Texts go to the package as people typed them: its fields read them. */
export type Reading = 'text' | 'day' | 'number' | 'list' | 'webAddress';

/** A property of the CRM, and where its value goes. */
export interface PropertyRule {
  readonly to: FieldPath | DealFact;
  /** The property's name in the CRM, as its API writes it. */
  readonly property: string;
  /** `text` when left out. A `day` is a date, or a moment's day in UTC; a `list` is parted by semicolons or lines; a `webAddress` may lack its https://. */
  readonly as?: Reading;
  /** The property that says in which currency, for an amount. */
  readonly currency?: string;
  /** A number is this many of ours: 12 for years where months are asked for. */
  readonly unit?: number;
  /** What its values mean, in our words; one that isn't listed stays as it is. */
  readonly values?: Readonly<Record<string, string>>;
  /** What holds where it is empty. */
  readonly usual?: string;
  /** The number that the CRM puts where nobody typed one: it says nothing. */
  readonly untyped?: number;
}

/** What the mapped properties say of a deal. */
export interface Mapped {
  /** `detail` of the event, with its `package`; members of nothing that was said are left out. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** What could not be read, a sentence each, without the value. */
  readonly notes: readonly string[];
}

const paths: ReadonlySet<string> = new Set(packageFields.map(({ path }) => path));
const isPath = (to: PropertyRule['to']): to is FieldPath => paths.has(to);

/** Reads the properties of a deal by the rules of its CRM. Of two rules for the same, the first whose property says something counts. */
export function mapProperties(properties: Readonly<Record<string, unknown>>, rules: readonly PropertyRule[]): Mapped {
  const said = new Set<string>();
  const notes: string[] = [];
  let pkg: Readonly<Record<string, unknown>> = {};
  let facts: Readonly<Record<string, unknown>> = {};
  for (const rule of rules) {
    if (said.has(rule.to)) continue;
    const value = read(properties, rule, notes);
    if (value === undefined) continue;
    said.add(rule.to);
    if (isPath(rule.to)) pkg = withAnswer(pkg, rule.to, value);
    else facts = withFact(facts, rule.to, fitting(rule, value, notes));
  }
  return { facts: { ...facts, ...(Object.keys(pkg).length > 0 && { package: pkg }) }, notes };
}

const longest: Readonly<Partial<Record<PropertyRule['to'], number>>> = longestNames;

/** A name that is longer than an event may have it, cut: a deal would be refused for it. */
function fitting({ to, property }: PropertyRule, value: unknown, notes: string[]): unknown {
  const most = longest[to];
  if (most === undefined || typeof value !== 'string') return value;
  const name = cleanLine(value);
  if (name.length <= most) return value;
  notes.push(`The property ${property} has ${name.length} characters; cut to ${most}.`);
  return startOf(name, most);
}

function withFact(
  facts: Readonly<Record<string, unknown>>,
  to: DealFact,
  value: unknown,
): Readonly<Record<string, unknown>> {
  const [outer = to, inner] = to.split('.');
  if (inner === undefined) return { ...facts, [to]: value };
  const within = facts[outer];
  return { ...facts, [outer]: { ...(isRecord(within) ? within : {}), [inner]: value } };
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

function read(properties: Readonly<Record<string, unknown>>, rule: PropertyRule, notes: string[]): unknown {
  const given = properties[rule.property];
  const received = isEmpty(given) ? rule.usual : given;
  if (isEmpty(received)) return undefined;
  const meant = typeof received === 'string' ? (meaningIn(rule, received) ?? received) : received;
  const value = readings[rule.as ?? 'text'](meant);
  if (value === undefined) {
    notes.push(`The property ${rule.property} is no ${rule.as ?? 'text'}; not used.`);
    return undefined;
  }
  if (rule.untyped !== undefined && value === rule.untyped) {
    notes.push(`The property ${rule.property} is ${value}, as it is where nobody typed it; not used.`);
    return undefined;
  }
  if (rule.currency !== undefined) {
    const currency = properties[rule.currency];
    return typeof currency === 'string' && currency !== '' ? { amount: value, currency } : { amount: value };
  }
  return rule.unit !== undefined && typeof value === 'number' ? value * rule.unit : value;
}

const meaningIn = ({ values }: PropertyRule, received: string): string | undefined =>
  values && Object.hasOwn(values, received) ? values[received] : undefined;

function asText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

const readings: Readonly<Record<Reading, (value: unknown) => unknown>> = {
  text: asText,
  number: (value) => {
    const number = typeof value === 'string' ? Number(value.trim()) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
  },
  day: (value) => dayOf(value),
  webAddress: (value) =>
    typeof value === 'string' ? (/^https?:\/\//i.test(value) ? value : `https://${value.trim()}`) : undefined,
  list: (value) => {
    if (Array.isArray(value)) return value.flatMap((each) => asText(each) ?? []).join('\n');
    return typeof value === 'string'
      ? value
          .split(/[;\n]/)
          .map((line) => line.trim())
          .filter((line) => line !== '')
          .join('\n')
      : undefined;
  },
};

/** `2026-11-20`; of a moment, which some CRMs send in place of a date (as ISO text or milliseconds), its day in UTC. */
export function dayOf(value: unknown): string | undefined {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) return value;
  const time =
    typeof value === 'number'
      ? value
      : typeof value === 'string'
        ? /^\d{11,14}$/.test(value)
          ? Number(value)
          : Date.parse(value)
        : Number.NaN;
  return time > 0 && time < endOfTime ? new Date(time).toISOString().slice(0, 10) : undefined;
}

/** `whyTheyBought` as other conventions write it: `why_they_bought`, `Why_They_Bought`. */
export const snakeCase = (name: string): string => name.replace(/([a-z])([A-Z0-9])/g, '$1_$2').toLowerCase();

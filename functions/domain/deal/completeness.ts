import { answerText, readAnswer } from '../fields/answer.ts';
import { cleanText } from '../fields/clean-text.ts';
import { kinds } from '../fields/kinds.ts';
import type { FieldProblem, RowPlace } from '../fields/reading.ts';
import { isRecord, recordOf } from '../fields/record.ts';
import { stakeholders } from '../fields/row-kinds.ts';
import { neededRoles } from '../fields/values.ts';
import { nameIn } from '../fields/words.ts';
import { dayIn } from '../time/formats.ts';
import { formatDayAndMonth } from '../time/wall-format.ts';
import type { Deal } from './deal.ts';
import type { FieldPath, HandoffPackage, PackageField } from './package.ts';
import { answerAt, type PackageRules, packageFields, packageFieldsOf, withAnswer } from './package.ts';
import { packageSections } from './package-fields.ts';
import type { Customer } from './said-deal.ts';

/** What the package lacks, in words for the account executive. */
export interface Gap {
  /** Always the path of a `packageFields` entry; several gaps may share one. */
  readonly path: FieldPath;
  /** The section's title. */
  readonly section: string;
  readonly label: string;
  readonly kind: 'missing' | 'wrong';
  readonly expected: string;
  readonly found?: string;
  /** What to do about it, in a sentence that names the answer and stands alone. */
  readonly remedy: string;
  /** Where in an answer of rows. */
  readonly at?: RowPlace;
}
export interface PackageCheck {
  /** No gap at all: nothing required is missing, and nothing given (optional or not) is wrong. */
  readonly complete: boolean;
  /** Share of the required fields that are present and right, 0–100, rounded down (S2 aims at 70 at signature). */
  readonly percent: number;
  readonly gaps: readonly Gap[];
  readonly package: HandoffPackage;
}
/** What of a deal can stand for answers of its package. */
export type DealFacts = Partial<Pick<Deal, 'segment' | 'closedWonAt' | 'crmRecord'>> & {
  readonly customer: Pick<Customer, 'timeZone' | 'language'>;
};
export interface PackageToCheck {
  readonly package: unknown;
  readonly deal: DealFacts;
  readonly rules: PackageRules;
}

/**
 * Checks a package field by field and names everything that is missing or wrong (S2, S4: checked at the trigger, with
 * enforcement). Takes whatever was received; never throws. What the deal already says counts as said.
 */
export function checkPackage(input: PackageToCheck): PackageCheck {
  const { package: received, deal, rules } = input;
  if (!isRecord(received)) return check(input);
  const known = checks.get(received);
  if (known && known.deal === deal && known.rules === rules) return known.check;
  const checked = check(input);
  checks.set(received, { deal, rules, check: checked });
  return checked;
}

/** One page or mail asks several times about the package it was loaded with. */
const checks = new WeakMap<
  object,
  { readonly deal: DealFacts; readonly rules: PackageRules; readonly check: PackageCheck }
>();

function check(input: PackageToCheck): PackageCheck {
  const { deal, rules } = input;
  const said = withDealFacts(input.package, deal);
  const fields = packageFieldsOf(rules);

  let parsed: unknown = {};
  const gaps: Gap[] = [];
  for (const field of fields) {
    const { value, problems } = readAnswer(field, answerAt(said, field.path));
    if (value !== undefined) parsed = withAnswer(parsed, field.path, value);
    if (value === undefined && problems.length === 0 && field.required) {
      const expected = field.options === 'segments' ? oneOf(rules) : field.hint;
      gaps.push(gapAt(field, { expected, remedy: kinds[field.kind].missing(field) }));
    }
    gaps.push(...problems.map((problem) => gapAt(field, problem)));
  }
  const people = fields.filter((field) => field.path === 'stakeholders' && field.required);
  gaps.push(...people.flatMap((field) => missingRoles(field, answerAt(said, field.path))));

  // Every value was read by the schema its field's type is made of.
  const laws = [segmentIsKnown, renewalLiesAhead];
  let valid = parsed as HandoffPackage;
  for (const law of laws) {
    const broken = law(valid, input);
    gaps.push(...broken.gaps);
    valid = broken.valid;
  }

  const inOrder = fields.flatMap(({ path }) => gaps.filter((gap) => gap.path === path));
  const needed = fields.filter(({ required }) => required);
  const present = needed.filter(({ path }) => !gaps.some((gap) => gap.path === path));
  const percent = needed.length === 0 ? 100 : Math.floor((100 * present.length) / needed.length);
  return { complete: gaps.length === 0, percent, gaps: inOrder, package: valid };
}

/** What the deal can say as well as the package. */
const fieldsOfDeal = packageFields.filter(({ fromDeal }) => fromDeal !== undefined);

/** The package with the deal's facts where it says nothing itself, so that nobody is asked what the CRM already told (S3). */
export function withDealFacts(pkg: unknown, deal: DealFacts): unknown {
  const { timeZone, language } = deal.customer;
  const facts = {
    segment: deal.segment,
    closedWonAt: deal.closedWonAt && dayIn(deal.closedWonAt, timeZone ?? 'UTC'),
    crmRecord: deal.crmRecord,
    customerTimeZone: timeZone,
    customerLanguage: language,
  };
  return fieldsOfDeal.reduce<unknown>((filled, { kind, path, fromDeal }) => {
    const fact = fromDeal && facts[fromDeal];
    const isSaid = () => answerText(kind, answerAt(pkg, path)).trim() !== '';
    return fact === undefined || isSaid() ? filled : withAnswer(filled, path, fact);
  }, pkg);
}

/**
 * Form fields (a field's path → the text as typed) merged into a package as received. What reads well is stored in the
 * schema's shape, anything else as typed, so that `checkPackage` names what is wrong and the form shows it again. An empty
 * text takes the answer out. Names that are no field of the package are left alone (a form has others).
 */
export function applyEdits(pkg: unknown, edits: Readonly<Record<string, string>>): unknown {
  return packageFields.reduce<unknown>((so, field) => {
    const typed = Object.hasOwn(edits, field.path) ? edits[field.path] : undefined;
    return typed === undefined ? so : withAnswer(so, field.path, answerTyped(field, typed));
  }, pkg);
}

/** What is stored of a text as typed: undefined where it says nothing. */
function answerTyped(field: PackageField, typed: string): unknown {
  const text = cleanText(typed).trim();
  const { value, problems } = readAnswer(field, text);
  // An explicit "none" stays as it was typed.
  return problems.length === 0 && value !== 'none' ? value : text;
}

/** What the form shows of a text once it was saved: the same however often it is saved. */
export const savedText = (field: PackageField, typed: string): string =>
  answerText(field.kind, answerTyped(field, typed));

/** The text a form shows for a field: the inverse of `applyEdits`. */
export function formValue(pkg: unknown, field: PackageField): string {
  return answerText(field.kind, answerAt(pkg, field.path));
}

function gapAt(field: PackageField, gap: Pick<Gap, 'expected' | 'found' | 'remedy' | 'at'>): Gap {
  const section = packageSections[field.section].title;
  return { path: field.path, section, label: field.label, kind: gap.found === undefined ? 'missing' : 'wrong', ...gap };
}

const gapsAt = (rules: PackageRules, path: FieldPath, problems: readonly FieldProblem[]): Gap[] =>
  packageFieldsOf(rules)
    .filter((field) => field.path === path)
    .flatMap((field) => problems.map((problem) => gapAt(field, problem)));

const oneOf = ({ segments }: PackageRules): string => `one of: ${segments.join(', ')}`;

/** For each role that somebody at the customer must hold: what is expected, and who that is. */
export const whoIsMissing = {
  'decision-maker': ['a person with the role decision-maker', 'a decision-maker'],
  champion: ['a person with the role champion', 'a champion'],
  'day-to-day': ['a person with the role day-to-day (contact)', 'a day-to-day contact'],
  technical: ['a person with the role technical (contact)', 'a technical contact'],
} as const satisfies Record<(typeof neededRoles)[number], readonly [expected: string, who: string]>;

/** S0–S4: at least a decision-maker, a champion, a day-to-day and a technical contact. Rows with other mistakes count too. */
function missingRoles(field: PackageField, received: unknown): Gap[] {
  const rows = stakeholders.tidied(received);
  if (rows.length === 0) return [];
  const held = rows.flatMap((row) => recordOf(row)['roles']);
  return neededRoles
    .filter((role) => !held.includes(role))
    .map((role) => {
      const [expected, who] = whoIsMissing[role];
      return gapAt(field, { expected, remedy: `Add ${who}; one person can hold several roles` });
    });
}

type Law = (
  pkg: HandoffPackage,
  input: Pick<PackageToCheck, 'rules' | 'deal'>,
) => { readonly valid: HandoffPackage; readonly gaps: readonly Gap[] };

const segmentIsKnown: Law = (pkg, { rules }) => {
  const { segment: said, ...contract } = pkg.contract ?? {};
  if (said === undefined) return { valid: pkg, gaps: [] };
  const segment = nameIn(rules.segments, said);
  if (segment) return { valid: { ...pkg, contract: { ...contract, segment } }, gaps: [] };
  const expected = `${oneOf(rules)} (treated as ${rules.segment} until corrected)`;
  const remedy = `Select segment from the list: ${rules.segments.join(', ')}`;
  return { valid: { ...pkg, contract }, gaps: gapsAt(rules, 'contract.segment', [{ expected, found: said, remedy }]) };
};

/**
 * S3: the renewal lies ahead when the deal is won, so that somebody is reminded. Counted from that day, not from the day on which it
 * is checked: nobody is asked what has become of a contract since.
 */
const renewalLiesAhead: Law = (pkg, { rules, deal }) => {
  const { renewalDate, ...contract } = pkg.contract ?? {};
  if (!renewalDate) return { valid: pkg, gaps: [] };
  const wonOn = deal.closedWonAt && dayIn(deal.closedWonAt, deal.customer.timeZone ?? 'UTC');
  const gap = (expected: string, remedy: string) => ({
    valid: { ...pkg, contract },
    gaps: gapsAt(rules, 'contract.renewalDate', [{ expected, found: renewalDate, remedy }]),
  });
  const { signedAt } = contract;
  if (signedAt && renewalDate <= signedAt)
    return gap(`a day after the signature (${signedAt})`, `Renewal date must be after signing on ${dateOf(signedAt)}`);
  if (wonOn && renewalDate <= wonOn)
    return gap(
      `a day after the deal was won (${wonOn})`,
      `Renewal date ${dateOf(renewalDate)} has passed; enter the next renewal date`,
    );
  return { valid: pkg, gaps: [] };
};

const dateOf = (day: string): string => formatDayAndMonth(Date.parse(day));

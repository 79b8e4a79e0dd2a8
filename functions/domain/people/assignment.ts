import type { Deal } from '../deal/deal.ts';
import type { BusinessCalendar, Instant } from '../time/calendar.ts';
import { dateIn } from '../time/wording.ts';
import { type Absence, absenceAfter, absenceAt, daysAway } from './absence.ts';
import type { Person } from './person.ts';

export interface AssignmentInput {
  readonly deal: Pick<Deal, 'customerSuccessManager' | 'territory' | 'industry'>;
  readonly segment: string;
  /** What the playbook calls whoever is assigned: 'customer success manager'. */
  readonly roleName: string;
  readonly roster: readonly Person[];
  /** Open handoffs by mail address; absent means 0. */
  readonly openHandoffs: ReadonlyMap<string, number>;
  readonly at: Instant;
  readonly calendarOf: (person: Person) => BusinessCalendar;
}

/** `because` and `nobody` are whole sentences for mails and pages; `nobody` says why, and what to do. */
export type Assignment = { readonly assigned: Person; readonly because: string } | { readonly nobody: string };

/**
 * Assigns the customer success manager by the rules of S3, in order: named on the deal; territory; contract size (segment);
 * industry; availability (fewest open handoffs, then the mail address). Each rule keeps those who list the deal's value, else
 * those who list none (they take anything); where it would leave nobody it is skipped, and the reason says so.
 *
 * Never somebody inactive, unreachable, at capacity or away (P), named on the deal or not. Away is who is absent at `at`
 * (UTC; on the business day that runs then or comes next on their clock), or on more than one of the next three, in which
 * the brief is to be read and the meeting to be held. A single day off among them is left to a stand-in: it costs nobody a
 * customer who is theirs by name or by the rules, and only counts among equals. Whoever is away for a good part of the first
 * five is passed over while somebody else fits the rules as well.
 */
export function assignCustomerSuccessManager(input: AssignmentInput): Assignment {
  const { managers, named, obstacle, left, there, fitting, chosen } = candidatesOf(input);
  const reasons: string[] = [];

  if (input.deal.customerSuccessManager) {
    const why = named ? obstacle : `is no ${input.roleName} in the roster`;
    if (named && !why) return { assigned: named, because: 'Named on the deal.' };
    reasons.push(`${named?.name ?? input.deal.customerSuccessManager}, named on the deal, ${why}`);
  }

  if (left.length === 0) return { nobody: whyNobody(managers, input) };
  reasons.push(...chosen.reasons);

  const openOf = ({ email }: Person) => input.openHandoffs.get(email) ?? 0;
  const inOrder = (people: readonly Person[]) =>
    people.toSorted((a, b) => openOf(a) - openOf(b) || (a.email < b.email ? -1 : 1));
  const free = chosen.left.filter((person) => firstDaysAway(person, input) === 0);
  const [assigned, ...others] = inOrder(free.length > 0 ? free : chosen.left);
  if (!assigned) return { nobody: whyNobody(managers, input) };
  const [first = assigned] = inOrder(fitting.left);
  if (first !== assigned) reasons.push(`${first.name} ${awayEarly(first, input)}`);
  const open = openOf(assigned);
  if (others.length === 0) reasons.push('the only one available');
  else
    reasons.push(
      `${others.some((other) => openOf(other) === open) ? 'no one has fewer' : 'fewest'} open handoffs (${open})`,
    );
  if (!there.includes(assigned)) reasons.push(`${awayEarly(assigned, input)}, as no one else fits`);
  return { assigned, because: sentence(reasons) };
}

type CandidatesInput = Omit<AssignmentInput, 'roleName'>;

/**
 * Whose open handoffs the assignment hangs on, as far as these are known (mail addresses): those among whom the rules choose. Where one
 * of them proves to have too many, others come instead; all managers, where nobody is left, as the reason names what each has.
 */
export function whoseWorkCounts(input: CandidatesInput): readonly string[] {
  const { managers, named, obstacle, left, fitting, chosen } = candidatesOf(input);
  const among = left.length === 0 ? managers : [...chosen.left, ...fitting.left];
  const asked = named && !obstacle ? [named] : [...(named ? [named] : []), ...among];
  return [...new Set(asked.map(({ email }) => email))];
}

/** Who can take the customer, and whom the rules leave of them. */
function candidatesOf(input: CandidatesInput) {
  const { deal, roster } = input;
  const managers = roster.filter(({ role }) => role === 'customerSuccessManager');
  const named = managers.find(({ email }) => email === deal.customerSuccessManager);
  const left = managers.filter((person) => obstacleTo(person, input) === undefined);
  const there = left.filter((person) => earlyDaysAway(person, input) < manyDays);
  const fitting = byRules(left, input);
  const present = byRules(there, input);
  // Whoever is there from the start is chosen, unless only somebody who is not fits the rules as well.
  const chosen = present.left.length > 0 && present.skipped <= fitting.skipped ? present : fitting;
  return { managers, named, obstacle: named && obstacleTo(named, input), left, there, fitting, chosen };
}

type When = Pick<AssignmentInput, 'at' | 'calendarOf'>;

/** The process should be over in five business days (S3); who misses two of them would hardly see it. */
const earlyDays = 5;
const manyDays = 2;

const earlyDaysAway = (person: Person, { at, calendarOf }: When): number =>
  daysAway(person, { at, days: earlyDays, calendarOf });

const awayEarly = (person: Person, input: When): string =>
  `is away for ${earlyDaysAway(person, input)} of the first ${earlyDays} business days`;

interface Narrowed {
  readonly left: readonly Person[];
  readonly reasons: readonly string[];
  /** How many rules would have left nobody. */
  readonly skipped: number;
}

/** Those whom the rules of S3 leave, of these. */
function byRules(among: readonly Person[], { deal, segment }: CandidatesInput): Narrowed {
  const rules = [
    { rule: 'territory', value: deal.territory, takes: (person: Person) => person.territories },
    { rule: 'segment', value: segment, takes: (person: Person) => person.segments },
    { rule: 'industry', value: deal.industry, takes: (person: Person) => person.industries },
  ];
  let left = among;
  let skipped = 0;
  const reasons: string[] = [];
  for (const { rule, value, takes } of rules) {
    if (!value) continue;
    const { specialists, generalists } = takersOf(value, left, takes);
    if (specialists.length > 0) {
      left = specialists;
      reasons.push(`takes the ${rule} ${value}`);
    } else if (generalists.length > 0) {
      left = generalists;
      reasons.push(`takes any ${rule}`);
    } else {
      skipped++;
      reasons.push(`nobody available takes the ${rule} ${value}, so that rule was skipped`);
    }
  }
  return { left, reasons, skipped };
}

/** Of these people those who list a value, and those who list none of its kind and so take any (S3). */
export const takersOf = (
  value: string,
  among: readonly Person[],
  takes: (person: Person) => readonly string[] | undefined,
): { readonly specialists: readonly Person[]; readonly generalists: readonly Person[] } => ({
  specialists: among.filter((person) => takes(person)?.some((taken) => isSame(taken, value))),
  generalists: among.filter((person) => !takes(person)?.length),
});

/** Why a person cannot take a handoff now; undefined when nothing stands against it. */
export function obstacleTo(
  person: Person,
  { at, openHandoffs, calendarOf }: Pick<AssignmentInput, 'at' | 'openHandoffs' | 'calendarOf'>,
): string | undefined {
  if (!person.active) return 'is no longer active';
  if (person.unreachable) return `cannot be reached by email (${person.unreachable.why})`;
  const open = openHandoffs.get(person.email) ?? 0;
  if (person.capacity !== undefined && open >= person.capacity)
    return `has ${open} open handoffs already, the most allowed`;
  const absence = absenceAt(person, at, calendarOf);
  if (absence) return awayText(person, absence, at);
  if (firstDaysAway(person, { at, calendarOf }) <= 1) return undefined;
  return awayText(person, absenceAfter(person, at, calendarOf), at);
}

/** 'is away, back Thu, Dec 3', or 'is away from Mon, Nov 30, back Thu, Dec 3' of somebody who still works; days on their clock. */
function awayText({ availability: { zone } }: Person, absence: Absence | undefined, at: Instant): string {
  if (!absence) return 'is away';
  const from = Date.parse(absence.from) > Date.parse(at) ? ` from ${dateIn(zone, absence.from, at)}` : '';
  return `is away${from}${absence.until === undefined ? '' : `, back ${dateIn(zone, absence.until, at)}`}`;
}

/** In them the brief is to be read and the meeting to be held. */
const firstDays = 3;

const firstDaysAway = (person: Person, { at, calendarOf }: When): number =>
  daysAway(person, { at, days: firstDays, calendarOf });

function whyNobody(managers: readonly Person[], input: AssignmentInput): string {
  const active = managers.filter((person) => person.active);
  const obstacles = active.map((person) => `${person.name} ${obstacleTo(person, input)}`).sort();
  const why = active.length === 0 ? 'the roster has none' : obstacles.join('; ');
  return `No ${input.roleName} is available: ${why}. Name one who is free, or add one to the roster.`;
}

const isSame = (left: string, right: string) => left.trim().toLowerCase() === right.trim().toLowerCase();

function sentence(reasons: readonly string[]): string {
  const text = reasons.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

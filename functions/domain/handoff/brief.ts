import type { Gap } from '../deal/completeness.ts';
import { type Deal, unsigned } from '../deal/deal.ts';
import type { FieldPath, HandoffPackage, PackageField } from '../deal/package.ts';
import { answerAt, packageFields, packageFieldsOf, sectionIds } from '../deal/package.ts';
import { type Pillar, packageSections, type SectionRule } from '../deal/package-fields.ts';
import { nameAndAddress } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { FrozenPlaybook } from '../playbook/playbook.ts';
import { type RoleId, roleTitle } from '../playbook/roles.ts';
import { textsOf } from '../texts/texts.ts';
import { dayIn } from '../time/formats.ts';
import { formatDate } from '../time/wall-format.ts';
import { answerLines, type BriefLine } from './brief-lines.ts';
import type { MeetingQuestions } from './meeting-questions.ts';
import type { PackageHistory } from './package-history.ts';

export type { BriefLine } from './brief-lines.ts';

export interface BriefSection {
  readonly heading: string;
  readonly pillar?: Pillar;
  readonly lines: readonly BriefLine[];
}
/** A line at the top of the brief; `role`: it says who holds that role. */
export interface BriefFact {
  readonly label: string;
  readonly value: string;
  readonly missing?: true;
  readonly role?: RoleId;
}
/** The brief ("Client DNA", S2), ready to be laid out as a page or a mail. Plain text throughout: nothing in it is markup. */
export interface Brief {
  readonly title: string;
  readonly subtitle: string;
  readonly facts: readonly BriefFact[];
  readonly sections: readonly BriefSection[];
  readonly gaps: readonly Gap[];
}
export interface BriefInput {
  readonly deal: Deal;
  readonly package: HandoffPackage;
  readonly gaps: readonly Gap[];
  /** Whose words for roles and fields it uses. */
  readonly playbook: Pick<FrozenPlaybook, 'fields' | 'language' | 'roles'>;
  /** In whose formats dates and amounts are told (BCP 47). */
  readonly locale?: string | undefined;
  /** As known in the roster. */
  readonly people: {
    readonly accountExecutive?: Person | undefined;
    readonly customerSuccessManager?: Person | undefined;
  };
  /** What is still to come, from whom. */
  readonly owed?: readonly {
    /** A name. */
    readonly by: string;
    /** `YYYY-MM-DD`. */
    readonly until: string;
    readonly what: readonly string[];
  }[];
  /** Of the package: what the CRM changed since the deal was won. */
  readonly history?: PackageHistory | undefined;
  /** What the reviewer wants answered in the internal meeting, until it is held. */
  readonly questions?: MeetingQuestions | undefined;
  /** The fields that it tells of; all when left out. */
  readonly only?: ReadonlySet<FieldPath> | undefined;
}

/** What stands at the top, so that nobody looks for it; the sections do not repeat it. */
const factPaths: readonly FieldPath[] = [
  'contract.segment',
  'contract.planTier',
  'contract.value',
  'contract.termMonths',
  'contract.signedAt',
  'contract.renewalDate',
  'communication.timeZone',
  'communication.language',
];
const pillars: readonly (Pillar | undefined)[] = ['context', 'relationships', 'goals', 'risks', undefined];

/**
 * Renders the brief from the package: one page, the four pillars first (S2), the rest after them. Long answers are
 * shortened and say so. Nothing that is required disappears: a gap stands as `not given`; optional answers nobody gave are left
 * out.
 */
export function briefFrom({
  deal,
  package: pkg,
  gaps,
  people,
  owed = [],
  questions,
  history = {},
  only,
  ...told
}: BriefInput): Brief {
  const { playbook, locale } = told;
  const { roles, language } = playbook;
  const texts = textsOf(language);
  const { brief: words, details } = texts;
  // What was frozen before keeps the names of the table.
  const known = language === undefined ? packageFields : packageFieldsOf(playbook);
  const fields = only ? known.filter(({ path }) => only.has(path)) : known;
  const linesOf = (field: PackageField) =>
    answerLines(field, answerAt(pkg, field.path), {
      gaps: gaps.filter(({ path }) => path === field.path),
      history: history[field.path],
      texts,
      locale,
    });
  const sections = sectionIds.map((section): BriefSection => {
    const { title, pillar }: SectionRule = packageSections[section];
    const own = fields.filter((field) => field.section === section && !factPaths.includes(field.path));
    return { heading: texts.sections[section] ?? title, ...(pillar ? { pillar } : {}), lines: own.flatMap(linesOf) };
  });
  const facts = factPaths.flatMap((path) => fields.filter((field) => field.path === path)).flatMap(linesOf);
  const { customer } = deal;
  return {
    title: words.title(customer.name),
    subtitle: deal.closedWonAt === unsigned ? words.unsigned(deal.name) : words.won(deal.name, wonOn(deal, locale)),
    facts: [
      ...(customer.website ? [{ label: words.website, value: customer.website }] : []),
      ...(customer.country ? [{ label: words.country, value: customer.country }] : []),
      {
        label: roleTitle(roles, 'accountExecutive'),
        value: personText(people.accountExecutive, deal.accountExecutive),
        role: 'accountExecutive',
      },
      {
        label: roleTitle(roles, 'customerSuccessManager'),
        value: personText(people.customerSuccessManager, words.notAssigned),
        role: 'customerSuccessManager',
      },
      ...facts.map(({ label, text, missing }) => ({ label, value: text, ...(missing ? { missing } : {}) })),
      ...owed.map(({ by, until, what }) => ({
        label: texts.owed.by(by, formatDate(Date.parse(until), undefined, locale)),
        value: what.join('; '),
      })),
      ...(questions ? [{ label: details.questionsOf(questions.by), value: questions.lines.join('\n') }] : []),
    ],
    sections: pillars.flatMap((pillar) =>
      sections.filter((section) => section.pillar === pillar && section.lines.length > 0),
    ),
    gaps,
  };
}

/** As a day; in American English as it was always written. */
function wonOn({ closedWonAt, customer }: Deal, locale: string | undefined): string {
  const day = dayIn(closedWonAt, customer.timeZone ?? 'UTC');
  return locale === undefined ? day : formatDate(Date.parse(day), undefined, locale);
}

const personText = (person: Person | undefined, otherwise: string): string =>
  person ? nameAndAddress(person) : otherwise;

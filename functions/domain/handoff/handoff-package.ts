import { checkPackage, type Gap, type PackageCheck } from '../deal/completeness.ts';
import { packageFieldsOf } from '../deal/package.ts';
import { nameOf, type People } from '../people/people.ts';
import { choiceOf, packageStep } from '../playbook/capabilities.ts';
import type { AskStep } from '../playbook/playbook.ts';
import { usualLocale } from '../texts/locale.ts';
import { textsOf } from '../texts/texts.ts';
import { dayIn } from '../time/formats.ts';
import { type Brief, type BriefInput, briefFrom } from './brief.ts';
import { givenList, givenText } from './decisions.ts';
import type { HandoffRecord } from './handoff.ts';
import { openQuestions } from './meeting-questions.ts';
import { holderOf } from './roles-held.ts';
import { type Decision, roundsOf } from './step-record.ts';

/** The package of a handoff as it stands, checked against the rules the handoff froze. */
export function checkedPackage(record: Pick<HandoffRecord, 'deal' | 'package' | 'playbook'>): PackageCheck {
  return checkPackage({
    package: record.package,
    deal: record.deal,
    rules: record.playbook,
  });
}

/** The renewal date of the contract, `YYYY-MM-DD`, if it is known. */
export const renewalDateOf = (record: HandoffRecord): string | undefined =>
  checkedPackage(record).package.contract?.renewalDate;

/** Each gap's field by its path, once: what an exception leaves open. */
export function gapPaths(gaps: readonly Gap[]): readonly Gap['path'][] {
  return [...new Set(gaps.map(({ path }) => path))];
}

/** Each gap's field by its name, once: 'Contract: Term length'. */
export function gapNames(gaps: readonly Gap[]): readonly string[] {
  return [...new Set(gaps.map(gapName))];
}

const gapName = ({ section, label }: Gap): string => `${section}: ${label}`;

/** The debt of an exception: who is to supply what. */
export interface OwedGaps {
  /** Mail address. */
  readonly owner: string;
  /** `YYYY-MM-DD`. */
  readonly dueDate: string;
  /** As `gapNames` writes them. */
  readonly gaps: readonly string[];
  /** Who granted the exception: a mail address. */
  readonly by: string;
  readonly reason: string;
}

/**
 * What is still owed by the last exception that was granted, also when the package came back since: of the gaps of that day,
 * those that are open now. Undefined when no exception was granted, or all has been supplied.
 */
export function owedGaps(record: HandoffRecord): OwedGaps | undefined {
  const filling = packageStep(record.playbook);
  const step = filling && record.steps[filling.id];
  const rounds = step === undefined ? [] : roundsOf(step);
  const granted = rounds.findLast(({ decision }) => filling && isException(filling.rule, decision))?.decision;
  // A colleague: the roster knows addresses in lower case.
  const owner = givenList(granted, 'owner')[0]?.toLowerCase();
  if (granted === undefined || owner === undefined) return undefined;
  const then = givenList(granted, 'gaps');
  // Exceptions that were granted earlier say names in place of paths.
  const open = checkedPackage(record).gaps.filter((gap) => then.includes(gap.path) || then.includes(gapName(gap)));
  const gaps = gapNames(open);
  if (gaps.length === 0) return undefined;
  const dueDate = givenText(granted, 'dueDate');
  return { owner, dueDate, gaps, by: granted.by, reason: givenText(granted, 'reason') };
}

/** Whether a decision granted an exception. */
export const isException = (rule: AskStep, decision: Pick<Decision, 'choice'> | undefined): boolean =>
  choiceOf(rule, decision?.choice)?.does === 'grant-exception';

/** What is still to come, from whom, until when: the open items; before there were any, what an exception left owing. */
function owedIn(
  record: HandoffRecord,
  { people, gaps }: { readonly people: People; readonly gaps: readonly Gap[] },
): NonNullable<BriefInput['owed']> {
  const items = Object.values(record.steps).flatMap(({ item, owner, dueAt, decision }) => {
    if (!item || decision) return [];
    const paths: ReadonlySet<string> = new Set(item.paths ?? []);
    const missing = gapNames(gaps.filter(({ path }) => paths.has(path)));
    const until = dayIn(dueAt, people.get(owner)?.availability.zone ?? 'UTC');
    return [{ by: nameOf(people, owner), until, what: missing.length > 0 ? missing : [item.title] }];
  });
  const areItems = Object.values(record.steps).some(({ item }) => item?.paths);
  const owed = areItems ? undefined : owedGaps(record);
  return owed ? [{ by: nameOf(people, owed.owner), until: owed.dueDate, what: owed.gaps }, ...items] : items;
}

/** Gaps in the words of the rules, where these are in another language than the table: what is missing by its hint. */
export function inWordsOfFields(gaps: readonly Gap[], playbook: HandoffRecord['playbook']): readonly Gap[] {
  if (playbook.language === undefined) return gaps;
  const fields = new Map(packageFieldsOf(playbook).map((field) => [field.path, field]));
  const { sections } = textsOf(playbook.language);
  return gaps.map((gap) => {
    const field = fields.get(gap.path);
    const { label = gap.label, hint = gap.expected } = field ?? {};
    const section = (field && sections[field.section]) ?? gap.section;
    return { ...gap, section, label, expected: hint };
  });
}

/** The brief of a handoff (S2, S4). `people`: everybody involved, by mail address. */
export function briefOf(
  record: HandoffRecord,
  people: People,
  { locale = usualLocale, only }: Pick<BriefInput, 'locale' | 'only'> = {},
): Brief {
  const { package: pkg, gaps: found } = checkedPackage(record);
  const gaps = inWordsOfFields(found, record.playbook);
  const holder = (role: 'accountExecutive' | 'customerSuccessManager') => people.get(holderOf(record, role) ?? '');
  return briefFrom({
    deal: record.deal,
    package: pkg,
    gaps,
    playbook: record.playbook,
    history: record.packageHistory,
    ...{ locale, only },
    people: {
      accountExecutive: holder('accountExecutive'),
      customerSuccessManager: holder('customerSuccessManager'),
    },
    questions: openQuestions(record, people),
    owed: owedIn(record, { people, gaps }),
  });
}

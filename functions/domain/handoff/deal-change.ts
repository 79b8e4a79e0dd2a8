import { savedText, withDealFacts } from '../deal/completeness.ts';
import type { Deal } from '../deal/deal.ts';
import { answerAt, type FieldPath, type PackageField, packageFields, withAnswer } from '../deal/package.ts';
import type { SaidDeal } from '../deal/said-deal.ts';
import { answerText } from '../fields/answer.ts';
import type { RoleId } from '../playbook/roles.ts';
import type { Instant } from '../time/calendar.ts';
import { mergedContacts } from './contact-changes.ts';
import type { HandoffRecord } from './handoff.ts';
import { type FieldHistory, type PackageHistory, type RivalAnswer, withoutAnswersOf } from './package-history.ts';

// What the CRM says of a deal that is won already. Only what is different from what it said before counts: an answer that
// somebody corrected in the package, and not in the CRM, stays as they wrote it whatever else the CRM changes.

/** Who changed it, where nobody of the company did by hand. */
const crm = 'crm';

/** What a CRM said of a deal at a moment (UTC). */
export interface SaidByCrm {
  readonly facts: SaidDeal;
  readonly at: Instant;
}

/** What a CRM said, and somebody has begun to follow. */
export interface BegunChange extends SaidByCrm {
  /** Who held the roles of both sides before anything followed: mail addresses. */
  readonly held: Readonly<Partial<Record<RoleId, string>>>;
}

/** A field of the package as the CRM said it before and says it now, as forms write it. */
interface ChangedField {
  readonly field: PackageField;
  readonly before: unknown;
  readonly now: unknown;
}

/** What became of one field that the CRM changed. */
export interface DealChange {
  readonly path: FieldPath;
  /** What stood before, as the form shows it; '' for nothing. */
  readonly was: string;
  /** What the CRM says. */
  readonly now: string;
  /** Somebody (a mail address) wrote something else after the CRM was changed: theirs stands, and the CRM's waits beside it. */
  readonly keptBy?: string;
}

/** An answer as the form shows it once it is saved, however it came. */
const textAt = (pkg: unknown, field: PackageField): string =>
  savedText(field, answerText(field.kind, answerAt(pkg, field.path)));

const factsText = ({ facts }: SaidByCrm, field: PackageField, deal: Deal): string =>
  textAt(withDealFacts(facts.package, { ...deal, ...facts }), field);

/** The fields that the CRM says otherwise than before. What it says no longer stays as it was: nobody has said otherwise. */
function changedFields(deal: Deal, before: SaidByCrm, now: SaidByCrm): readonly ChangedField[] {
  return packageFields.flatMap((field) => {
    const text = factsText(now, field, deal);
    if (text === '' || text === factsText(before, field, deal)) return [];
    const answer = ({ facts }: SaidByCrm) => answerAt(withDealFacts(facts.package, { ...deal, ...facts }), field.path);
    return [{ field, before: answer(before), now: answer(now) }];
  });
}

/** What the CRM said of a deal, and says now. */
interface DealMoved {
  readonly before: SaidByCrm;
  readonly now: SaidByCrm;
  /** The deal was not won before. */
  readonly isDraft?: boolean;
}

/** What is to be written of a package. */
export interface ChangedPackage {
  readonly package: unknown;
  readonly history: PackageHistory;
}

/**
 * The package with what the CRM changed at `now.at`: people win over the CRM unless it is newer. What somebody typed after that
 * stays, with the CRM's answer beside it until somebody chooses. Contacts are followed person by person. Undefined where
 * nothing is to be written; the same change once more is nothing.
 */
export function takeChanges(
  record: Pick<HandoffRecord, 'deal' | 'package' | 'packageHistory' | 'packageVersion'>,
  { before, now, isDraft }: DealMoved,
): ChangedPackage | undefined {
  const { at } = now;
  const version = record.packageVersion + 1;
  const history: Record<string, FieldHistory> = { ...record.packageHistory };
  let pkg = record.package;
  let isChanged = false;
  for (const changed of changedFields(record.deal, before, now)) {
    const { field } = changed;
    const { path } = field;
    const said = withDealFacts(pkg, record.deal);
    const was = textAt(said, field);
    const answer =
      field.kind === 'stakeholders' ? mergedContacts(answerAt(said, path), changed.before, changed.now) : changed.now;
    const text = textAt(withAnswer({}, path, answer), field);
    const known = history[path];
    if (text === was || isNewer(known, at)) continue;
    const { saved, marks = [] } = known ?? {};
    if (field.kind !== 'stakeholders' && saved && saved.by !== crm && Date.parse(saved.at) > Date.parse(at)) {
      const waits: RivalAnswer = { by: crm, at, text };
      if (known?.rivals?.some((rival) => rival.by === crm && rival.text === text)) continue;
      history[path] = { ...known, marks, version, rivals: [...withoutAnswersOf(known, crm), waits] };
    } else {
      const rivals = withoutAnswersOf(known, crm);
      // While it is a draft, only what somebody had written is worth telling.
      const isTold = !isDraft || (saved !== undefined && saved.by !== crm);
      const taken = { saved: { by: crm, at }, version, marks, ...(isTold && { changed: { at, was } }) };
      history[path] = { ...taken, ...(rivals.length > 0 && { rivals }) };
      pkg = withAnswer(pkg, path, answer);
    }
    isChanged = true;
  }
  return isChanged ? { package: pkg, history } : undefined;
}

/** Whether the CRM has said something of it since then already. */
const isNewer = (known: FieldHistory | undefined, at: Instant): boolean =>
  known?.saved?.by === crm && Date.parse(known.saved.at) > Date.parse(at);

/** What became of a change at a moment, as the record tells it afterwards: told again, it is told in the same words. */
export const changesAt = (
  record: Pick<HandoffRecord, 'deal' | 'package' | 'packageHistory'>,
  at: Instant,
): readonly DealChange[] =>
  packageFields.flatMap((field): DealChange[] => {
    const { saved, changed, rivals = [] } = record.packageHistory?.[field.path] ?? {};
    const stands = textAt(withDealFacts(record.package, record.deal), field);
    if (saved?.by === crm && changed?.at === at) return [{ path: field.path, was: changed.was, now: stands }];
    const waiting = rivals.find((rival) => rival.by === crm && rival.at === at);
    return waiting && saved ? [{ path: field.path, was: stands, now: waiting.text, keptBy: saved.by }] : [];
  });

/** The deal of a handoff with what the CRM says of it now. What it came with when it was won stays: that is measured. */
export const dealWith = (deal: Deal, facts: SaidDeal): Deal => ({ ...deal, ...facts, package: deal.package });

/**
 * Whom a change of this field matters to: what was sold to both who hand over and take over, whom to talk to and when it
 * renews to whoever takes the customer. Anything else is in the package, and nobody is told.
 */
export function concernedBy(path: FieldPath): readonly RoleId[] {
  if (path === 'contract.renewalDate' || path === 'stakeholders') return ['customerSuccessManager'];
  return path.startsWith('contract.') ? ['accountExecutive', 'customerSuccessManager'] : [];
}

import { isEmpty } from '../fields/reading.ts';
import { recordOf } from '../fields/record.ts';
import { stakeholders } from '../fields/row-kinds.ts';

type Row = Readonly<Record<string, unknown>>;

const rowsOf = (answer: unknown): readonly Row[] => stakeholders.tidied(answer).map(recordOf);

const addressOf = ({ email }: Row): string => (typeof email === 'string' ? email.toLowerCase() : '');

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * The people at the customer after the CRM's contacts changed from `before` to `now`: who is new there comes in, who is gone
 * goes unless somebody here has written about them, and of the rest what the CRM changed. Whom somebody here added or took out
 * stays in or out.
 */
export function mergedContacts(standing: unknown, before: unknown, now: unknown): readonly Row[] {
  const [stands, then, current] = [rowsOf(standing), rowsOf(before), rowsOf(now)];
  const find = (rows: readonly Row[], row: Row) => rows.find((each) => addressOf(each) === addressOf(row));
  const kept = stands.flatMap((row): Row[] => {
    const [was, is] = [find(then, row), find(current, row)];
    if (!is) return was && isUntouched(row, was) ? [] : [row];
    const changed = Object.entries(is).filter(([name, cell]) => !isEmpty(cell) && !isSame(cell, was?.[name]));
    return [{ ...row, ...Object.fromEntries(changed) }];
  });
  const added = current.filter((row) => !find(stands, row) && !find(then, row));
  return [...kept, ...added];
}

/** Whether nobody has written more of somebody than the CRM did. */
const isUntouched = (row: Row, was: Row): boolean =>
  Object.entries(row).every(([name, cell]) => isEmpty(cell) || isSame(cell, was[name]));

import { dateOf } from '../../../functions/domain/time/calendar-instant.ts';
import { readTypedDate } from '../../../functions/domain/time/typed-date.ts';

/** Which number of `3/4/2026` is the month. */
export const dayOrders = ['month-first', 'day-first'] as const;
export type DayOrder = (typeof dayOrders)[number];

const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/;

/** In which order an export writes days with slashes, as far as one of them tells; undefined where none does, or they differ. */
export function orderIn(typed: readonly string[]): DayOrder | undefined {
  const orders = new Set(typed.flatMap((text) => orderOf(text) ?? []));
  return orders.size === 1 ? [...orders][0] : undefined;
}

function orderOf(text: string): DayOrder | undefined {
  const [, first, second] = slashed.exec(text.trim()) ?? [];
  if (Number(first) > 12) return 'day-first';
  return Number(second) > 12 ? 'month-first' : undefined;
}

/** Whether a day can be read either way: `3/4/2026`. */
export const isAmbiguous = (text: string): boolean => {
  const [, first, second] = slashed.exec(text.trim()) ?? [];
  return first !== undefined && Number(first) !== Number(second) && orderOf(text) === undefined;
};

/** The day (`YYYY-MM-DD`) that a cell begins with, whatever time stands behind it; undefined when there is none. */
export function dayTyped(text: string, order: DayOrder | undefined): string | undefined {
  const trimmed = text.trim();
  const [whole, first = '', second = '', year] = slashed.exec(trimmed) ?? [];
  const [month, day] = order === 'day-first' ? [second, first] : [first, second];
  const written =
    whole !== undefined && order !== undefined && isAmbiguous(trimmed) ? `${year}-${month}-${day}` : trimmed;
  const read = readTypedDate(written.replace(/^(\d{4}-\d{2}-\d{2})T/, '$1 '));
  if (!read || 'problem' in read) return undefined;
  return /^([ ,T].*)?$/s.test(read.rest) ? dateOf(read.day) : undefined;
}

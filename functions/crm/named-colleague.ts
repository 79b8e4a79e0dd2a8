import type { UnknownRecord } from '../domain/fields/record.ts';
import type { PropertyRule } from './mapping.ts';
import { textOf } from './reading.ts';

/** Somebody of ours, as the CRM has them among its users. */
export interface CrmColleague {
  /** Empty where the CRM has none. */
  readonly email: string;
  readonly isActive: boolean;
}

/** How a CRM's users are found. */
export interface CrmUsers {
  /** The CRM, as people know it. */
  readonly crm: string;
  readonly rules: readonly PropertyRule[];
  readonly isId: (value: unknown) => boolean;
  /** Undefined where nobody has this id. */
  readonly find: (id: string) => Promise<CrmColleague | undefined>;
}

/** What properties that name a colleague by id say instead, and what is odd about it. */
export interface NamedColleagues {
  readonly properties: UnknownRecord;
  readonly notes: readonly string[];
}

/**
 * Properties that name the customer success manager hold an email address, or the id of a user: of these, the address. An id that is
 * nobody's stays as it is, for whoever reads the event to say so, unless another property names somebody.
 */
export async function colleaguesNamed(
  properties: UnknownRecord,
  { crm, rules, isId, find }: CrmUsers,
): Promise<NamedColleagues> {
  const naming = rules.filter(({ to }) => to === 'customerSuccessManager').map(({ property }) => property);
  const byId = naming.filter((property) => isId(properties[property]));
  const asked = await Promise.all(
    byId.map(async (property) => ({ property, found: await find(textOf(properties[property])) })),
  );
  const isKnown = ({ found }: (typeof asked)[number]) => found !== undefined && found.email !== '';
  const isNamed =
    asked.some(isKnown) || naming.some((name) => !byId.includes(name) && textOf(properties[name]).trim() !== '');
  return {
    properties: Object.fromEntries(
      asked.flatMap((each): [string, unknown][] => {
        if (isKnown(each)) return [[each.property, each.found?.email]];
        return isNamed ? [[each.property, '']] : [];
      }),
    ),
    notes: asked.flatMap((each) => {
      if (!isKnown(each)) return [`The property ${each.property} names somebody ${crm} doesn't know; not used.`];
      return each.found?.isActive ? [] : [`The property ${each.property} names somebody who is deactivated in ${crm}.`];
    }),
  };
}

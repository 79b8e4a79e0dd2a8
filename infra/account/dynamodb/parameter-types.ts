import { notEmulated } from '../wire/errors.ts';
import { isObject } from '../wire/message.ts';

/** What dynalite says of parameters, by their names: their types, and what they have to satisfy. */
export type Types = Readonly<Record<string, unknown>>;

const tag = {
  type: 'ValueStruct<Tag>',
  children: {
    Key: { type: 'String', notNull: true, lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 128 },
    Value: { type: 'String', notNull: true, lengthLessThanOrEqual: 256 },
  },
};

const settings = {
  DeletionProtectionEnabled: 'Boolean',
  TableClass: { type: 'String', enum: ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'] },
};

/** What AWS takes beside what dynalite knows, by action. */
const additions: Readonly<Record<string, Types>> = {
  CreateTable: { ...settings, Tags: { type: 'List', children: tag } },
  UpdateTable: settings,
  TagResource: { Tags: { type: 'List', children: tag } },
};

/** dynalite's parameters of an action with those that the account adds. */
export const extendedTypes = (action: string, types: Types): Types => ({ ...types, ...additions[action] });

/** Refuses parameters that have no type, at whatever depth: dynalite would drop them silently. Null is nothing, as on AWS. */
export function refuseUnknown(where: string, types: Types, value: unknown): void {
  if (!isObject(value)) return;
  for (const name in value) {
    if (value[name] === null || value[name] === undefined) continue;
    const type = Object.hasOwn(types, name) ? types[name] : undefined;
    if (type === undefined) throw notEmulated(`${where} ${name}`);
    refuseUnknownBelow(`${where} ${name}`, type, value[name]);
  }
}

function refuseUnknownBelow(where: string, type: unknown, value: unknown): void {
  if (!isObject(type)) return;
  const { type: name, children } = type;
  const kind = String(name);
  if (kind.endsWith('List') && Array.isArray(value))
    for (const each of value) refuseUnknownBelow(where, children, each);
  else if (/Map(<|$)/.test(kind) && isObject(value))
    for (const each of Object.values(value)) refuseUnknownBelow(where, children, each);
  else if (/Struct</.test(kind) && isObject(children)) refuseUnknown(where, children, value);
}

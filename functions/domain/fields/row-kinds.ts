import * as z from 'zod';
import { mailAddress } from '../time/formats.ts';
import { tableRow } from './cells.ts';
import { cleanLine } from './clean-text.ts';
import { once } from './lazily.ts';
import { shown, tidyLine } from './reading.ts';
import { rowKind } from './row-kind.ts';
import { lineOf, textOf } from './text-kinds.ts';
import { type Commitment, type Metric, type Stakeholder, stakeholderRoles } from './values.ts';

const oneOf = <const Names extends readonly string[]>(what: string, names: Names) =>
  z.enum(names, { error: `${what}: ${names.slice(0, -1).join(', ')} or ${names.at(-1)}` });

const lowerCase = (cell: unknown): unknown => (typeof cell === 'string' ? cell.toLowerCase() : cell);

export const list = rowKind<string>({
  missing: 'Fill this in.',
  row: once(() => lineOf('text')),
  tidy: tidyLine,
  write: shown,
  show: (rows) => [{ text: rows.join(', ') }],
});

export const metrics = rowKind<Metric>({
  typed: 'name | target | unit',
  missing: 'Enter at least one metric.',
  row: once(() =>
    z.object(
      {
        name: lineOf('the name of the metric'),
        target: lineOf('the target of the metric'),
        unit: lineOf('the unit of the target'),
      },
      { error: 'a metric: name | target | unit' },
    ),
  ),
  ...tableRow(['name', 'target', 'unit']),
  show: (rows) => [{ text: rows.map(({ name, target, unit }) => `${name}: ${target} ${unit}`).join('; ') }],
});

const bare = (text: string) => text.toLowerCase().replace(/[^a-z]|contact$/g, '');

function tidyRoles(cell: unknown): unknown {
  const named = typeof cell === 'string' ? cell.split(',') : Array.isArray(cell) ? cell : undefined;
  const tidied = named
    ?.map((name) => (typeof name === 'string' ? cleanLine(name) : name))
    .filter((name) => name !== '')
    .map((name) => stakeholderRoles.find((role) => typeof name === 'string' && bare(role) === bare(name)) ?? name);
  return tidied && [...new Set(tidied)];
}

function tidyStays(cell: unknown): unknown {
  if (typeof cell !== 'string') return cell;
  if (/^(y|yes|true|stays?|stays involved)$/i.test(cell)) return true;
  return /^(n|no|false|leaves?|does not stay)$/i.test(cell) ? false : cell;
}

const writeStays = (cell: unknown): unknown => (typeof cell === 'boolean' ? (cell ? 'stays' : 'leaves') : cell);

export const stakeholders = rowKind<Stakeholder>({
  typed: 'name | mail address | role, role | high, medium or low | stays or leaves | notes',
  missing: 'Enter at least one person.',
  row: once(() =>
    z.object(
      {
        name: textOf('a name', 200),
        email: mailAddress(),
        roles: z
          .array(oneOf('a role', stakeholderRoles), { error: 'at least one role' })
          .min(1, { error: 'at least one role' }),
        influence: oneOf('the influence', ['high', 'medium', 'low']),
        stays: z
          .boolean({ error: 'whether the person stays or leaves after the signature' })
          .describe('Stays involved after the signature'),
        notes: textOf('personality notes', 2000).exactOptional().describe('Personality notes'),
      },
      { error: 'a person: name | mail address | roles | influence | stays or leaves | notes' },
    ),
  ),
  ...tableRow(
    ['name', 'email', 'roles', 'influence', 'stays', 'notes'],
    { roles: tidyRoles, stays: tidyStays, influence: lowerCase },
    { stays: writeStays },
  ),
  show: (rows) =>
    rows.map(({ name, email, roles, influence, stays, notes }) => ({
      label: name,
      text: [
        roles.join(', '),
        `influence ${influence}`,
        stays ? 'stays involved' : 'leaves after the signature',
        email,
        notes,
      ]
        .filter((part) => part !== undefined)
        .join('; '),
    })),
});

export const promises = rowKind<Commitment>({
  typed: 'what | to whom | by when | where it was said | confirmed or assumed',
  missing: 'Enter at least one promise.',
  row: once(() =>
    z.object(
      {
        what: textOf('what was promised', 2000),
        toWhom: lineOf('to whom it was promised'),
        byWhen: lineOf('by when it was promised'),
        where: lineOf('where it was said'),
        certainty: oneOf('whether it is', ['confirmed', 'assumed']),
      },
      { error: 'a promise: what | to whom | by when | where it was said | confirmed or assumed' },
    ),
  ),
  ...tableRow(['what', 'toWhom', 'byWhen', 'where', 'certainty'], { certainty: lowerCase }),
  show: (rows) =>
    rows.map(({ what, toWhom, byWhen, where, certainty }) => ({
      label: `Promised to ${toWhom}`,
      text: `${what}; due: ${byWhen}; ${certainty}; said: ${where}`,
    })),
});

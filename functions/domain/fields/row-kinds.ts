import * as z from 'zod/mini';
import { inUnit } from '../texts/number-text.ts';
import { mailAddress } from '../time/formats.ts';
import { tableRow } from './cells.ts';
import { cleanLine } from './clean-text.ts';
import { type Column, cellRemedy } from './columns.ts';
import type { FieldRule } from './field-rule.ts';
import { fitsColumns, fitsText } from './fits.ts';
import { once } from './lazily.ts';
import { longestLine, problem, shorten, shown, tidyLine } from './reading.ts';
import { rowKind } from './row-kind.ts';
import { enterWords, lineOf, textOf } from './text-kinds.ts';
import { type Commitment, type Metric, type Stakeholder, stakeholderRoles } from './values.ts';
import { capitalized, either } from './words.ts';

const oneOf = <const Names extends readonly string[]>(what: string, names: Names) =>
  z.enum(names, { error: `${what}: ${either(names)}` });

const lowerCase = (cell: unknown): unknown => (typeof cell === 'string' ? cell.toLowerCase() : cell);

export const list = rowKind<string>({
  noun: 'Line',
  missing: enterWords,
  row: once(() => lineOf('text')),
  fits: (row): row is string => fitsText(row, longestLine),
  tidy: tidyLine,
  remedy: (line, { found }) =>
    typeof found === 'string' ? shorten(line, found.length, longestLine) : `${line} must be text`,
  once: {
    key: (line) => line.toLowerCase(),
    problem: (line, { again, first }) => problem('each line once', line, `${again} repeats ${first.toLowerCase()}`),
  },
  write: shown,
  show: (rows) => [{ text: rows.join(', ') }],
});

const orNone = (rule: FieldRule): string => (rule.orNone ? ', or "none"' : '');

const line = { control: 'line', max: longestLine } as const;

/** The cells of a metric. */
const metricColumns: readonly Column[] = [
  { ...line, name: 'name', label: 'What is measured', needs: 'a name' },
  { ...line, name: 'target', label: 'Target', needs: 'a target' },
  { ...line, name: 'unit', label: 'Unit', needs: 'a unit' },
];

export const metrics = rowKind<Metric>({
  typed: 'name | target | unit',
  noun: 'Metric',
  columns: metricColumns,
  missing: (rule) => `Add at least 1 metric${orNone(rule)}`,
  remedy: (row, issue) => cellRemedy(metricColumns, row, issue),
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
  fits: fitsColumns(metricColumns),
  ...tableRow(['name', 'target', 'unit']),
  show: (rows) => [{ text: rows.map(({ name, target, unit }) => `${name}: ${inUnit(target, unit)}`).join('; ') }],
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

/** The cells of a person at the customer. */
const stakeholderColumns: readonly Column[] = [
  { name: 'name', label: 'Name', needs: 'a name', control: 'line', max: 200 },
  { name: 'email', label: 'Email', needs: 'an email address', control: 'email', max: 254 },
  {
    name: 'roles',
    label: 'Roles',
    needs: 'at least 1 role',
    control: 'boxes',
    options: stakeholderRoles.map((role) => ({ value: role, label: capitalized(role) })),
    max: longestLine,
  },
  {
    name: 'influence',
    label: 'Influence',
    needs: 'high, medium, or low influence',
    control: 'choice',
    options: ['high', 'medium', 'low'].map((value) => ({ value, label: capitalized(value) })),
    max: longestLine,
  },
  {
    name: 'stays',
    label: 'After the signature',
    needs: 'whether they stay involved or leave',
    control: 'choice',
    options: [
      { value: 'stays', label: 'Stays involved' },
      { value: 'leaves', label: 'Leaves' },
    ],
    max: longestLine,
  },
  { name: 'notes', label: 'What they are like', needs: 'notes', control: 'lines', isOptional: true, max: 2000 },
];

export const stakeholders = rowKind<Stakeholder>({
  typed: 'name | email address | role, role | high, medium, or low | stays or leaves | notes',
  noun: 'Person',
  columns: stakeholderColumns,
  missing: () => 'Add at least 1 person; one person can hold several roles',
  remedy: (row, issue) => cellRemedy(stakeholderColumns, row, issue),
  once: {
    key: ({ email }) => email.toLowerCase(),
    problem: ({ name, email }) =>
      problem(
        'each mail address once (one person may hold several roles)',
        `${email} again, as ${name}`,
        `${email} is there twice: give one row both roles`,
      ),
  },
  row: once(() =>
    z.object(
      {
        name: textOf('a name', 200),
        email: mailAddress(),
        roles: z
          .array(oneOf('a role', stakeholderRoles), { error: 'at least one role' })
          .check(z.minLength(1, { error: 'at least one role' })),
        influence: oneOf('the influence', ['high', 'medium', 'low']),
        stays: z
          .boolean({ error: 'whether the person stays or leaves after the signature' })
          .check(z.describe('Stays involved after the signature')),
        notes: z.exactOptional(textOf('personality notes', 2000)).check(z.describe('Personality notes')),
      },
      { error: 'a person: name | mail address | roles | influence | stays or leaves | notes' },
    ),
  ),
  fits: fitsColumns(stakeholderColumns, { stays: (cell) => typeof cell === 'boolean' }),
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

/** The cells of something that sales promised. */
const promiseColumns: readonly Column[] = [
  { name: 'what', label: 'What was promised', needs: 'what was promised', control: 'lines', max: 2000 },
  { ...line, name: 'toWhom', label: 'To whom', needs: 'to whom it was promised' },
  { ...line, name: 'byWhen', label: 'By when', needs: 'by when it was promised' },
  { ...line, name: 'where', label: 'Where it was said', needs: 'where it was said' },
  {
    name: 'certainty',
    label: 'How certain it is',
    needs: 'confirmed or assumed',
    control: 'choice',
    options: ['confirmed', 'assumed'].map((value) => ({ value, label: capitalized(value) })),
    max: longestLine,
  },
];

export const promises = rowKind<Commitment>({
  typed: 'what | to whom | by when | where it was said | confirmed or assumed',
  noun: 'Promise',
  columns: promiseColumns,
  missing: (rule) => `Add a promise${orNone(rule)}`,
  remedy: (row, issue) => cellRemedy(promiseColumns, row, issue),
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
  fits: fitsColumns(promiseColumns),
  ...tableRow(['what', 'toWhom', 'byWhen', 'where', 'certainty'], { certainty: lowerCase }),
  show: (rows) =>
    rows.map(({ what, toWhom, byWhen, where, certainty }) => ({
      label: `Promised to ${toWhom}`,
      text: `${what}; due: ${byWhen}; ${certainty}; said: ${where}`,
    })),
});

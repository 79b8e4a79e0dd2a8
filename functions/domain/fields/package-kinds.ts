import * as z from 'zod';
import type { FieldKind } from '../deal/package-fields.ts';
import { calendarDate, currencyCode, mailAddress, timeZone, webAddress } from '../time/formats.ts';

// What an answer of each kind is. Every error text says what is expected: it reaches the account executive as it stands.

/** Longest single-line and longest text answer, in characters. */
export const longestLine = 300;
export const longestText = 20_000;
/** Most rows of a list. */
export const mostRows = 200;

/** Not by Intl, whose first use takes ten milliseconds: this runs while a function starts. */
const inThousands = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

const text = (expected: string, most: number) =>
  z
    .string({ error: expected })
    .min(1, { error: expected })
    .max(most, { error: `${expected}, at most ${inThousands(most)} characters` });
const line = (expected: string) => text(expected, longestLine);
const choice = <const Names extends readonly string[]>(what: string, names: Names) =>
  z.enum(names, { error: `${what}: ${names.slice(0, -1).join(', ')} or ${names.at(-1)}` });

export const stakeholderRoles = [
  'decision-maker',
  'champion',
  'blocker',
  'end user',
  'day-to-day',
  'technical',
  'executive sponsor',
] as const;
export type StakeholderRole = (typeof stakeholderRoles)[number];
/** Roles that somebody at the customer must hold; one person may hold several (S0–S4). */
export const neededRoles = ['decision-maker', 'champion', 'day-to-day', 'technical'] as const;

function makeSchemas() {
  const money = z.object(
    {
      amount: z
        .number({ error: 'an amount such as 24000' })
        .min(0, { error: 'an amount of 0 or more' })
        .max(1e12, { error: 'an amount below a trillion' })
        .describe('In units of the currency, e.g. 24000 or 24000.50'),
      currency: currencyCode().describe('ISO 4217 code'),
    },
    { error: 'an amount and its currency, such as 24000 EUR or 24000.50 EUR' },
  );

  const link = z.object(
    { url: webAddress(), title: line('a title').exactOptional() },
    { error: 'a link: https://… or title | https://…' },
  );

  const metric = z.object(
    {
      name: line('the name of the metric'),
      target: line('the target of the metric'),
      unit: line('the unit of the target'),
    },
    { error: 'a metric: name | target | unit' },
  );

  const role = choice('a role', stakeholderRoles);
  const stakeholder = z.object(
    {
      name: text('a name', 200),
      email: mailAddress(),
      roles: z.array(role, { error: 'at least one role' }).min(1, { error: 'at least one role' }),
      influence: choice('the influence', ['high', 'medium', 'low']),
      stays: z
        .boolean({ error: 'whether the person stays or leaves after the signature' })
        .describe('Stays involved after the signature'),
      notes: text('personality notes', 2000).exactOptional().describe('Personality notes'),
    },
    { error: 'a person: name | mail address | roles | influence | stays or leaves | notes' },
  );

  const commitment = z.object(
    {
      what: text('what was promised', 2000),
      toWhom: line('to whom it was promised'),
      byWhen: line('by when it was promised'),
      where: line('where it was said'),
      certainty: choice('whether it is', ['confirmed', 'assumed']),
    },
    { error: 'a promise: what | to whom | by when | where it was said | confirmed or assumed' },
  );

  return {
    text: line('text'),
    longText: text('text', longestText),
    list: line('text'),
    number: z
      .int({ error: 'a whole number' })
      .min(1, { error: 'a whole number of 1 or more' })
      .max(1200, { error: 'a whole number of 1,200 or less' }),
    date: calendarDate(),
    money,
    timeZone: timeZone(),
    choice: line('one of the known names'),
    link,
    links: link,
    metrics: metric,
    stakeholders: stakeholder,
    promises: commitment,
  } as const satisfies Readonly<Record<FieldKind, z.ZodType>>;
}

type Schemas = ReturnType<typeof makeSchemas>;
let schemas: Schemas | undefined;

/** The schema of each kind of answer; of one row for the kinds in `rowKinds`. Made when first asked for: it takes a while. */
export function answerSchemas(): Schemas {
  schemas ??= makeSchemas();
  return schemas;
}

export type Money = Readonly<z.infer<Schemas['money']>>;
export type Link = Readonly<z.infer<Schemas['link']>>;
export type Metric = Readonly<z.infer<Schemas['metrics']>>;
export type Stakeholder = Readonly<z.infer<Schemas['stakeholders']>>;
export type Commitment = Readonly<z.infer<Schemas['promises']>>;

/** Kinds whose answer is a list of rows. */
export const rowKinds: ReadonlySet<FieldKind> = new Set(['list', 'links', 'metrics', 'stakeholders', 'promises']);

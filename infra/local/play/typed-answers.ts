import type { Temporal } from 'temporal-polyfill';
import type { FieldRule } from '../../../functions/domain/fields/field-rule.ts';
import { boundsOf } from '../../../functions/domain/fields/number-kinds.ts';
import type { FieldKind } from '../../../functions/domain/fields/values.ts';

/** What somebody at a form knows when they answer a field of which nothing else is said. */
export interface AtForm {
  /** What can be chosen or ticked on the page; empty where the answer is typed. */
  readonly options: readonly string[];
  /** Now, on the clock of whoever fills the form in. */
  readonly local: Temporal.ZonedDateTime;
  /** Mail addresses of people at the customer, as far as they are known. */
  readonly contacts: readonly string[];
  /** A text that suits the field better than the usual one. */
  readonly words?: string | undefined;
}

type Typed = (rule: FieldRule, form: AtForm) => readonly string[];

const within = (usual: number, { min, max }: { readonly min: number; readonly max: number }): number =>
  Math.min(Math.max(usual, min), max);

const numberNear =
  (usual: number): Typed =>
  (rule) => [String(within(usual, boundsOf(rule)))];

/** Where nobody at the customer is known. */
const somebody = 'dana.morgan@customer.example.com';

const words: Typed = ({ max }, { words = 'Agreed.' }) => [words.slice(0, max)];
const address: Typed = () => ['https://files.example.com/recording'];
const firstOption: Typed = (_, { options }) => options.filter((option) => option !== '').slice(0, 1);
const wallClock = (moment: Temporal.ZonedDateTime): string =>
  moment.toPlainDateTime().toString({ smallestUnit: 'minute' });

/** A valid answer to a field of each kind, as it is typed or sent. */
const byKind: Readonly<Record<FieldKind, Typed>> = {
  text: words,
  longText: words,
  list: words,
  number: numberNear(30),
  date: ({ min = 0, max = Number.POSITIVE_INFINITY }, { local }) => [
    local
      .add({ days: within(7, { min, max }) })
      .toPlainDate()
      .toString(),
  ],
  money: () => ['12000 EUR'],
  timeZone: (_, { local }) => [local.timeZoneId],
  choice: firstOption,
  link: address,
  links: address,
  metrics: () => ['People who use it each week | 25 | people'],
  stakeholders: (_, { contacts: [email = somebody] }) => [
    `Dana Morgan | ${email} | decision-maker, champion, day-to-day, technical | high | yes`,
  ],
  promises: () => ['A first report | the champion | the end of the month | in the kickoff | confirmed'],
  pastDateTime: (_, { local }) => [wallClock(local)],
  futureDateTime: (_, { local }) => [wallClock(local.add({ days: 1 }))],
  yesNo: () => ['yes'],
  // Content, but not beyond measure.
  score: (_, { options }) => [options.at(-2) ?? options.at(-1) ?? ''],
  minutes: numberNear(30),
  checklist: (_, { options }) => options,
  emails: ({ max }, { contacts }) => [contacts.slice(0, max).join('\n') || somebody],
  person: firstOption,
  gaps: (_, { words = 'Who decides at the customer?' }) => [words],
};

/** What somebody enters in a field, by its kind and its bounds; nothing where the form offers nothing to choose from. */
export const typedAnswer: Typed = (rule, form) => byKind[rule.kind](rule, form).filter((text) => text !== '');

const leftEmpty: ReadonlySet<FieldKind> = new Set([
  'text',
  'longText',
  'list',
  'money',
  'timeZone',
  'link',
  'links',
  'metrics',
  'stakeholders',
  'promises',
  'emails',
]);

/** Whether people answer a field that nobody insists on: they click, and leave out what they would have to write. */
export const isAnsweredAnyway = (kind: FieldKind): boolean => !leftEmpty.has(kind);

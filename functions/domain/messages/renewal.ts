import { excerpt } from '../fields/clean-text.ts';
import type { Fact } from '../handoff/fact.ts';
import { customerOf } from '../handoff/handoff.ts';
import { checkedPackage } from '../handoff/handoff-package.ts';
import { holders } from '../handoff/holders.ts';
import { nothingToRenew } from '../handoff/renewed.ts';
import { tellingHolderOf } from '../handoff/roles-held.ts';
import { usualLocale } from '../texts/locale.ts';
import { numberText } from '../texts/number-text.ts';
import { dayIn } from '../time/formats.ts';
import { formatDate, formatDayAndMonth } from '../time/wall-format.ts';
import type { Announced, AnnouncementInput, NothingToSay } from './announced.ts';
import { preheader } from './filled.ts';
import type { Block } from './message.ts';
import { dealFacts } from './parties.ts';
import { newsSubject, textsFor } from './wording.ts';

/**
 * S3: both sides are reminded 90 days before the renewal, with what the customer bought and counts on. Of a customer who has left,
 * or has renewed already, nobody is.
 */
export function renewalReminder(input: AnnouncementInput): Announced | NothingToSay {
  const { record, at, site } = input;
  const { contract = {}, customerGoals = {}, promises } = checkedPackage(record).package;
  if (contract.renewalDate === undefined) return { nothing: 'The package names no renewal date.' };
  const nothing = nothingToRenew(record, contract.renewalDate);
  if (nothing !== undefined) return { nothing };
  const date = formatDate(Date.parse(contract.renewalDate), undefined, site.locale);
  const days = Math.round((Date.parse(contract.renewalDate) - Date.parse(dayIn(at, zoneOf(input)))) / 86_400_000);
  const { count, renewal: words } = textsFor(site);
  const left = days > 0 ? count.days(days) : '';
  const short = formatDayAndMonth(Date.parse(contract.renewalDate), undefined, site.locale);
  const customer = customerOf(record);
  const lead = words.lead(customer, date, left);
  const fact = (label: string, value: string | undefined): Fact[] => (value === undefined ? [] : [{ label, value }]);
  const made = promises === undefined || promises === 'none' ? [] : promises;
  const blocks: Block[] = [
    { paragraph: lead },
    {
      facts: [
        ...dealFacts(record, site),
        ...fact(words.plan, contract.planTier),
        ...fact(
          words.value,
          contract.value &&
            `${numberText(contract.value.amount, { locale: site.locale ?? usualLocale })} ${contract.value.currency}`,
        ),
        ...fact(words.bought, contract.purchase),
        ...fact(words.term, contract.termMonths === undefined ? undefined : count.months(contract.termMonths)),
      ],
    },
    ...(customerGoals.definitionOfSuccess === undefined
      ? []
      : [{ quote: excerpt(customerGoals.definitionOfSuccess, 600), heading: words.success }]),
    ...(made.length === 0
      ? []
      : [
          {
            heading: words.promised,
            list: made.map(({ what, byWhen }) => words.promise(excerpt(what, 200), byWhen)),
          },
        ]),
  ];
  return {
    message: {
      subject: newsSubject(record, (name) => words.subject(name, short, left)),
      preview: preheader(lead),
      blocks,
    },
    to: holders(input, ['customerSuccessManager', 'accountExecutive']),
    cc: [],
    toCustomer: false,
  };
}

/** Days are those of the reader; of both in one mail, those of whoever takes the customer. */
const zoneOf = ({ record, people, reader, site }: AnnouncementInput): string =>
  people.get(reader ?? tellingHolderOf(record))?.availability.zone ?? site.defaultZone;

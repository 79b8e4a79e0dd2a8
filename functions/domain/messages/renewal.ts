import { excerpt } from '../fields/clean-text.ts';
import type { Fact } from '../handoff/fact.ts';
import { customerOf } from '../handoff/handoff.ts';
import { checkedPackage } from '../handoff/handoff-package.ts';
import { dateIn } from '../time/wording.ts';
import type { Announced, AnnouncementInput, NothingToSay } from './announced.ts';
import type { Block } from './message.ts';
import { dealFacts, holders } from './parties.ts';

function monthsText(months: number | undefined): string | undefined {
  if (months === undefined) return undefined;
  return months === 1 ? '1 month' : `${months} months`;
}

/** S3: both sides are reminded 90 days before the renewal, with what the customer bought and counts on. */
export function renewalReminder(input: AnnouncementInput): Announced | NothingToSay {
  const { record, at } = input;
  const { contract = {}, customerGoals = {}, promises } = checkedPackage(record).package;
  if (contract.renewalDate === undefined) return { nothing: 'The package names no renewal date.' };
  const date = dateIn('UTC', `${contract.renewalDate}T00:00:00Z`, at);
  const days = Math.ceil((Date.parse(contract.renewalDate) - Date.parse(at)) / 86_400_000);
  const away = days > 0 ? `, in ${days} day${days === 1 ? '' : 's'}` : '';
  const customer = customerOf(record);
  const lead = `The contract of ${customer} renews on ${date}${away}.`;
  const fact = (label: string, value: string | undefined): Fact[] => (value === undefined ? [] : [{ label, value }]);
  const made = promises === undefined || promises === 'none' ? [] : promises;
  const blocks: Block[] = [
    { paragraph: lead },
    {
      facts: [
        ...dealFacts(record),
        ...fact('Plan', contract.planTier),
        ...fact('Value', contract.value && `${contract.value.amount.toLocaleString('en')} ${contract.value.currency}`),
        ...fact('Bought', contract.purchase),
        ...fact('Term', monthsText(contract.termMonths)),
      ],
    },
    ...(customerGoals.definitionOfSuccess === undefined
      ? []
      : [{ quote: excerpt(customerGoals.definitionOfSuccess, 600), heading: 'What success means to them' }]),
    ...(made.length === 0
      ? []
      : [
          {
            heading: 'What they were promised',
            list: made.map(({ what, byWhen }) => `${excerpt(what, 200)} (${byWhen})`),
          },
        ]),
    {
      heading: 'Now is the time to',
      list: [
        'look with the customer at what they have reached, in their own figures;',
        'settle what is open, above all what was promised;',
        'agree between you who leads the renewal talk.',
      ],
    },
  ];
  return {
    message: { subject: `Renewal is coming: ${customer} (${date})`, preview: lead, blocks },
    to: holders(input, ['customerSuccessManager', 'accountExecutive']),
    cc: [],
    toCustomer: false,
  };
}

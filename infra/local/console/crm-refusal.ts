import type { Refusal } from '../../../functions/domain/fields/refusal.ts';

interface Said {
  /** `title`: of the CRM. */
  readonly missing: (title: string) => string;
  readonly unusable: (title: string) => string;
}

/** What is to be done in the CRM about what Handoff refuses of a deal: what refusals say is for whoever sends events. */
const inCrm: Readonly<Record<string, Said>> = {
  'detail.accountExecutive': {
    missing: (title) => `The deal has no owner. Set one in ${title}.`,
    unusable: (title) => `The deal's owner has no email address that works. Correct it in ${title}.`,
  },
  'detail.customer.name': {
    missing: (title) => `The deal has no company. Add one in ${title}.`,
    unusable: (title) => `The name of the deal's company can't be used. Shorten or correct it in ${title}.`,
  },
  'detail.closedWonAt': {
    missing: (title) => `The deal doesn't say when it was won. Set its close date in ${title}.`,
    unusable: (title) => `The deal's close date is over a year away, or no date. Correct it in ${title}.`,
  },
  'detail.package': {
    missing: (title) => `The deal holds more text than Handoff takes. Shorten it in ${title}.`,
    unusable: (title) => `The deal holds more text than Handoff takes. Shorten it in ${title}.`,
  },
};

/** What is wrong with a deal, and what to do about it in the CRM. */
export function refusalInCrm({ field, problem }: Refusal, title: string): string {
  const said = Object.hasOwn(inCrm, field) ? inCrm[field] : undefined;
  if (said === undefined) return `The deal's ${field.replace(/^detail\./, '')} ${problem}. Correct it in ${title}.`;
  return (problem === 'is missing' ? said.missing : said.unusable)(title);
}

import { type Brief, handoverBrief } from './brief.ts';
import { checkPackage, type PackageCheck } from './completeness.ts';
import type { HandoffRecord } from './handoff.ts';
import { holderOf } from './handoff.ts';
import type { Person } from './person.ts';

/** The package of a handoff as it stands, checked against the rules the handoff froze. */
export function checkedPackage(record: Pick<HandoffRecord, 'deal' | 'package' | 'playbook'>): PackageCheck {
  return checkPackage({
    package: record.package,
    deal: record.deal,
    required: record.playbook,
  });
}

/** The handover brief of a handoff (S2, S4). `people`: everybody involved, by mail address. */
export function briefOf(record: HandoffRecord, people: ReadonlyMap<string, Person>): Brief {
  const { package: pkg, gaps } = checkedPackage(record);
  const holder = (role: 'accountExecutive' | 'customerSuccessManager') => people.get(holderOf(record, role) ?? '');
  return handoverBrief({
    deal: record.deal,
    package: pkg,
    gaps,
    people: {
      accountExecutive: holder('accountExecutive'),
      customerSuccessManager: holder('customerSuccessManager'),
    },
  });
}

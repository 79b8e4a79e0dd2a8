import { customerOf, holderOf } from '../handoff/handoff.ts';
import { timesIn } from '../handoff/site.ts';

import { dateIn } from '../time/wording.ts';
import { calledOf } from './ask-slots.ts';
import type { GapsOwed, NoticeInput, Telling } from './notice-input.ts';

/** Tells the person named in an exception what they owe, and by which day. */
export function gapsOwed({ record, people, to, at, site }: NoticeInput, owed: GapsOwed): Telling {
  const { kind, by, gaps, dueDate, reason } = owed;
  const customer = customerOf(record);
  const count = gaps.length === 1 ? '1 answer' : `${gaps.length} answers`;
  const date = dateIn(timesIn('UTC', site), `${dueDate}T00:00:00Z`, at);
  const granted = by === to.person.email ? 'You' : calledOf(people, by);
  const manager = holderOf(record, 'customerSuccessManager');
  const still = kind === 'gaps-still-owed';
  const without = `works without it ${still ? 'as long as it is missing' : 'until then'}.`;
  const waits =
    manager === undefined || manager === to.person.email
      ? `The ${record.playbook.roles.customerSuccessManager.name} ${without}`
      : `Give it to ${calledOf(people, manager)}, who ${without}`;
  return {
    subject: `${customer}: ${count} ${still ? 'still to come' : 'from you'} by ${date}`,
    blocks: [
      {
        paragraph: still
          ? `${customer} still needs ${count} from you by ${date}.`
          : `${granted} let the handoff go ahead and named you for ${count}, by ${date}.`,
      },
      { list: gaps, heading: 'Still to come' },
      { paragraph: waits },
      ...(reason === '' ? [] : [{ quote: reason, heading: 'Why it could wait' }]),
    ],
    button: 'Open the package',
  };
}

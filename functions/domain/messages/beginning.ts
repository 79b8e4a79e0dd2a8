import { dueByRule } from '../handoff/due-rule.ts';
import { anchorsOf, customerOf } from '../handoff/handoff.ts';
import { briefOf } from '../handoff/handoff-package.ts';
import { personOf } from '../people/people.ts';
import { askSteps } from '../playbook/capabilities.ts';
import { roleTitle } from '../playbook/roles.ts';
import { momentIn } from '../time/wording.ts';
import type { Announced, AnnouncementInput, NothingToSay } from './announced.ts';
import type { Block } from './message.ts';
import { holders } from './parties.ts';

/** S3, S4: at the trigger, who takes over, the brief so far, and the dates ahead: to both sides. */
export function handoffBegins(input: AnnouncementInput): Announced | NothingToSay {
  const { record } = input;
  const { roles } = record.playbook;
  const [successor] = holders(input, ['customerSuccessManager']);
  const [seller] = holders(input, ['accountExecutive']);
  if (!successor) return { nothing: `Nobody is named as ${roles.customerSuccessManager.name}.` };
  const customer = customerOf(record);
  const from = seller === undefined ? '' : ` from ${seller.name}`;
  const lead = `${customer} is won. ${successor.name} takes over${from} and gets an email when a step is theirs.`;
  const facts = (['customerSuccessManager', 'accountExecutive'] as const).flatMap((role) =>
    holders(input, [role]).map(({ name, email }) => ({ label: roleTitle(roles, role), value: `${name}, ${email}` })),
  );
  return {
    message: {
      subject: `${customer}: ${successor.name} takes over`,
      preview: lead,
      blocks: [{ paragraph: lead }, { facts }, ...datesAhead(input), { brief: briefOf(record, input.people) }],
    },
    to: holders(input, ['customerSuccessManager', 'accountExecutive']),
    cc: [],
    toCustomer: false,
  };
}

/** What is promised from the signature on, in the calendar and zone of each step's owner. */
function datesAhead({ record, people, at, calendarOf }: AnnouncementInput): Block[] {
  const anchors = anchorsOf(record);
  const promised = askSteps(record.playbook).flatMap(({ rule }) => {
    const [owner] = holders({ record, people }, [rule.owner]);
    if (rule.due.after !== 'closedWon' || rule.optional || rule.names || !owner) return [];
    if (rule.fills === 'package' && record.state.packageComplete) return [];
    const person = personOf(people, owner.email);
    const due = dueByRule(rule.due, anchors, calendarOf(person));
    return due
      ? [{ at: due.at, label: rule.title, value: `${momentIn(person.availability.zone, due.at, at)}, ${owner.name}` }]
      : [];
  });
  if (promised.length === 0) return [];
  const inOrder = promised.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return [{ heading: 'The dates ahead' }, { facts: inOrder.map(({ label, value }) => ({ label, value })) }];
}

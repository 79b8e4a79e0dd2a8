import { packageFields, packageFieldsOf } from '../deal/package.ts';
import { packageSections } from '../deal/package-fields.ts';
import { customerOf } from '../handoff/handoff.ts';
import { holderOf } from '../handoff/roles-held.ts';
import { timesIn } from '../handoff/site.ts';
import { calledOf } from '../people/people.ts';
import { textsOf } from '../texts/texts.ts';
import { dateIn } from '../time/wording.ts';
import type { GapsOwed, NoticeInput, Telling } from './notice-input.ts';
import { textsFor } from './wording.ts';

/** Tells the person named in an exception what they owe, and by which day. */
export function gapsOwed({ record, people, to, at, site }: NoticeInput, owed: GapsOwed): Telling {
  const { kind, by, gaps, dueDate, reason } = owed;
  const customer = customerOf(record);
  const { count, owed: words } = textsFor(site);
  const answers = count.answers(gaps.length);
  const date = dateIn(timesIn('UTC', site), `${dueDate}T00:00:00Z`, at);
  const granted = by === to.person.email ? undefined : calledOf(people, by);
  const manager = holderOf(record, 'customerSuccessManager');
  const still = kind === 'gaps-still-owed';
  const waits =
    manager === undefined || manager === to.person.email
      ? words.works(record.playbook.roles.customerSuccessManager.name, gaps.length, still)
      : words.giveTo(calledOf(people, manager), gaps.length, still);
  return {
    subject: words.subject({ customer, answers, date, still }),
    blocks: [
      { paragraph: still ? words.still(customer, answers, date) : words.named(granted, answers, date) },
      { list: gaps.map((name) => fieldIn(record, name)), heading: words.toCome },
      { paragraph: waits },
      ...(reason === '' ? [] : [{ quote: reason, heading: words.whyWait }]),
    ],
    button: words.open,
  };
}

/** A field by the name that the table gives it, in the words of the rules. */
function fieldIn({ playbook }: NoticeInput['record'], name: string): string {
  if (playbook.language === undefined) return name;
  const { items, sections } = textsOf(playbook.language);
  const titleIn = (section: keyof typeof packageSections) => packageSections[section].title;
  const found = packageFields.find(({ section, label }) => `${titleIn(section)}: ${label}` === name);
  const label = packageFieldsOf(playbook).find(({ path }) => path === found?.path)?.label;
  return found && label !== undefined ? items.field(sections[found.section] ?? titleIn(found.section), label) : name;
}

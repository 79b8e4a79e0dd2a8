import { packageFieldsOf } from '../deal/package.ts';
import { recordOf } from '../fields/record.ts';
import { stakeholders } from '../fields/row-kinds.ts';
import { typedText } from '../handoff/brief-lines.ts';
import type { DealChange } from '../handoff/deal-change.ts';
import { customerOf } from '../handoff/handoff.ts';
import { holderOf } from '../handoff/roles-held.ts';
import { calledOf } from '../people/people.ts';
import { placeBlocks } from './handing.ts';
import type { Notice, NoticeInput, Telling } from './notice-input.ts';
import { textsFor } from './wording.ts';

type DealChanged = Extract<Notice, { kind: 'deal-changed' }>;

/** To whom it matters, by their part in the handoff: what the CRM changed of a deal that is won, old and new. */
export function dealChanged(input: NoticeInput, { changes, newOwner, also = [] }: DealChanged): Telling {
  const { record, people, to, site } = input;
  const { changed: words, count } = textsFor(site);
  const customer = customerOf(record);
  const facts = changes.map((change) => factOf(input, change));
  const [first] = facts;
  const taking = holderOf(record, 'customerSuccessManager');
  const takes = to.person.email === taking;
  return {
    subject:
      facts.length === 1 && first
        ? words.one(customer, first.label)
        : words.more(customer, count.answers(facts.length)),
    blocks: [
      { paragraph: words.lead(customer) },
      { facts },
      ...(newOwner === undefined ? [] : [{ paragraph: words.sells(calledOf(people, newOwner)) }]),
      ...placeBlocks(input, also),
      {
        paragraph: takes
          ? words.checkPlans
          : taking === undefined
            ? words.next
            : words.explain(calledOf(people, taking)),
      },
    ],
    button: words.read,
  };
}

function factOf({ record, people, site }: NoticeInput, { path, was, now, keptBy }: DealChange) {
  const texts = textsFor(site);
  const { changed: words } = texts;
  const field = packageFieldsOf(record.playbook).find((each) => each.path === path);
  if (!field) return { label: path, value: now };
  if (field.kind === 'stakeholders') return { label: field.label, value: contactsText(was, now, site) };
  const told = { texts, locale: site.locale };
  const [before, after] = [was, now].map((text) => (text === '' ? '' : typedText(field, text, told)));
  const said = { was: before ?? '', now: after ?? '' };
  const value =
    keptBy === undefined ? words.was(said.now, said.was) : words.kept({ ...said, who: calledOf(people, keptBy) });
  return { label: field.label, value };
}

/** Who is new, gone, or otherwise than before. */
function contactsText(was: string, now: string, site: NoticeInput['site']): string {
  const { changed: words, listed, sentences } = textsFor(site);
  const rows = (text: string) => new Map(stakeholders.tidied(text).map((row) => [recordOf(row)['email'], row]));
  const [before, after] = [rows(was), rows(now)];
  const names = (some: readonly unknown[]) =>
    listed(some.map((row) => String(recordOf(row)['name'] ?? recordOf(row)['email'] ?? '')));
  const sorts = {
    added: [...after].filter(([email]) => !before.has(email)),
    gone: [...before].filter(([email]) => !after.has(email)),
    changed: [...after].filter(
      ([email, row]) => before.has(email) && JSON.stringify(before.get(email)) !== JSON.stringify(row),
    ),
  } as const;
  const said = (['added', 'gone', 'changed'] as const).map((sort) =>
    sorts[sort].length === 0 ? '' : words.contacts(sort, names(sorts[sort].map(([, row]) => row))),
  );
  return sentences(...said);
}

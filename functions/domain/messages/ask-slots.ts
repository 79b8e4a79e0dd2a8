import { excerpt } from '../fields/clean-text.ts';
import { capitalized } from '../fields/words.ts';
import { lastAnswer } from '../handoff/exceptions.ts';
import { customerOf } from '../handoff/handoff.ts';
import { checkedPackage } from '../handoff/handoff-package.ts';
import { customerContacts } from '../handoff/introduction-text.ts';
import { meetingIn } from '../handoff/meetings.ts';
import { reviewerFor } from '../handoff/reviewer.ts';
import { doerOf } from '../handoff/roles-held.ts';
import type { SiteFacts } from '../handoff/site.ts';
import { firstName } from '../people/first-name.ts';
import { calledOf, type People } from '../people/people.ts';
import type { MailSlot, MailWording } from '../playbook/mail-wording.ts';
import { type RoleId, roleIds } from '../playbook/roles.ts';
import { proposedSlot } from '../step/suggestions.ts';
import type { Texts } from '../texts/en/en.ts';
import { momentIn, soonWith, timeIn, withinText } from '../time/wording.ts';
import type { Situation } from './ask-situation.ts';
import type { Slots } from './filled.ts';
import { textsFor, timesFor } from './wording.ts';

/** The same of whoever it was, the system and the CRM included. */
export function calledIn(site: SiteFacts, people: People, who: string): string {
  const { words } = textsFor(site);
  const others: Readonly<Record<string, string>> = { system: words.system, crm: words.crm };
  return others[who] ?? calledOf(people, who);
}

/** What is to be done, as a verb phrase: 'book the handoff meeting', 'bring 3 answers', 'settle "Win the first reply"'. */
export function verbOf({ asked: { item }, rule, site }: Pick<Situation, 'asked' | 'rule' | 'site'>): string {
  if (!item) return rule.ask;
  const { ask, count } = textsFor(site);
  return item.paths ? ask.bring(count.answers(item.paths.length)) : ask.settle(item.title);
}

/** What a step is called where somebody else may be asked to decide on an exception of it. */
export const askedFor = (situation: Pick<Situation, 'asked' | 'rule' | 'request' | 'site'>): string =>
  situation.request ? capitalized(verbOf(situation)) : situation.rule.title;

/** The wording of the request: the table's; else what is made of what the table says of the step. */
export function requestWording({ rule, asked, request, site }: Situation): MailWording {
  const { ask } = textsFor(site);
  if (request) return ask.exception;
  if (asked.item && asked.item.paths === undefined) return ask.item;
  return rule.mail ?? madeOf(rule, ask.made);
}

const madeOf = ({ why, ask }: Situation['rule'], made: Texts['ask']['made']): MailWording => ({
  ...made,
  preheader: why,
  button: capitalized(ask),
});

type KnownSlot = MailSlot | 'verb' | 'task' | 'title' | 'what' | 'why';

/** What the slots of a request say in this situation. `withHour`: whether the short due time has room for it. */
export function askSlots(situation: Situation, withHour = true): Slots {
  const { record, asked, rule, to, site, at, gaps } = situation;
  const zone = timesFor({ to, site });
  const texts = textsFor(site);
  const soon = soonWith(withHour);
  const held = rule.holds === undefined ? undefined : meetingIn(record, rule.holds);
  const { package: pkg } = checkedPackage(record);
  const roles = Object.fromEntries(roleIds.map((role) => [role, () => holderName(situation, role)])) as Record<
    RoleId,
    () => string
  >;
  const slots: Readonly<Record<KnownSlot, () => string>> = {
    ...roles,
    verb: () => verbOf(situation),
    title: () => asked.item?.title ?? rule.title,
    what: () => asked.item?.what ?? rule.what,
    why: () => rule.why,
    task: () => capitalized(taskOf(situation)),
    customer: () => customerOf(record),
    due: () => momentIn(zone, asked.dueAt, at),
    dueSoon: () => soon(zone, asked.dueAt, at),
    answers: () => {
      const missing = new Set(gaps.map(({ path }) => path)).size;
      return missing === 0 ? '' : texts.count.answers(missing);
    },
    slot: () => {
      const proposed = rule.plans === undefined ? undefined : proposedSlot(situation);
      // Where their hours do not meet, the page proposes a time that the request does not claim to be in them.
      return proposed?.inHours ? timeIn(zone, proposed.at, at) : '';
    },
    meetingAt: () => (held?.status === 'planned' ? momentIn(zone, held.at, at) : ''),
    metAt: () => (held?.hosts.includes(asked.owner) ? slots.meetingAt() : ''),
    contact: () => {
      const [contact] = customerContacts(pkg);
      return contact ? firstName(contact.name) : customerOf(record);
    },
    outcome: () => excerpt(pkg.customerGoals?.outcomes30Days ?? '', 300),
    listed: () => {
      const { length } = pkg.stakeholders ?? [];
      return length === 0 ? '' : texts.count.people(length);
    },
    question: () => `${asked.round}`,
    questions: () => (rule.repeat ? `${rule.repeat.times}` : ''),
    again: () =>
      rule.repeat && asked.round < rule.repeat.times ? texts.in(withinText(rule.repeat.every, site.locale)) : '',
    reviewer: () => reviewerName(situation),
    you: () => (situation.forOwner ? texts.ask.you : calledOf(situation.people, asked.owner)),
  };
  const known = new Map<string, () => string>(Object.entries(slots));
  return (name) => known.get(name)?.() ?? '';
}

/** What is to be done, for whom: 'review the brief for Nordwind', 'send the introduction to Nordwind'. */
function taskOf(situation: Situation): string {
  const { record } = situation;
  const customer = customerOf(record);
  return textsFor(situation.site).ask.task(verbOf(situation), customer);
}

/**
 * By first name; the role, where nobody holds it. An open item can be anybody's: it does not tell its owner about themself, and a
 * sentence that would is left out.
 */
function holderName({ record, people, site, asked, forOwner, to }: Situation, role: RoleId): string {
  const email = doerOf(record, role);
  if (asked.item && forOwner && email === to.person.email) return '';
  return email === undefined ? textsFor(site).words.the(record.playbook.roles[role].name) : calledOf(people, email);
}

function reviewerName({ record, people, asked, rule, at, calendarOf }: Situation): string {
  // Whoever has just been told no reads nothing of asking once more: the page still offers it.
  if (!rule.reviewedBy || lastAnswer(asked)) return '';
  const found = reviewerFor({ record, rule, asked, by: asked.owner, roster: [...people.values()], at, calendarOf });
  return 'reviewer' in found ? calledOf(people, found.reviewer.email) : '';
}

import { packageFieldsOf } from '../deal/package.ts';
import { customerOf, type HandoffRecord } from '../handoff/handoff.ts';
import { checkedPackage } from '../handoff/handoff-package.ts';
import { holderOf } from '../handoff/roles-held.ts';
import { timesIn } from '../handoff/site.ts';
import { calledOf } from '../people/people.ts';
import { languageOf } from '../texts/texts.ts';
import { dateIn, momentIn } from '../time/wording.ts';
import type { Block } from './message.ts';
import type { Notice, NoticeInput, Telling } from './notice-input.ts';
import { textsFor, timesFor } from './wording.ts';

type Drafted = Extract<Notice, { kind: 'early-notice' | 'draft-started' }>;

/** S3, S4: whoever takes the customer if it signs hears early, and reads the draft. */
export function earlyNotice(input: NoticeInput, notice: Drafted): Telling {
  const { record, people, site, at } = input;
  const { drafts: words, percent, sentences } = textsFor(site);
  const customer = customerOf(record);
  const seller = calledOf(people, holderOf(record, 'accountExecutive') ?? record.deal.accountExecutive);
  const { expectedCloseOn: on } = notice;
  const date = on === undefined ? '' : dateIn(timesIn('UTC', site), `${on}T00:00:00Z`, at);
  return {
    subject: words.may(customer),
    blocks: [
      ...(date === '' ? [] : [{ paragraph: words.expects(seller, customer, date) }]),
      // Reasons are kept in English.
      ...(languageOf(site.locale) === 'en' ? [{ paragraph: words.because(record.state.assignedBecause) }] : []),
      { paragraph: sentences(words.complete(percent(checkedPackage(record).percent), seller)) },
      ...meeting(input, notice, (minutes, time) => words.meets(minutes, seller, time)),
    ],
    button: words.read,
  };
}

/** S2: whoever sells it can start the package before it is signed. */
export function draftStarted(input: NoticeInput, notice: Drafted): Telling {
  const { record, people, site } = input;
  const { drafts: words, percent, count } = textsFor(site);
  const { there, needed } = answersIn(record);
  const isWhole = there === needed;
  const taking = holderOf(record, 'customerSuccessManager');
  const target = record.playbook.draftTarget ?? 100;
  return {
    subject: (isWhole ? words.whole : words.start)(customerOf(record)),
    blocks: [
      { paragraph: isWhole ? words.all(count.answers(needed)) : words.came(there, needed) },
      { paragraph: isWhole ? words.ready : words.later(percent(target)) },
      ...(taking === undefined
        ? []
        : [
            { paragraph: words.takes(calledOf(people, taking)) },
            ...meeting(input, notice, (minutes, time) => words.meet(minutes, calledOf(people, taking), time)),
          ]),
    ],
    button: isWhole ? words.read : words.open,
  };
}

/** S4: complex deals get a meeting of both sides before signature; it is the seller's to arrange. */
function meeting(
  { record, to, site, at }: NoticeInput,
  { meetAt }: Drafted,
  say: (minutes: string, time: string) => string,
): Block[] {
  const { previewMeeting } = record.playbook;
  if (previewMeeting === undefined) return [];
  const { count } = textsFor(site);
  const time = meetAt === undefined ? '' : momentIn(timesFor({ to, site }), meetAt, at);
  return [{ paragraph: say(count.minutes(previewMeeting), time) }];
}

/** How many of the answers that the package needs are there, and right. */
function answersIn(record: HandoffRecord): { readonly there: number; readonly needed: number } {
  const { gaps } = checkedPackage(record);
  const needed = packageFieldsOf(record.playbook).filter(({ required }) => required);
  return { there: needed.filter(({ path }) => gaps.every((gap) => gap.path !== path)).length, needed: needed.length };
}

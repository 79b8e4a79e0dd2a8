import { customerOf } from '../handoff/handoff.ts';
import { spoken } from '../handoff/spoken.ts';
import { ruleIn } from '../handoff/step-rule.ts';
import { calledOf } from '../people/people.ts';
import { dateIn, momentIn, timeIn } from '../time/wording.ts';
import { calledIn } from './ask-slots.ts';
import type { Notice, NoticeInput, Telling } from './notice-input.ts';
import { textsFor, timesFor } from './wording.ts';

/** To both who hand over and take over the customer: a step stands still until a day. */
export function waiting(
  { record, people, to, site, at }: NoticeInput,
  { step, by, until, reason }: Extract<Notice, { kind: 'waiting' }>,
): Telling {
  const customer = customerOf(record);
  const { news: words } = textsFor(site);
  const { title } = ruleIn(record, step);
  return {
    subject: words.waiting(customer, dateIn(timesFor({ to, site }), until, at)),
    blocks: [
      { paragraph: words.paused(calledOf(people, by), title) },
      { quote: reason },
      { paragraph: words.noReminders },
    ],
  };
}

type TroubleOver = Extract<Notice, { kind: 'trouble-over' }>;

/** To whoever was told that a step is late: it is done, or left out. */
export function troubleOver(input: NoticeInput, notice: TroubleOver): Telling {
  const { subject, blocks } = troubleOverBeside(input, notice);
  return { subject, blocks: [...blocks, { paragraph: textsFor(input.site).news.nothingLeft }] };
}

/** The same, in a mail that asks them for something else. */
export function troubleOverBeside(given: Omit<NoticeInput, 'notice'>, { step, decision }: TroubleOver): Telling {
  const { record, people, to, site, at } = spoken(given);
  const { news: words, words: usual } = textsFor(site);
  const customer = customerOf(record);
  const rule = ruleIn(record, step);
  const { title } = rule;
  const skipped = decision.choice === 'skipped';
  const declined = decision.choice === 'decline-exception';
  const who = calledIn(site, people, decision.by);
  const when = timeIn(timesFor({ to, site }), decision.at, at);
  const label = rule.choices.find(({ id }) => id === decision.choice)?.label ?? '';
  const reason = skipped ? decision.evidence['reason'] : undefined;
  return {
    subject: skipped
      ? words.skippedSubject(customer, title)
      : words.noHelp(customer, declined ? words.decideException : rule.ask),
    blocks: [
      {
        paragraph: declined
          ? words.declined(who, title, when)
          : skipped
            ? words.skipped(who, title, when)
            : words.answered({ who, title, when, label }),
      },
      ...(typeof reason === 'string' ? [{ quote: reason, heading: usual.why }] : []),
    ],
  };
}

/** To revenue operations: somebody is asked though they are away, because nobody else is there. */
export function nobodyThere(
  { record, people, to, site, at }: NoticeInput,
  { step, owner, until }: Extract<Notice, { kind: 'nobody-there' }>,
): Telling {
  const { news: words, words: usual } = textsFor(site);
  const back = until ? momentIn(timesFor({ to, site }), until, at) : '';
  return {
    subject: words.nobody(customerOf(record), ruleIn(record, step).ask),
    blocks: [{ paragraph: words.nobodyThere(calledOf(people, owner), back) }],
    button: usual.openStep,
  };
}

/** To revenue operations: somebody is asked of whom nobody knows when they work, and who is above them. */
export function notOnRoster(
  { record, site }: NoticeInput,
  { step, owner }: Extract<Notice, { kind: 'not-on-roster' }>,
): Telling {
  const { news: words, words: usual } = textsFor(site);
  return {
    subject: words.stranger(customerOf(record), owner),
    blocks: [{ paragraph: words.strangerText(owner, ruleIn(record, step).ask) }],
    button: usual.openStep,
  };
}

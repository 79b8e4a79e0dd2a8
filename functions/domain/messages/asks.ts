import { chargeOf } from '../handoff/exceptions.ts';
import { customerOf } from '../handoff/handoff.ts';
import { spoken } from '../handoff/spoken.ts';
import { languageOf } from '../texts/texts.ts';
import { soonWith } from '../time/wording.ts';
import { askMessage, askPart, subjectOf } from './ask.ts';
import type { AskInput } from './ask-situation.ts';
import { verbOf } from './ask-slots.ts';
import { preheader, subjectLine } from './filled.ts';
import type { AskKind, Block, Message } from './message.ts';
import type { Telling } from './notice-input.ts';
import { greeting, headerLine, textsFor, timesFor } from './wording.ts';

/** A mail about one or several steps, with the kind and step that matter most in it. */
export interface AsksMessage {
  readonly message: Message;
  readonly kind: AskKind | 'exception-requested';
  readonly step: string;
}

/** What kind of mail an ask is: that somebody is to decide on an exception is told apart from the request of its step. */
export const mailKind = (kind: AskKind, request: unknown): AsksMessage['kind'] =>
  kind === 'ask' && request ? 'exception-requested' : kind;

/** The most urgent first. */
const urgent: readonly AskKind[] = ['stall', 'nag', 'escalate', 'breach', 'remind', 'warn', 'ask'];

/**
 * What is said to one person at one moment about one handoff (P: one mail), and what the system tells then by itself. Throws when there is nothing to say, or a step was
 * never asked.
 */
export function asksMessage(given: readonly AskInput[], told: readonly Telling[] = []): AsksMessage {
  const asks = given.map((ask) => spoken(ask));
  const [first] = asks.toSorted((a, b) => urgent.indexOf(a.kind) - urgent.indexOf(b.kind));
  if (!first) throw new Error('There is nothing to say.');
  const { step } = first;
  const about = { kind: mailKind(first.kind, chargeOf(first.record, step, first.to.as)?.request), step };
  if (asks.length === 1) return { ...about, message: withNews(askMessage(first), told) };
  const parts = asks.map((ask) => ({ ask, part: askPart(ask) }));
  const main = askPart(first);
  const { urgency, situation } = main;
  const { ask: words, count, capital, listed } = textsFor(first.site);
  const steps = count.steps(asks.length);
  const zone = timesFor(first);
  const firstDue =
    parts
      .flatMap(
        ({
          part: {
            situation: { asked, rests },
          },
        }) => (rests ? [] : asked.dueAt),
      )
      .toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? first.at;
  // Whoever only hears of others' steps, as a manager does, is asked for none of them.
  const isAsked = parts.some(({ part: { situation } }) => situation.forOwner);
  const subject =
    first.kind === 'ask' && isAsked
      ? headerLine(
          subjectLine(customerOf(first.record), (customer, withHour) =>
            words.several(customer, steps, soonWith(withHour)(zone, firstDue, first.at)),
          ),
        )
      : subjectOf(situation, urgency);
  const blocks: Block[] = [
    { paragraph: greeting(first) },
    { paragraph: (isAsked ? words.severalLead : words.severalOpen)(customerOf(first.record), steps) },
    ...parts.flatMap(({ part }): Block[] => [
      { heading: words.headed(verbOf(part.situation), part.due) },
      ...part.blocks,
      ...part.doing,
      ...part.details,
      { facts: part.times },
      ...(part.whyDue === '' ? [] : [{ paragraph: part.whyDue }]),
    ]),
    { facts: main.facts },
    ...parts.flatMap(({ part }) => part.closing),
  ];
  const others = parts.filter(({ ask }) => ask !== first).map(({ part }) => verbOf(part.situation));
  const message = {
    language: languageOf(first.site.locale),
    subject,
    preview: preheader(
      first.kind === 'ask' ? capital(listed([verbOf(situation), ...others])) : words.also(listed(others)),
    ),
    blocks,
    signature: main.reason,
  };
  return { ...about, message: withNews(message, told) };
}

/** What is told by itself at the same moment, below what is asked, and before the brief, which is long; a brief stands there once. */
function withNews(message: Message, told: readonly Telling[]): Message {
  const brief = message.blocks.findIndex((block) => 'brief' in block);
  const end = brief < 0 ? message.blocks.length : brief;
  const news = told.flatMap(({ subject, blocks }): Block[] => [
    { heading: subject },
    ...blocks.filter((block) => !('brief' in block && brief >= 0)),
  ]);
  return { ...message, blocks: [...message.blocks.slice(0, end), ...news, ...message.blocks.slice(end)] };
}

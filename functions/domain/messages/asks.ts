import { excerpt } from '../fields/clean-text.ts';
import { capitalized } from '../fields/words.ts';
import { inCharge } from '../handoff/exceptions.ts';
import { customerOf } from '../handoff/handoff.ts';
import { type AskPart, askMessage, askPart, prefixes } from './ask.ts';
import type { AskInput } from './ask-situation.ts';
import type { AskKind, Block, Message } from './message.ts';
import type { Telling } from './notice-input.ts';
import { greeting, headerLine } from './wording.ts';

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
export function asksMessage(asks: readonly AskInput[], told: readonly Telling[] = []): AsksMessage {
  const [first] = asks.toSorted((a, b) => urgent.indexOf(a.kind) - urgent.indexOf(b.kind));
  if (!first) throw new Error('There is nothing to say.');
  const { step } = first;
  const about = { kind: mailKind(first.kind, inCharge(first.record, step)?.request), step };
  if (asks.length === 1) return { ...about, message: withNews(askMessage(first), told) };
  const parts = asks.map((ask) => ({ ask, part: askPart(ask) }));
  const main = askPart(first);
  const { rule } = main.situation;
  const called = calledIn(main);
  const task = first.kind === 'ask' ? capitalized(called) : called;
  const blocks: Block[] = [
    { paragraph: greeting(first.to) },
    { paragraph: `${customerOf(first.record)} has ${asks.length} steps for you to look at:` },
    ...parts.flatMap(({ part }): Block[] => [
      { heading: `${capitalized(calledIn(part))}, ${part.due}` },
      ...part.blocks,
      { facts: part.times },
      ...part.doing,
    ]),
    { facts: main.facts },
    ...parts.flatMap(({ part }) => part.closing),
  ];
  const message = {
    subject: headerLine(
      `${prefixes[first.kind]}${task}, and ${asks.length - 1} more: ${customerOf(first.record)} (${main.due})`,
    ),
    preview: excerpt(main.lead[0] ?? rule.what, 140),
    blocks,
    signature: main.reason,
  };
  return { ...about, message: withNews(message, told) };
}

const calledIn = ({ situation: { asked, rule } }: AskPart): string => asked.item?.title ?? rule.ask;

/** What is told by itself at the same moment, below what is asked; a brief stands there once. */
function withNews(message: Message, told: readonly Telling[]): Message {
  const hasBrief = message.blocks.some((block) => 'brief' in block);
  const news = told.flatMap(({ subject, blocks }): Block[] => [
    { heading: subject },
    ...blocks.filter((block) => !('brief' in block && hasBrief)),
  ]);
  return { ...message, blocks: [...message.blocks, ...news] };
}

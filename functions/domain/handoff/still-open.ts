import { excerpt } from '../fields/clean-text.ts';
import { capitalized } from '../fields/words.ts';
import { nameOf, type People } from '../people/people.ts';
import { openItemStep } from '../playbook/capabilities.ts';
import { textsOf } from '../texts/texts.ts';
import type { Instant } from '../time/calendar.ts';
import { startOfDay } from '../time/formats.ts';
import { type Locality, zoneOf } from '../time/locality.ts';
import { dateIn, momentIn } from '../time/wording.ts';
import { givenText } from './decisions.ts';
import type { HandoffRecord } from './handoff.ts';
import { owedGaps } from './handoff-package.ts';
import { answerBehind, settledWell } from './negative-answers.ts';
import { type ItemRecord, itemsOf } from './open-items.ts';
import { titleOf } from './step-rule.ts';

/** Something that the handoff goes on without, for whoever signs it off. */
export interface StillOpen {
  readonly title: string;
  /** Who brings it until when, and where it came from: sentences. */
  readonly says: string;
}

interface Reading {
  readonly record: HandoffRecord;
  readonly people: People;
  readonly at: Instant;
  /** How the reader is told times. */
  readonly zone: Locality;
}

/**
 * What is still open, each with its owner and date: open items, the follow-ups of negative answers, what exceptions left owing.
 * What was given up stays in sight. Empty when nothing is.
 */
export function stillOpen(reading: Reading): readonly StillOpen[] {
  const { record, people, zone, at } = reading;
  const items = itemsOf(record).filter((item) => item.decision === undefined || isGivenUp(record, item));
  const debt = openItemStep(record.playbook) ? undefined : owedGaps(record);
  const { open } = textsOf(record.playbook.language);
  const day = debt && startOfDay(debt.dueDate, zoneOf(zone));
  return [
    ...items.map((item) => ({ title: item.item.title, says: saidOf(item, reading) })),
    ...(debt?.gaps ?? []).map((title) => ({
      title,
      says: open.by(nameOf(people, debt?.owner ?? ''), day ? dateIn(zone, day, at) : ''),
    })),
  ];
}

/** Closed without what it was for: by its owner, or by somebody who left it out. */
const isGivenUp = (record: HandoffRecord, item: ItemRecord): boolean =>
  item.decision !== undefined && item.decision.choice !== 'unanswered' && settledWell(record, item) === undefined;

function saidOf(item: ItemRecord, { record, people, at, zone }: Reading): string {
  const { decision, owner, dueAt } = item;
  const { open } = textsOf(record.playbook.language);
  const reason = excerpt(givenText(decision, 'reason'), 200);
  const who = decision
    ? open.givenUp(nameOf(people, decision.by), reason)
    : open.by(nameOf(people, owner), momentIn(zone, dueAt, at));
  const answer = answerBehind(record, item);
  const from = answer
    ? open.answered(titleOf(record, answer.step), answer.said)
    : open.leftOpen(titleOf(record, item.item.from));
  return `${capitalized(who)} ${from}`;
}

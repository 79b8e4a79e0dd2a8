import { customerOf, ruleIn } from '../handoff/handoff.ts';

import { dateIn, timeIn } from '../time/wording.ts';
import { calledOf } from './ask-slots.ts';
import type { Notice, NoticeInput, Telling } from './notice-input.ts';
import { timesFor } from './wording.ts';

/** To both who hand over and take over the customer: a step stands still until a day. */
export function waiting(
  { record, people, to, site, at }: NoticeInput,
  { step, by, until, reason }: Extract<Notice, { kind: 'waiting' }>,
): Telling {
  const customer = customerOf(record);
  const { title } = ruleIn(record, step);
  return {
    subject: `${customer}: waiting on them until ${dateIn(timesFor({ to, site }), until, at)}`,
    blocks: [
      { paragraph: `${calledOf(people, by)} paused "${title}":` },
      { quote: reason },
      { paragraph: 'No reminders until then.' },
    ],
  };
}

type TroubleOver = Extract<Notice, { kind: 'trouble-over' }>;

/** To whoever was told that a step is late: it is done, or left out. */
export function troubleOver(input: NoticeInput, notice: TroubleOver): Telling {
  const { subject, blocks } = troubleOverBeside(input, notice);
  return { subject, blocks: [...blocks, { paragraph: 'There is nothing left for you to do.' }] };
}

/** The same, in a mail that asks them for something else. */
export function troubleOverBeside(
  { record, people, to, site, at }: Omit<NoticeInput, 'notice'>,
  { step, decision }: TroubleOver,
): Telling {
  const customer = customerOf(record);
  const rule = ruleIn(record, step);
  const skipped = decision.choice === 'skipped';
  const declined = decision.choice === 'decline-exception';
  const by = calledOf(people, decision.by);
  const when = timeIn(timesFor({ to, site }), decision.at, at);
  const label = rule.choices.find(({ id }) => id === decision.choice)?.label;
  const reason = skipped ? decision.evidence['reason'] : undefined;
  return {
    subject: skipped
      ? `${customer}: "${rule.title}" is skipped`
      : `${customer}: no more help needed to ${declined ? 'decide on the exception' : rule.ask}`,
    blocks: [
      {
        paragraph: declined
          ? `${by} declined the exception for "${rule.title}" ${when}.`
          : skipped
            ? `${by} skipped "${rule.title}" ${when}.`
            : `${by} answered "${rule.title}" ${when}${label ? `: ${label}.` : '.'}`,
      },
      ...(typeof reason === 'string' ? [{ quote: reason, heading: 'Why' }] : []),
    ],
  };
}

/** To revenue operations: somebody is asked though they are away, because nobody else is there. */
export function nobodyThere(
  { record, people, to, site, at }: NoticeInput,
  { step, owner, until }: Extract<Notice, { kind: 'nobody-there' }>,
): Telling {
  const name = calledOf(people, owner);
  const back = until ? ` The first of them is back ${timeIn(timesFor({ to, site }), until, at)}.` : '';
  return {
    subject: `${customerOf(record)}: nobody is there to ${ruleIn(record, step).ask}`,
    blocks: [
      {
        paragraph: `We asked ${name}, who is away, as is everybody who could stand in.${back} Agree on who acts, and reassign the step.`,
      },
    ],
    button: 'Open the step',
  };
}

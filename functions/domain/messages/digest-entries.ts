import { inCharge } from '../handoff/exceptions.ts';
import { customerOf } from '../handoff/handoff.ts';
import { spoken } from '../handoff/spoken.ts';
import { titleOf } from '../handoff/step-rule.ts';
import type { Relief } from '../handoff/trouble.ts';
import { calledOf } from '../people/people.ts';
import { momentIn } from '../time/wording.ts';
import { lateText, waitsText } from './ask-facts.ts';
import { helpText } from './ask-helpers.ts';
import { actText } from './ask-others.ts';
import type { AskInput, Situation } from './ask-situation.ts';
import { verbOf } from './ask-slots.ts';
import { whyTold } from './away.ts';
import type { Entry } from './message.ts';
import { troubleOverBeside } from './news.ts';
import type { NoticeInput } from './notice-input.ts';
import { textsFor, timesFor } from './wording.ts';

/** An escalation as a digest tells it: who needs help with what, who waits, what to do and what comes next. */
export function escalationEntry(given: Omit<AskInput, 'kind' | 'gaps'>): Entry {
  const input = spoken(given);
  const { record, step, people, to, site, at } = input;
  const found = inCharge(record, step);
  if (found === undefined) throw new Error(`The step "${step}" has not been asked.`);
  const { rule, asked, request } = found;
  const situation: Situation = {
    ...{ ...input, kind: 'escalate', gaps: [], rule, asked, forOwner: false },
    ...(request && { request }),
  };
  const { others, reports, sentences } = textsFor(site);
  const late = lateText(situation);
  return {
    text: reports.stepOf(customerOf(record), titleOf(record, step)),
    said: sentences(
      others.asked(
        calledOf(people, asked.owner),
        momentIn(timesFor({ to, site }), asked.askedAt, at),
        verbOf(situation),
      ),
      late === '' ? '' : reports.digest.late(late),
      ...whyTold(situation),
      waitsText(situation),
      actText(situation),
      helpText(situation),
    ),
    ...(to.url !== undefined && { url: to.url }),
  };
}

/** That a step of which a digest told is done, in a line. */
export function doneEntry(given: Omit<NoticeInput, 'notice'>, { step, decision }: Relief): Entry {
  const { record, site } = spoken(given);
  const { blocks } = troubleOverBeside(given, { kind: 'trouble-over', step, decision });
  const [said] = blocks.flatMap((block) => ('paragraph' in block ? [block.paragraph] : []));
  return {
    text: textsFor(site).reports.stepOf(customerOf(record), titleOf(record, step)),
    ...(typeof said === 'string' && { said }),
  };
}

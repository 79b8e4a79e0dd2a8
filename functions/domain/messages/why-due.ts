import { dueRule } from '../handoff/due-rule.ts';
import { atLeastOf, dueTimes } from '../handoff/due-times.ts';
import { promisedAtOf } from '../handoff/handoff.ts';
import { officeCalendars } from '../people/absence.ts';
import { usualLocale } from '../texts/locale.ts';
import { textsOf } from '../texts/texts.ts';
import { dueAfter } from '../time/due.ts';
import type { Situation } from './ask-situation.ts';

interface WhyDue {
  /** Undefined where it can't be told in these words. */
  readonly due: string | undefined;
  readonly promised: string | undefined;
}

/**
 * Why a step is due when it is, and was promised for when it was. Records hold the reason in American English; in another
 * locale it is worked out once more, and told only where that leads to the same time: what a pause or a handing moved is not.
 */
export function whyDue(situation: Situation): WhyDue {
  const { asked, record, rule, request, people, calendarOf, site } = situation;
  const { locale = usualLocale } = site;
  if (locale === usualLocale) return { due: asked.because, promised: asked.promise };
  const owner = people.get(asked.owner);
  if (request || asked.item || !owner) return { due: undefined, promised: undefined };
  const calendar = officeCalendars(calendarOf)(owner);
  const { round } = asked;
  const opened = asked.openedAt ?? asked.askedAt;
  const promise = dueAfter({ ...dueRule(rule, record, { round, at: opened }), calendar, locale });
  const atLeast = atLeastOf(record.playbook, rule);
  const { dueAt, because } = dueTimes(promise, { askedAt: asked.askedAt, atLeast, calendar, locale });
  const isSame = (told: string, kept: string) => Date.parse(told) === Date.parse(kept);
  return {
    due: isSame(dueAt, asked.dueAt) ? because : undefined,
    promised: isSame(promise.at, promisedAtOf(asked)) ? textsOf(locale).due.asPromise(promise.because) : undefined,
  };
}

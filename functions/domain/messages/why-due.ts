import { dueRule } from '../handoff/due-rule.ts';
import { atLeastOf, dueTimes } from '../handoff/due-times.ts';
import { promisedAtOf } from '../handoff/step-record.ts';
import { movedByPauses, promiseOf } from '../handoff/waiting.ts';
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
 * locale it is worked out once more, pause by pause, and told only where that leads to the same time: what a handing moved is not.
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
  const counted = { ...dueRule(rule, record, { round, at: opened }), calendar, locale };
  const atLeast = atLeastOf(record.playbook, rule);
  // A promise is moved by what others waited before it was made: a step that was planned ahead may have been promised before that.
  const ways = [promiseOf(record, { ...counted, askedAt: opened }), dueAfter(counted)].map((promise) => {
    const times = dueTimes(promise, { askedAt: asked.askedAt, atLeast, calendar, locale });
    return movedByPauses(record, { ...asked, ...times }, { pauses: asked.pauses, calendar, locale });
  });
  const isSame = (told: string, kept: string) => Date.parse(told) === Date.parse(kept);
  const promise = ways.find((way) => isSame(promisedAtOf(way), promisedAtOf(asked)))?.promise;
  return {
    due: ways.find(({ dueAt }) => isSame(dueAt, asked.dueAt))?.because,
    promised: promise === undefined ? undefined : textsOf(locale).due.asPromise(promise),
  };
}

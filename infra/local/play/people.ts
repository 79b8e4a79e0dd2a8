import { Temporal } from 'temporal-polyfill';
import {
  addWorkingTime,
  type BusinessCalendar,
  type Instant,
  nextWorkingMoment,
} from '../../../functions/domain/calendar.ts';
import type { Person } from '../../../functions/domain/person.ts';
import type { AskStep, Playbook } from '../../../functions/domain/playbook.ts';
import type { Mail } from '../ses/mail.ts';
import type { System } from '../system.ts';
import { fillIn } from './answers.ts';
import { choicesOn, formFor } from './page-form.ts';
import type { Manner, Script, ScriptedAnswer } from './script.ts';

const minute = 60_000;

/** Something somebody tried that the page did not take. */
export interface Mishap {
  readonly at: Instant;
  readonly who: string;
  readonly step: string;
  readonly problem: string;
}

export interface Staff {
  /** What went wrong for them so far. */
  readonly mishaps: readonly Mishap[];
  /** They read no mail any more; what they have planned, they still do. */
  leave(): void;
}

export interface PeopleOptions {
  readonly system: System;
  readonly playbook: Playbook;
  readonly roster: readonly Person[];
  readonly manner: Manner;
  readonly script: Script;
  /** Where answers about a customer come from when the package lacks them. */
  readonly knownPackage: unknown;
}

/**
 * People who read their mail and act on it, through the same pages as anybody: they open the link, look at the form, fill it
 * in and send it. `prompt` people do so within working hours (and hold a meeting when it takes place), `late` ones once they
 * have been told that they are late, `silent` ones never.
 */
export function employPeople(options: PeopleOptions): Staff {
  const { system, roster } = options;
  const mishaps: Mishap[] = [];
  const asks = new Map<string, Ask>();
  /** The newest link each person has to each step. */
  const links = new Map<string, string>();
  const meetings = new Map<string, Instant>();

  const leave = system.account.inbox.watch((mail) => {
    const { handoff = '', kind = '', step = '' } = mail.tags;
    const over = endOfMeeting(mail);
    if (over) meetings.set(`${handoff} ${step}`, over);
    const person = roster.find(({ email }) => mail.to.some(({ address }) => address === email));
    const link = linkIn(mail);
    if (!person || !link) return;
    links.set(`${handoff} ${step} ${person.email}`, link);
    const rule = options.playbook.steps[step];
    if (rule?.kind !== 'ask' || rule.optional) return;
    const key = `${handoff} ${step}`;
    if (kind === 'ask') {
      const ask: Ask = { handoff, step, rule, owner: person, askedAt: mail.at, turn: (asks.get(key)?.turn ?? -1) + 1 };
      asks.set(key, ask);
      plan(ask, answerOf(ask));
      return;
    }
    const ask = asks.get(key);
    if (ask && isTold(kind) && ask.owner.email === person.email && !ask.told) {
      ask.told = true;
      if (answerOf(ask) === undefined && options.manner === 'late') later(ask, addWorking(person, mail.at, 60), {});
    }
  });

  const answerOf = (ask: Ask): ScriptedAnswer | undefined => {
    const scripted = options.script[ask.step];
    return Array.isArray(scripted) ? scripted[ask.turn] : scripted;
  };

  const addWorking = (person: Person, from: number, minutes: number): number => {
    const calendar = system.world.calendarOf(person);
    return Date.parse(addWorkingTime(toInstant(from), minutes * minute, calendar));
  };

  /** When a prompt person acts: soon, in working time, and not before the meeting they are to report on is over. */
  const promptTime = (ask: Ask): number => {
    const soon = addWorking(ask.owner, ask.askedAt, 45);
    if (!isAboutMeeting(ask.rule)) return soon;
    const over = meetings.get(`${ask.handoff} ${ask.step.replace('hold', 'schedule')}`);
    if (!over) return soon;
    const calendar: BusinessCalendar = system.world.calendarOf(ask.owner);
    return Math.max(soon, Date.parse(nextWorkingMoment(toInstant(Date.parse(over) + 10 * minute), calendar)));
  };

  const plan = (ask: Ask, answer: ScriptedAnswer | undefined): void => {
    if (answer === 'never') return;
    if (answer === undefined) {
      if (options.manner === 'prompt') later(ask, promptTime(ask), {});
      // Nobody ever tells them that they are late, or they were late before they knew of it.
      else if (options.manner === 'late' && !isChased(options.playbook, ask.rule))
        later(ask, addWorking(ask.owner, ask.askedAt, 3 * 8 * 60), {});
      return;
    }
    const zone = ask.owner.availability.zone;
    const asked = Temporal.Instant.fromEpochMilliseconds(ask.askedAt).toZonedDateTimeISO(zone);
    const at = answer.after ? asked.add(Temporal.Duration.from(answer.after)).epochMilliseconds : promptTime(ask);
    later(ask, at, answer);
  };

  const later = (ask: Ask, at: number, answer: Exclude<ScriptedAnswer, 'never'>): void => {
    const { clock } = system;
    clock.at(Math.max(at, clock.now()), () => act(ask, answer));
  };

  const act = async (ask: Ask, answer: Exclude<ScriptedAnswer, 'never'>): Promise<void> => {
    const who = answer.by ?? ask.owner.email;
    const person = roster.find(({ email }) => email === who);
    const link = links.get(`${ask.handoff} ${ask.step} ${who}`);
    const fail = (problem: string) => {
      mishaps.push({ at: toInstant(system.clock.now()), who, step: ask.step, problem });
    };
    if (!person) return fail('is not on the roster');
    if (!link) return fail('has no mail with a link to this step');
    const page = await send(system, { method: 'GET', path: link });
    const choice = answer.choice ?? ask.rule.choices[0]?.id ?? '';
    const form = formFor(page.body, choice);
    if (page.status !== 200 || !form)
      return fail(
        `the page (${page.status}) does not offer "${choice}"; it offers ${choicesOn(page.body).join(', ') || 'nothing'}`,
      );
    const at = toInstant(system.clock.now());
    const body = fillIn({
      form,
      evidence: answer.evidence ?? {},
      knownPackage: options.knownPackage,
      at,
      zone: person.availability.zone,
      colleagues: roster.filter(({ active }) => active).map(({ email }) => email),
    });
    const sent = await send(system, { method: 'POST', path: link, body: body.toString() });
    if (sent.status >= 400) fail(`the page answered ${sent.status} to "${choice}": ${problemsOn(sent.body)}`);
    const next = options.script[ask.step];
    // What leaves the step open (a note, a request) uses up one turn of a script: the next one follows.
    // Whoever gets a step handed over is asked by a mail of their own.
    if (Array.isArray(next) && choice !== 'reassign' && sent.status < 400 && isStillOpen(sent.body, link)) {
      ask.turn += 1;
      const following = next[ask.turn];
      if (following !== 'never') plan(ask, following);
    }
  };

  return { mishaps, leave };
}

interface Ask {
  readonly handoff: string;
  readonly step: string;
  readonly rule: AskStep;
  readonly owner: Person;
  readonly askedAt: number;
  /** Which of a script's answers is next. */
  turn: number;
  told?: boolean;
}

const toInstant = (epoch: number): Instant => new Date(epoch).toISOString();

/** The kinds of mail that say in so many words that something is late. */
const isTold = (kind: string): boolean => ['breach', 'escalate', 'stall', 'nag'].includes(kind);

/** Whether anybody says so when this step is late. */
const isChased = (playbook: Playbook, rule: AskStep): boolean =>
  (playbook.ladders[rule.ladder]?.rungs ?? []).some(({ kind }) => kind === 'breach');

const isAboutMeeting = (rule: AskStep): boolean =>
  rule.choices.some(({ evidence }) => evidence.some(({ suggest }) => suggest === 'scheduledMeeting'));

/** A page that leads back to the step says that there is still something to decide. */
const isStillOpen = (html: string, link: string): boolean => html.includes(`href="${link}"`);

const linkIn = (mail: Mail): string | undefined => /\/s\/[A-Za-z0-9_-]{22}/.exec(mail.text)?.[0];

/** When the meeting of an invitation is over. */
function endOfMeeting(mail: Mail): Instant | undefined {
  const end = /^DTEND(?:;[^:]*)?:(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z/m.exec(mail.calendar?.text ?? '');
  return end ? `${end[1]}-${end[2]}-${end[3]}T${end[4]}:${end[5]}:${end[6]}Z` : undefined;
}

/** The problems that a page names, as plain text. */
const problemsOn = (html: string): string =>
  html
    .replace(/[\s\S]*<(?:div|section)[^>]*role="alert"[^>]*>/, '')
    .replace(/<\/(?:div|section)>[\s\S]*/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);

async function send(
  system: System,
  request: { method: 'GET' | 'POST'; path: string; body?: string },
): Promise<{ status: number; body: string }> {
  const { origin, host } = new URL(system.world.site.url);
  const answer = await system.account.handle({
    method: request.method,
    path: request.path,
    headers: {
      host,
      ...(request.body !== undefined && {
        origin,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
      }),
    },
    body: Buffer.from(request.body ?? ''),
  });
  return { status: answer.status, body: Buffer.from(answer.body).toString('utf8') };
}

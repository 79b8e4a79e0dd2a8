import { Temporal } from 'temporal-polyfill';
import { reachedOwnerLate } from '../../../functions/domain/handoff/step-record.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import {
  type AskStep,
  type Playbook,
  ruleOfStep,
  type StepRule,
  templateOf,
} from '../../../functions/domain/playbook/playbook.ts';
import { meetingActions } from '../../../functions/domain/step/step-actions.ts';
import { addWorkingTime, type Instant } from '../../../functions/domain/time/calendar.ts';
import type { System } from '../system.ts';
import { asksAboutHandoff, fillIn } from './answers.ts';
import { type AskInMail, asksIn } from './asks-in-mail.ts';
import { knownCustomer } from './known-customer.ts';
import { choicesOn, formFor, isStillOpen, nextStepsOn, problemsOn } from './page-form.ts';
import type { Manner, Script, ScriptedAnswer } from './script.ts';
import { visit } from './visit.ts';

const minute = 60_000;
/** How long somebody takes who comes back to a page that failed. */
const comesBackAfter = 20 * minute;
/** How often somebody presses a button whose page fails: the second time a minute later. */
const timesPressed = 3;
/** How long somebody takes who goes on from one page to the next. */
const goesOnAfter = 8 * minute;

/** Something somebody tried that the page did not take. */
export interface Mishap {
  readonly at: Instant;
  readonly handoff: string;
  readonly who: string;
  readonly step: string;
  readonly problem: string;
}

export interface Staff {
  /** What went wrong for them so far, and what they could not do until now. */
  mishaps(): readonly Mishap[];
  /** They read no mail any more; what they have planned, they still do. */
  leave(): void;
}

export interface PeopleOptions {
  readonly system: System;
  readonly playbook: Playbook;
  readonly roster: readonly Person[];
  readonly manner: Manner;
  readonly script: Script;
  /** The id of the handoff in which they act; every one when left out. */
  readonly only?: string;
  /** What a script says `after` is put off until they are at work; it happens at that very time when left out. */
  readonly atWork?: boolean;
}

/**
 * People who read their mail and act on it, through the same pages as anybody: they open the link, look at the form, fill it
 * in and send it. `prompt` people do so within working hours (and hold a meeting when it takes place) and go on with what the
 * page offers them next; `late` ones act once they have been told that they are late, and then go on with what the page says
 * runs late as well; `silent` ones never.
 */
export function employPeople(options: PeopleOptions): Staff {
  const { system, roster } = options;
  const failed: Mishap[] = [];
  const withoutLink = new Set<WithoutLink>();
  const asks = new Map<string, Ask>();
  /** The newest link each person has to each step. */
  const links = new Map<string, string>();

  const leave = system.account.inbox.watch((mail) => {
    const { handoff = '' } = mail.tags;
    if ((options.only ?? handoff) !== handoff) return;
    const person = roster.find(({ email }) => mail.to.some(({ address }) => address === email));
    // Whoever is asked for several things does one after the other.
    if (!person) return;
    for (const [i, asked] of asksIn(mail).entries()) read(handoff, asked, { person, at: mail.at + i * goesOnAfter });
  });

  /** One part of a mail: what it says about a step, with a link to it. */
  const read = (handoff: string, { kind, step, link }: AskInMail, mail: { person: Person; at: number }): void => {
    const { person } = mail;
    links.set(`${handoff} ${step} ${person.email}`, link);
    const rule = ruleOfStep(options.playbook, step);
    if (rule?.kind !== 'ask' || rule.optional) return;
    const key = `${handoff} ${step}`;
    if (kind === 'ask') {
      const ask: Ask = { handoff, step, rule, owner: person, askedAt: mail.at, turn: (asks.get(key)?.turn ?? -1) + 1 };
      asks.set(key, ask);
      plan(ask, answerOf(ask), mail.at);
      return;
    }
    const ask = asks.get(key);
    if (!ask) return;
    for (const waiting of withoutLink) {
      if (waiting.ask !== ask || waiting.mishap.who !== person.email) continue;
      withoutLink.delete(waiting);
      later(ask, addWorking(person, mail.at, 45), waiting.answer);
    }
    if (ask.owner.email !== person.email) return;
    if (kind === 'remind' && ask.paused) {
      ask.paused = false;
      plan(ask, nextAnswerOf(ask), mail.at);
    }
    if (isTold(kind) && !ask.told) {
      ask.told = true;
      if (answerOf(ask) === undefined && options.manner === 'late')
        later(ask, addWorking(person, mail.at, 60 + paceOf(person)), {});
    }
  };

  /** Prompt people go on from the page: what comes next is done before a mail would ask for it. */
  const goOn = (handoff: string, { step, link }: Pick<AskInMail, 'step' | 'link'>, person: Person): void => {
    const rule = options.playbook.steps[step];
    // What is to be reported on a meeting comes by mail, when it is over.
    if (rule?.kind !== 'ask' || rule.optional || rule.holds || options.script[step] !== undefined) return;
    links.set(`${handoff} ${step} ${person.email}`, link);
    const askedAt = system.clock.now();
    const ask: Ask = { handoff, step, rule, owner: person, askedAt, turn: 0 };
    asks.set(`${handoff} ${step}`, ask);
    later(ask, askedAt + goesOnAfter, {});
  };

  const answerOf = (ask: Ask): ScriptedAnswer | undefined => {
    const scripted = options.script[templateOf(ask.step)];
    return Array.isArray(scripted) ? scripted[ask.turn] : scripted;
  };

  /** No two people act in the same minute. */
  const paceOf = (person: Person): number => roster.indexOf(person);

  /** What leaves the step open uses up one answer of a list; after a single answer they go on in their manner. */
  const nextAnswerOf = (ask: Ask): ScriptedAnswer | undefined => {
    ask.turn += 1;
    return Array.isArray(options.script[templateOf(ask.step)]) ? answerOf(ask) : undefined;
  };

  const addWorking = (person: Person, from: number, minutes: number): number => {
    const calendar = system.world.calendarOf(person);
    return Date.parse(addWorkingTime(toInstant(from), minutes * minute, calendar));
  };

  /** The meeting that a decided step planned can still be changed, if the next answer of a list says so. */
  const changeMeeting = (ask: Ask): void => {
    const scripted = options.script[ask.step];
    const next = Array.isArray(scripted) ? scripted[ask.turn + 1] : undefined;
    if (next === undefined || next === 'never' || !meetingActions.some((action) => action === next.choice)) return;
    ask.turn += 1;
    plan(ask, next, system.clock.now());
  };

  /** When a prompt person acts: soon, in working time; sooner when they only report on a meeting that is just over. */
  const promptTime = (ask: Ask, person: Person, from: number): number =>
    addWorking(person, from, ask.rule.holds === undefined ? 45 : 10);

  /** Plans what is done about a step, counted from `from` (milliseconds since the epoch). */
  const plan = (ask: Ask, answer: ScriptedAnswer | undefined, from: number): void => {
    if (answer === 'never') return;
    if (answer === undefined) {
      if (options.manner === 'prompt') later(ask, promptTime(ask, ask.owner, from), {});
      // Nobody ever tells them that they are late, or they were late before they knew of it.
      else if (options.manner === 'late' && !isChased(options.playbook, ask.rule))
        later(ask, addWorking(ask.owner, from, 3 * 8 * 60), {});
      return;
    }
    const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(ask.owner.availability.zone);
    const person = roster.find(({ email }) => email === answer.by) ?? ask.owner;
    later(ask, answer.after ? timeAfter(start, answer.after, person) : promptTime(ask, person, from), answer);
  };

  const timeAfter = (start: Temporal.ZonedDateTime, after: string, person: Person): number => {
    const at = start.add(Temporal.Duration.from(after)).epochMilliseconds;
    // No two people begin their day in the same minute.
    return options.atWork ? addWorking(person, at, paceOf(person)) : at;
  };

  const later = (ask: Ask, at: number, answer: Act): void => {
    const { clock } = system;
    clock.at(Math.max(at, clock.now()), () => act(ask, answer));
  };

  /** The page was not there: they come back a little later, as often as it takes. */
  const tryAgain = (ask: Ask, answer: Act): void => later(ask, system.clock.now() + comesBackAfter, answer);

  const act = async (ask: Ask, answer: Act): Promise<void> => {
    const who = answer.by ?? ask.owner.email;
    const person = roster.find(({ email }) => email === who);
    const link = links.get(`${ask.handoff} ${ask.step} ${who}`);
    const mishap = (problem: string): Mishap => {
      const at = toInstant(system.clock.now());
      return { at, handoff: ask.handoff, who, step: ask.step, problem };
    };
    /** After a slip of a script, the owner does what people do without one; otherwise the play would end in silence. */
    const fail = (problem: string, open: boolean) => {
      failed.push(mishap(problem));
      const scripted = answer.choice ?? answer.evidence ?? answer.by;
      if (scripted && open) later(ask, promptTime(ask, ask.owner, system.clock.now()), {});
    };
    if (!person) return fail('is not on the roster', true);
    if (!link) {
      withoutLink.add({ ask, answer, mishap: mishap('never got a mail with a link to this step') });
      return;
    }
    const page = await visit(system, { method: 'GET', path: link });
    if (page.status >= 500) return tryAgain(ask, answer);
    const usual = ask.rule.choices.find(({ id }) => formFor(page.body, id)) ?? ask.rule.choices[0];
    const choice = answer.choice ?? usual?.id ?? '';
    const form = formFor(page.body, choice);
    if (page.status !== 200 || !form) {
      const offered = choicesOn(page.body);
      return fail(
        `the page (${page.status}) does not offer "${choice}"; it offers ${offered.join(', ') || 'nothing'}`,
        offered.length > 0,
      );
    }
    const at = toInstant(system.clock.now());
    const record = asksAboutHandoff(form, ask.rule) ? await system.world.handoffs.load(ask.handoff) : undefined;
    const body = fillIn({
      form,
      evidence: answer.evidence ?? {},
      rule: (record && askRule(ruleOfStep(record.playbook, ask.step))) ?? ask.rule,
      customer: record && knownCustomer(record),
      at,
      zone: person.availability.zone,
    });
    await press({ ask, answer, person, link, choice, body: body.toString(), fail }, timesPressed);
  };

  /** Sends the form; while the page fails, once more, and after that they come back another time. */
  const press = async (pressed: Pressed, times: number): Promise<void> => {
    const { ask, answer, person, link, choice, body, fail } = pressed;
    const sent = await visit(system, { method: 'POST', path: link, body });
    if (sent.status >= 500) {
      if (times <= 1) return tryAgain(ask, answer);
      system.clock.at(system.clock.now() + minute, () => press(pressed, times - 1));
      return;
    }
    if (sent.status >= 400)
      return fail(
        `the page answered ${sent.status} to "${choice}": ${problemsOn(sent.body)}`,
        choicesOn(sent.body).length > 0,
      );
    const offered = nextStepsOn(sent.body);
    const needsRecord = offered.length > 0 && options.manner === 'late';
    const after = needsRecord ? await system.world.handoffs.load(ask.handoff) : undefined;
    for (const next of offered) {
      const step = after?.steps[next.step];
      const isBehind = step !== undefined && reachedOwnerLate(step);
      if (options.manner === 'prompt' || isBehind) goOn(ask.handoff, next, person);
    }
    if (!isStillOpen(sent.body, link)) return changeMeeting(ask);
    // Whoever gets a step handed over is asked by a mail of their own.
    if (choice === 'reassign' || choice === 'move-meeting') return;
    if (choice === 'wait-for-customer') ask.paused = true;
    else plan(ask, nextAnswerOf(ask), system.clock.now());
  };

  return { mishaps: () => [...failed, ...[...withoutLink].map(({ mishap }) => mishap)], leave };
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
  /** The owner waits for the customer, until a mail says that the pause is over. */
  paused?: boolean;
}

/** A form on its way. */
interface Pressed {
  readonly ask: Ask;
  readonly answer: Act;
  readonly person: Person;
  readonly link: string;
  readonly choice: string;
  /** As a browser sends it. */
  readonly body: string;
  readonly fail: (problem: string, open: boolean) => void;
}

type Act = Exclude<ScriptedAnswer, 'never'>;

/** An answer that waits for a mail with a link, and what to say if none ever comes. */
interface WithoutLink {
  readonly ask: Ask;
  readonly answer: Act;
  readonly mishap: Mishap;
}

const askRule = (rule: StepRule | undefined): AskStep | undefined => (rule?.kind === 'ask' ? rule : undefined);

const toInstant = (epoch: number): Instant => new Date(epoch).toISOString();

/** The kinds of mail that say in so many words that something is late. */
const isTold = (kind: string): boolean => ['breach', 'escalate', 'stall', 'nag'].includes(kind);

/** Whether anybody says so when this step is late. */
function isChased({ ladders }: Playbook, { ladder }: AskStep): boolean {
  const { rungs = [], afterwards } = ladders[ladder] ?? {};
  const isNagged = afterwards !== undefined && 'nagEvery' in afterwards;
  return isNagged || rungs.some(({ kind, tell }) => isTold(kind) && tell.includes('owner'));
}

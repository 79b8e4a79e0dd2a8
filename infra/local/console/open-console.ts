import type { Person } from '../../../functions/domain/people/person.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { shippedPlaybooks, usualPlaybook } from '../../../statemachines/shipped-playbooks.ts';
import type { Clock } from '../../account/clock.ts';
import type { Mail } from '../../account/ses/mail.ts';
import type { WireHandler } from '../../account/wire/message.ts';
import type { PlayedCrm } from '../crm/played-crm.ts';
import { answeredByPlayed } from '../crm/played-wire.ts';
import type { Sample } from '../samples.ts';
import { createSystem, type System } from '../system.ts';
import { type AutoplayWorld, createAutoplay } from './autoplay.ts';
import { comeToRest } from './clock-moves.ts';
import { createConsole } from './console.ts';
import { createRegister } from './register.ts';
import { createStory } from './story.ts';
import type { AccountFault } from './trouble.ts';

export interface ConsoleOptions {
  readonly clock: Clock;
  readonly roster: readonly Person[];
  /** Where it is served, e.g. `http://127.0.0.1:4566`. */
  readonly siteUrl: string;
  /** What new handoffs follow; the usual one when left out. */
  readonly playbook?: Playbook;
  /** The locale that emails are written in; the usual one when left out. */
  readonly locale?: string;
  /** The CRM that deals come from, played on this machine; none when left out. */
  readonly crm?: PlayedCrm;
  readonly samples: readonly Sample[];
  /** Events with something wrong in them. */
  readonly broken: readonly Sample[];
  /** Whether what the stage does by the clock, such as reports, happens as time passes; it doesn't when left out. */
  readonly recurs?: boolean;
  /** Emails that were sent before; none when left out. */
  readonly mails?: readonly Mail[];
  /** The wall clock that auto-play follows; the process's when left out. */
  readonly later?: AutoplayWorld['later'];
}

export interface OpenConsole {
  readonly system: System;
  /** Answers AWS calls, the pages behind links, and the console's own pages. */
  readonly handle: WireHandler;
}

/** The system in a local account with a console in front of it: what `npm start` serves. */
export async function openConsole(options: ConsoleOptions): Promise<OpenConsole> {
  const {
    clock,
    roster,
    siteUrl,
    locale,
    crm,
    playbook = shippedPlaybooks[usualPlaybook],
    later = onTheWall,
  } = options;
  // The account wants its fallback before there is an account that the console could show.
  let show: WireHandler | undefined;
  const fallback: WireHandler = async (request) => {
    if (show === undefined) throw new Error('The console was asked for a page before the system was there.');
    return show(request);
  };
  const faults: AccountFault[] = [];
  const onFault = (error: unknown) => {
    faults.push({ at: clock.now(), text: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  };
  const register = createRegister();
  const account = { fallback, ...register.hears, ...(options.mails && { mails: options.mails }) };
  const system = await createSystem({
    ...{ clock, roster, siteUrl, playbook, account },
    ...(options.recurs && { recurs: true }),
    ...(locale && { locale }),
    ...(crm && { crm: watched(crm, register.touch) }),
  });
  crm?.attach(system.account);
  const autoplay = createAutoplay({ clock, later, onFault, onTick: register.touch });
  const story = createStory({ system, autoplay, playbook, roster, sample: options.samples[0] });
  show = createConsole({ ...options, playbook, system, register, autoplay, story, later, faults });
  return {
    system,
    handle: async (request) => {
      const answer = (crm && answeredByPlayed(crm, request)) ?? (await system.account.handle(request));
      // Whatever this set off happens before the answer, so that the next page shows it.
      await comeToRest(clock).catch(onFault);
      if (isChanging(request.method)) register.touch();
      // As AWS does: by it commands know the time of this account.
      return { ...answer, headers: { ...answer.headers, date: new Date(clock.now()).toUTCString() } };
    },
  };
}

const onTheWall: AutoplayWorld['later'] = (milliseconds, run) => {
  setTimeout(() => void run(), milliseconds).unref();
};

const isChanging = (method: string): boolean => method !== 'GET' && method !== 'HEAD';

/** What a system is told of a CRM, where what it writes there is to be seen at once. */
const watched = ({ settings }: PlayedCrm, touch: () => void): PlayedCrm['settings'] => ({
  ...settings,
  http: async (request) => {
    const answer = await settings.http(request);
    if (isChanging(request.method)) touch();
    return answer;
  },
});

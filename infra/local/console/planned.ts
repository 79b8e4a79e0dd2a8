import { ladderOutlook } from '../../../functions/domain/handoff/ladder-outlook.ts';
import type { CalendarOf, People } from '../../../functions/domain/people/people.ts';
import { type OpenStep, openSteps } from '../../../functions/domain/step/open-steps.ts';
import { words } from '../../../functions/pages/operations/wording.ts';
import type { Timer } from '../../account/agenda.ts';
import type { System } from '../system.ts';
import { handoffIds, type Register, type Standing } from './register.ts';

/** What virtual time brings next. */
export interface Planned {
  /** Virtual milliseconds since the epoch. */
  readonly at: number;
  readonly handoff?: { readonly id: string; readonly customer: string };
  /** What will happen, in a sentence. */
  readonly what: string;
}

/** The next timers with what they will do, at most `count`, in the order they fire. */
export async function plannedNext(
  { system, register, people }: { readonly system: System; readonly register: Register; readonly people: People },
  count: number,
): Promise<readonly Planned[]> {
  const timers = system.clock.nextTimers(count);
  const { calendarOf } = system.world;
  const known = { ids: handoffIds(system), find: (id: string) => register.one(system, id) };
  return Promise.all(
    timers.map(async (timer) => {
      const handoff = await handoffOf(timer, known);
      return plannedBy(timer, handoff, { people, calendarOf });
    }),
  );
}

/**
 * Timers of executions begin with the name of the execution, and those that ask for open items have a number behind it; the
 * names of schedules end in the handoff's id.
 */
async function handoffOf(
  { label }: Timer,
  { ids, find }: { readonly ids: readonly string[]; readonly find: (id: string) => Promise<Standing | undefined> },
): Promise<Standing | undefined> {
  const name = /^([\w-]+): /.exec(label)?.[1];
  const likely =
    name === undefined
      ? ids.filter((id) => label.startsWith('Schedule ') && label.endsWith(`-${id}`))
      : [name, name.replace(/_\d+$/, '')].filter((id) => ids.includes(id));
  for (const id of likely) {
    const handoff = await find(id);
    if (handoff !== undefined) return handoff;
  }
  return undefined;
}

interface Company {
  readonly people: People;
  readonly calendarOf: CalendarOf;
}

/** What a timer will do, where nobody acts before it fires. */
export function plannedBy(
  { at, label }: Pick<Timer, 'at' | 'label'>,
  handoff: Standing | undefined,
  company: Company,
): Planned {
  const state = label.replace(/^[\w-]+: /, '').replace(/ \((timeout|heartbeat)\)$/, '');
  if (handoff === undefined) return { at, what: sentence(label === '' ? 'Something planned is due' : label) };
  const of = { id: handoff.id, customer: handoff.deal.customer.name };
  if (label.startsWith('Schedule ')) {
    const name = words(label.slice('Schedule '.length, -handoff.id.length)).trim();
    return { at, handoff: of, what: sentence(`The ${name} is due`) };
  }
  if (state === 'execution timeout')
    return { at, handoff: of, what: 'Step Functions ends the execution: a year is up.' };
  return { at, handoff: of, what: ofStep(handoff, { at, state }, company) };
}

/** What happens to the step that a state waits for; of a state that waits for no open step, that it comes to its end. */
function ofStep(handoff: Standing, timer: { readonly at: number; readonly state: string }, company: Company): string {
  const { state } = timer;
  const steps = openSteps(handoff, timer.at).filter(
    ({ rule }) => state === `Wait for ${rule.waitFor}` || state.startsWith(`Wait for ${rule.waitFor} (`),
  );
  // Open items wait in states of one name.
  const happens = steps.map((step) => happening(handoff, step, { at: timer.at, company }));
  const [first] = steps;
  const isOne = steps.length === 1 && first !== undefined;
  return (
    happens.find((text) => text !== undefined) ??
    (isOne ? `The execution looks at “${first.title}” again.` : `The execution goes on from “${state}”.`)
  );
}

/**
 * What is said about a step at this very moment, or how it ends then; undefined where its execution only looks whether others
 * have said it, or when to come back.
 */
function happening(
  { record }: Standing,
  { asked, rule, title }: OpenStep,
  { at, company: { people, calendarOf } }: { readonly at: number; readonly company: Company },
): string | undefined {
  if (record === undefined || !people.has(asked.owner)) return undefined;
  const { mails, ends } = ladderOutlook({ record, rule, asked, people, calendarOf });
  // Executions wait for whole seconds.
  const isNow = (time: string): boolean => Date.parse(time) <= at && Date.parse(time) > at - 1000;
  const said = mails.filter((mail) => !mail.inDigest && isNow(mail.at));
  const [first] = said;
  if (first === undefined) {
    if (!isNow(ends.at)) return undefined;
    return ends.how === 'unanswered' ? `${title}: closes as unanswered.` : `${title}: the handoff ends as abandoned.`;
  }
  const together = said.filter(({ kind }) => kind === first.kind);
  return `${title}: ${saying[first.kind](together.map(({ person }) => person.name).join(' and '))}.`;
}

type Kind = ReturnType<typeof ladderOutlook>['mails'][number]['kind'];

const saying: Readonly<Record<Kind, (names: string) => string>> = {
  ask: (names) => `${names} gets the request`,
  warn: (names) => `${names} hears that it is due soon`,
  remind: (names) => `${names} gets a reminder`,
  breach: (names) => `${names} hears that it is overdue`,
  escalate: (names) => `${names} is asked to help`,
  stall: (names) => `${names} hears that it is stalled`,
  nag: (names) => `${names} is reminded again`,
  unanswered: (names) => `${names} hears that it stays unanswered`,
};

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

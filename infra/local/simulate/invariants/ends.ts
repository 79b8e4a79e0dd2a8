import { isClosed } from '../../../../functions/domain/handoff/handoff.ts';
import type { Invariant } from './invariant.ts';

/** Executions that end so have done what they should: all, or as much as somebody wanted. */
const ends: Readonly<Record<string, readonly string[]>> = {
  complete: ['SUCCEEDED'],
  cancelled: ['ABORTED', 'SUCCEEDED'],
  // Giving up on a handoff fails its execution on purpose.
  abandoned: ['FAILED'],
};

export const everyHandoffEnds: Invariant = {
  name: 'every handoff ends',
  broken: ({ handoffs, story }) => [
    ...(handoffs.length === 0 ? [`The deal ${story.seed} became no handoff.`] : []),
    ...handoffs.flatMap(({ record: { state }, execution }) => {
      const asStored = isClosed(state.status) && ends[state.status]?.includes(execution.status);
      return asStored ? [] : [`${state.id} is ${state.status}, its execution ${execution.status}.`];
    }),
  ],
};

/** A year of weekly reminders in several branches takes some 1,400 events, and what goes wrong on the way some more. */
const mostEvents = 5000;

/** Far from the 25,000 at which Step Functions ends an execution: nobody comes again and again with nothing to say. */
export const noHistoryFillsUp: Invariant = {
  name: 'no history fills up',
  broken: ({ handoffs }) =>
    handoffs.flatMap(({ execution: { name, eventCount } }) =>
      eventCount > mostEvents ? [`The execution ${name} has ${eventCount} events.`] : [],
    ),
};

/** Two branches may come to one mail at the same moment, also in good weather: the second is tried again, and finds it sent. */
export const nothingFails: Invariant = {
  name: 'no function fails',
  broken: ({ failures, story }) =>
    story.weather === 'none'
      ? failures.filter((failure) => !/: Somebody else is sending /.test(failure))
      : // What was given up, the operator sends once more.
        failures
          .filter(
            (failure) => !/was given up/.test(failure) && !explained.some((name) => failure.includes(`: ${name}:`)),
          )
          .filter((failure) => !isMissedNight(failure)),
};

/** Handoffs that a night could not measure are named with what each failed at. */
function isMissedNight(failure: string): boolean {
  const [, named = ''] = /handoffs could not be measured: (.*)\. Reports show/.exec(failure) ?? [];
  const errors = [...named.matchAll(/\(([\w.]+)\)/g)].map(([, name = '']) => name);
  return errors.length > 0 && errors.every((name) => explained.includes(name));
}

/** What functions throw when something around them fails: the state machine, the queue or a person tries again. */
const explained = [
  'Runtime.ExitError',
  'RecordsUnavailable',
  'MailUnavailable',
  'MailThrottled',
  'MailTurn',
  'MailQuotaExhausted',
  'MailBlocked',
  'ServiceUnavailable',
];
